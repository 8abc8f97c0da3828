"""Subscriptions in Stars: paid again when their month is over, unless the person or the bot has canceled them."""

import sqlite3

from aiogram.types import BotSubscriptionUpdated

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.errors import BadRequestError, ImpossibleError
from app.sandbox.telegram.payments import Payments
from app.sandbox.telegram.people import People, Person
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.updates import Updates
from app.sandbox.telegram.wire import JsonObject

ACTIVE, CANCELED, CANCELED_BY_BOT, FAILED = "active", "canceled", "canceled_by_bot", "failed"


class Subscriptions:
    """A subscription is known by its first charge; `Payments` stores it when that is paid."""

    def __init__(
        self, store: Store, clock: SandboxClock, *, people: People, payments: Payments, updates: Updates
    ) -> None:
        self._store = store
        self._clock = clock
        self._people = people
        self._payments = payments
        self._updates = updates

    def listed(self, person: Person) -> list[JsonObject]:
        """`state`: active, canceled (by the person), canceled_by_bot or failed; `until` in Unix seconds."""
        rows = self._store.rows("SELECT * FROM subscriptions WHERE person_id = ? ORDER BY n", person.id)
        return [{"charge": row["charge"], "state": row["state"], "until": int(row["until"])} for row in rows]

    def edit_by_bot(self, person_id: int, charge: str, *, canceled: bool) -> None:
        """editUserStarSubscription; the same again is fine. What the person canceled only the person resumes."""
        row = self._find(charge)
        if row is None or row["person_id"] != person_id:
            raise BadRequestError("CHARGE_NOT_FOUND")
        if row["until"] <= self._clock.seconds():
            raise BadRequestError("SUBSCRIPTION_NOT_ACTIVE")
        if canceled and row["state"] == ACTIVE:
            self._set(row, CANCELED_BY_BOT)
        elif not canceled and row["state"] == CANCELED_BY_BOT:
            self._set(row, ACTIVE)

    def edit_by_person(self, person: Person, charge: str, *, canceled: bool) -> int | None:
        """In the person's own client; the bot is told → update id."""
        row = self._find(charge)
        if row is None or row["person_id"] != person.id or row["until"] <= self._clock.seconds():
            raise ImpossibleError(404, f"there is no subscription {charge}")
        if row["state"] == CANCELED_BY_BOT:
            raise ImpossibleError(409, "the bot has canceled it")
        self._set(row, CANCELED if canceled else ACTIVE)
        return self._tell(row, "canceled" if canceled else "active")

    def renew_due(self) -> None:
        """Takes the Stars of every subscription whose month is over; who has too few is told to the bot."""
        due = self._store.rows(
            "SELECT * FROM subscriptions WHERE state = ? AND until <= ?", ACTIVE, self._clock.seconds()
        )
        for row in due:
            person = self._people.person(row["person_id"])
            if self._payments.renew(row, person):
                continue
            self._set(row, FAILED)
            self._tell(row, "failed")

    def _find(self, charge: str) -> sqlite3.Row | None:
        return self._store.row("SELECT * FROM subscriptions WHERE charge = ?", charge)

    def _set(self, row: sqlite3.Row, state: str) -> None:
        self._store.run("UPDATE subscriptions SET state = ? WHERE n = ?", state, row["n"])

    def _tell(self, row: sqlite3.Row, state: str) -> int | None:
        person = self._people.person(row["person_id"])
        payload = self._payments.payload(row["invoice_id"])
        changed = BotSubscriptionUpdated(user=person.user(), invoice_payload=payload, state=state)
        return self._updates.enqueue("subscription", f"payment:{person.id}", changed)
