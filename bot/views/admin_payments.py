"""A person's payments as the staff sees them."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import PaymentLine, Profile, Role
from app.payments import Method, RefundState
from bot.keyboards.admin import back_keyboard
from bot.keyboards.admin_payments import payments_keyboard
from bot.staff_awaiting import Awaited
from bot.texts import Markup, Words
from bot.view import View

METHOD_KEYS = MappingProxyType({Method.STARS: "method-stars", Method.BANK: "method-bank"})

REFUND_KEYS = MappingProxyType(
    {
        RefundState.ASKED: "payment-going-back",
        RefundState.DONE: "payment-gone-back",
        RefundState.REFUSED: "payment-not-taken-back",
    }
)


def payments_view(words: Words, profile: Profile, found: Sequence[PaymentLine], role: Role | None) -> View:
    """The newest payments, line by line."""
    key = "admin-payments" if found else "admin-payments-none"
    lines = [words(key, name=profile.user.first_name), *(_line(words, line) for line in found)]
    return View(Markup("\n\n".join(lines)), payments_keyboard(words, profile, found, role))


def ask_payback_view(words: Words, awaited: Awaited) -> View:
    """Why shall it go back?"""
    return View(words("admin-ask-payback", number=awaited.about), back_keyboard(words), awaited.text)


def paid_back_view(words: Words, refusal: str | None) -> View:
    """It is on its way, or why not."""
    return View(words(refusal or "admin-paid-back"), back_keyboard(words))


def _line(words: Words, line: PaymentLine) -> Markup:
    payment = line.payment
    state = "payment-here" if line.refund is None else REFUND_KEYS[line.refund.state]
    return words(
        "admin-payment-line",
        number=str(payment.id),
        amount=words.money(payment.booked),
        method=words.plain(METHOD_KEYS[payment.method]),
        moment=words.moment(payment.received_at),
        charge=payment.charge_id,
        state=words.plain(state),
    )
