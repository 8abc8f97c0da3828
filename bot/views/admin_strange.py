"""Money that fits no order, as the staff sees it."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import StrangePayment
from app.payments import Mismatch, Outcome, Payment
from bot.keyboards.admin_strange import ask_strange_keyboard, gone_keyboard, queue_keyboard, strange_keyboard
from bot.staff_awaiting import Asked, Awaited
from bot.texts import Markup, Words
from bot.view import View
from bot.views.admin_payments import METHOD_KEYS, REFUND_KEYS

QUEUE_SIZE = 10

WHY_KEYS = MappingProxyType(
    {
        Mismatch.UNKNOWN_ORDER: "strange-unknown-order",
        Mismatch.WRONG_PERSON: "strange-wrong-person",
        Mismatch.WRONG_CURRENCY: "strange-wrong-currency",
        Mismatch.WRONG_AMOUNT: "strange-wrong-amount",
    }
)


def queue_view(words: Words, found: Sequence[Payment]) -> View:
    """What waits, line by line with why."""
    lines = [words("admin-strange" if found else "admin-strange-none"), *(_line(words, it) for it in found)]
    return View(Markup("\n".join(lines)), queue_keyboard(words, found))


def strange_view(words: Words, found: StrangePayment, *, decides: bool) -> View:
    """Everything an operator needs to decide."""
    payment = found.payment
    card = words(
        "admin-strange-card",
        number=str(payment.id),
        method=words.plain(METHOD_KEYS[payment.method]),
        moment=words.moment(payment.received_at),
        amount=str(payment.amount),
        currency=payment.currency,
        booked=words.money(payment.booked),
        why=_why(words, payment),
        charge=payment.charge_id,
    )
    text = Markup("\n".join([card, _where(words, payment), _order(words, found), *_ends(words, found)]))
    return View(text, strange_keyboard(words, found, decides=decides))


def ask_person_view(words: Words, payment: Payment) -> View:
    """To whom it belongs, and why."""
    text = words("admin-strange-ask-person", number=str(payment.id), amount=words.money(payment.booked))
    awaited = Awaited(Asked.ASSIGN, str(payment.id))
    return View(text, ask_strange_keyboard(words, payment), awaited.text)


def ask_keep_view(words: Words, payment: Payment) -> View:
    """Why it may stay where it is."""
    text = words("admin-strange-ask-note", number=str(payment.id), amount=words.money(payment.booked))
    awaited = Awaited(Asked.KEEP, str(payment.id))
    return View(text, ask_strange_keyboard(words, payment), awaited.text)


def gone_view(words: Words) -> View:
    """There is no such payment."""
    return View(words("admin-strange-gone"), gone_keyboard(words))


def _line(words: Words, payment: Payment) -> Markup:
    amount, why = words.money(payment.booked), _why(words, payment)
    return words("admin-strange-line", number=str(payment.id), amount=amount, why=why)


def _why(words: Words, payment: Payment) -> str:
    return words.plain("strange-fits" if payment.mismatch is None else WHY_KEYS[payment.mismatch])


def _where(words: Words, payment: Payment) -> Markup:
    if payment.outcome is Outcome.CREDITED:
        return words("admin-strange-credited", id=str(payment.user_id))
    payer = "—" if payment.user_id is None else str(payment.user_id)
    return words("admin-strange-suspended", id=payer)


def _order(words: Words, found: StrangePayment) -> Markup:
    if found.order is None or found.owner is None:
        return words("admin-strange-no-order")
    return words(
        "admin-strange-order",
        number=str(found.order.id),
        amount=str(found.order.amount),
        currency=found.order.currency,
        name=found.owner.first_name,
        id=str(found.owner.id),
    )


def _ends(words: Words, found: StrangePayment) -> list[Markup]:
    """What became of it so far."""
    lines = []
    if found.refund is not None:
        state = words.plain(REFUND_KEYS[found.refund.state])
        lines.append(words("admin-strange-refund", state=state))
    if found.payment.reviewed_by is not None:
        lines.append(words("admin-strange-decided-by", actor=found.payment.reviewed_by))
    return lines
