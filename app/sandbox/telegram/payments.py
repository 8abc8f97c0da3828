"""Stars: invoices, the ten seconds of a pre-checkout, payments, refunds, and the list of transactions."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from aiogram.types import (
    Message,
    PreCheckoutQuery,
    RefundedPayment,
    StarTransaction,
    SuccessfulPayment,
    TransactionPartnerUser,
)

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.errors import BadRequestError, ImpossibleError
from app.sandbox.telegram.journal import Changes
from app.sandbox.telegram.messages import Messages
from app.sandbox.telegram.people import People, Person
from app.sandbox.telegram.queries import TOO_OLD, new_query_id
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.updates import Updates
from app.sandbox.telegram.wire import JsonObject

CHECKOUT_SECONDS = 10.0
MONTH_SECONDS = 2_592_000


@dataclass(frozen=True)
class Bill:
    """What an invoice asks for: whole Stars; `period` in seconds for a subscription."""

    title: str
    payload: str
    amount: int
    period: int | None = None


class Payments:
    """The bot's Stars are the sum of the transactions; a person's are a number of their own."""

    def __init__(
        self,
        store: Store,
        clock: SandboxClock,
        *,
        people: People,
        messages: Messages,
        updates: Updates,
        changes: Changes,
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._messages = messages
        self._updates = updates
        self._changes = changes

    def add_invoice(self, bill: Bill, *, chat_id: int | None, message_id: int | None) -> str:
        """Stores an invoice of a message or of a link → the link's slug."""
        slug = f"${secrets.token_urlsafe(12)}"
        self._store.run(
            "INSERT INTO invoices (slug, chat_id, message_id, title, payload, amount, period)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            slug,
            chat_id,
            message_id,
            bill.title,
            bill.payload,
            bill.amount,
            bill.period,
        )
        return slug

    def invoice_of_message(self, chat_id: int, message_id: int) -> int:
        row = self._store.row(
            "SELECT id FROM invoices WHERE chat_id = ? AND message_id = ?", chat_id, message_id
        )
        if row is None or self._messages.find(chat_id, message_id) is None:
            raise ImpossibleError(404, f"message {message_id} is no invoice")
        return int(row["id"])

    def invoice_of_link(self, link: str) -> int:
        row = self._store.row("SELECT id FROM invoices WHERE slug = ?", link.rpartition("/")[2])
        if row is None:
            raise ImpossibleError(404, "there is no such invoice link")
        return int(row["id"])

    def begin(self, invoice_id: int, person: Person, chat_id: int) -> tuple[str, int | None]:
        """The person pressed Pay: the bot has ten seconds → pre-checkout query id, update id."""
        invoice = self._invoice(invoice_id)
        if invoice["paid"] and invoice["message_id"]:
            raise ImpossibleError(409, "INVOICE_ALREADY_PAID")
        if person.stars < invoice["amount"]:
            raise ImpossibleError(409, "BALANCE_TOO_LOW")
        number = new_query_id()
        self._store.run(
            "INSERT INTO checkouts (id, invoice_id, person_id, chat_id, asked_at) VALUES (?, ?, ?, ?, ?)",
            number,
            invoice_id,
            person.id,
            chat_id,
            self._clock.seconds(),
        )
        query = PreCheckoutQuery(
            id=number,
            from_user=person.user(),
            currency="XTR",
            total_amount=invoice["amount"],
            invoice_payload=invoice["payload"],
        )
        return number, self._updates.enqueue("pre_checkout_query", f"payment:{person.id}", query)

    def answer(self, number: str, *, ok: bool, error: str | None) -> None:
        """answerPreCheckoutQuery: in time and once; with ok the Stars move and the bot is told."""
        self.expire()
        if not ok and not error:
            raise BadRequestError("error_message must be non-empty")
        row = self._store.row(
            "UPDATE checkouts SET state = ?, error = ? WHERE id = ? AND state = 'asked' RETURNING *",
            "paid" if ok else "declined",
            error,
            number,
        )
        if row is None:
            raise BadRequestError(TOO_OLD)
        if ok and self._people.person(row["person_id"]).stars >= self._invoice(row["invoice_id"])["amount"]:
            self._pay(row)
        elif ok:
            self._store.run(
                "UPDATE checkouts SET state = 'declined', error = 'BALANCE_TOO_LOW' WHERE id = ?", number
            )
        self._changes.record("payment", row["chat_id"], self.checkout(number))

    def checkout(self, number: str) -> JsonObject:
        """`state`: asked, paid, declined (with the bot's words in `error`) or expired."""
        row = self._store.row("SELECT * FROM checkouts WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no pre-checkout query {number}")
        return {
            "pre_checkout_query_id": row["id"],
            "person": row["person_id"],
            "chat": row["chat_id"],
            "state": row["state"],
            "error": row["error"],
            "charge": row["charge"],
        }

    def expire(self) -> None:
        """Gives up the payments whose ten seconds are over."""
        rows = self._store.rows(
            "UPDATE checkouts SET state = 'expired' WHERE state = 'asked' AND asked_at < ? RETURNING id, chat_id",
            self._clock.seconds() - CHECKOUT_SECONDS,
        )
        for row in rows:
            self._changes.record("payment", row["chat_id"], self.checkout(row["id"]))

    def refund(self, charge: str, *, person_id: int | None = None, told: bool = True) -> None:
        """Gives a whole charge back. `told`: the service message appears and the bot gets its update."""
        paid = self._store.row("SELECT * FROM stars WHERE charge = ? AND direction = 'in'", charge)
        if paid is None or person_id not in {None, paid["person_id"]}:
            raise BadRequestError("CHARGE_NOT_FOUND")
        if self._store.row("SELECT 1 FROM stars WHERE charge = ? AND direction = 'out'", charge) is not None:
            raise BadRequestError("CHARGE_ALREADY_REFUNDED")
        self._store.run(
            "INSERT INTO stars (charge, direction, amount, at, person_id, payload, period, chat_id)"
            " SELECT charge, 'out', amount, ?, person_id, payload, period, chat_id FROM stars WHERE n = ?",
            self._clock.seconds(),
            paid["n"],
        )
        self._people.add_stars(paid["person_id"], paid["amount"])
        if told:
            self._tell_refund(paid)

    def transactions(self, *, offset: int, limit: int) -> list[StarTransaction]:
        """Oldest first, as getStarTransactions lists them."""
        rows = self._store.rows("SELECT * FROM stars ORDER BY n LIMIT ? OFFSET ?", limit, offset)
        return [self._transaction(row) for row in rows]

    def balance(self) -> int:
        """The bot's Stars."""
        return self._store.count(
            "SELECT sum(CASE direction WHEN 'in' THEN amount ELSE -amount END) FROM stars"
        )

    def _invoice(self, number: int) -> sqlite3.Row:
        row = self._store.row("SELECT * FROM invoices WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no invoice {number}")
        return row

    def payload(self, invoice_id: int) -> str:
        """What the bot wrote on an invoice."""
        return str(self._invoice(invoice_id)["payload"])

    def renew(self, subscription: sqlite3.Row, person: Person) -> bool:
        """Takes the Stars of the next month; False when the person has too few."""
        invoice = self._invoice(subscription["invoice_id"])
        if person.stars < invoice["amount"]:
            return False
        until = subscription["until"] + invoice["period"]
        self._store.run("UPDATE subscriptions SET until = ? WHERE n = ?", until, subscription["n"])
        self._charge(invoice, person, subscription["chat_id"], until=until, first=False)
        return True

    def _pay(self, checkout: sqlite3.Row) -> None:
        invoice = self._invoice(checkout["invoice_id"])
        person = self._people.person(checkout["person_id"])
        self._store.run("UPDATE invoices SET paid = 1 WHERE id = ?", invoice["id"])
        until = self._clock.seconds() + invoice["period"] if invoice["period"] else None
        charge = self._charge(invoice, person, checkout["chat_id"], until=until, first=True)
        self._store.run("UPDATE checkouts SET charge = ? WHERE id = ?", charge, checkout["id"])
        if until is not None:
            self._store.run(
                "INSERT INTO subscriptions (charge, invoice_id, person_id, chat_id, until) VALUES (?, ?, ?, ?, ?)",
                charge,
                invoice["id"],
                person.id,
                checkout["chat_id"],
                until,
            )

    def _charge(
        self, invoice: sqlite3.Row, person: Person, chat_id: int, *, until: float | None, first: bool
    ) -> str:
        charge = f"stx{secrets.token_urlsafe(40)}"
        self._people.add_stars(person.id, -invoice["amount"])
        self._store.run(
            "INSERT INTO stars (charge, direction, amount, at, person_id, payload, period, chat_id)"
            " VALUES (?, 'in', ?, ?, ?, ?, ?, ?)",
            charge,
            invoice["amount"],
            self._clock.seconds(),
            person.id,
            invoice["payload"],
            invoice["period"],
            chat_id,
        )
        recurs = True if until is not None else None
        payment = SuccessfulPayment(
            currency="XTR",
            total_amount=invoice["amount"],
            invoice_payload=invoice["payload"],
            telegram_payment_charge_id=charge,
            provider_payment_charge_id=f"{person.id}_{invoice['id']}",
            subscription_expiration_date=None if until is None else int(until),
            is_recurring=recurs,
            is_first_recurring=recurs if first else None,
        )
        self._service_message(chat_id, person, payment)
        return charge

    def _tell_refund(self, paid: sqlite3.Row) -> None:
        payment = RefundedPayment(
            total_amount=paid["amount"],
            invoice_payload=paid["payload"],
            telegram_payment_charge_id=paid["charge"],
        )
        self._service_message(paid["chat_id"], self._people.person(paid["person_id"]), payment)

    def _service_message(
        self, chat_id: int, person: Person, what: SuccessfulPayment | RefundedPayment
    ) -> None:
        name = "successful_payment" if isinstance(what, SuccessfulPayment) else "refunded_payment"
        draft = Message(
            message_id=0, date=self._clock.now(), chat=self._people.chat(chat_id), from_user=person.user()
        ).model_copy(update={name: what})
        message = self._messages.post(draft, by_bot=False, service=True)
        self._updates.enqueue("message", f"chat:{chat_id}", message)

    def _transaction(self, row: sqlite3.Row) -> StarTransaction:
        partner = TransactionPartnerUser(
            transaction_type="invoice_payment",
            user=self._people.person(row["person_id"]).user(),
            invoice_payload=row["payload"],
            subscription_period=row["period"],
        )
        return StarTransaction(
            id=row["charge"],
            amount=row["amount"],
            date=datetime.fromtimestamp(int(row["at"]), UTC),
            source=partner if row["direction"] == "in" else None,
            receiver=partner if row["direction"] == "out" else None,
        )
