"""The buttons below a person's payments."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.admin import PaymentLine, Profile, Right, Role, may
from app.payments import Payment, RefundState
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import button, keyboard
from bot.staff_callbacks import PaybackTap
from bot.texts import Words


def payments_keyboard(
    words: Words, profile: Profile, found: Sequence[PaymentLine], role: Role | None
) -> InlineKeyboardMarkup:
    """Send back what has not gone back yet."""
    is_allowed = may(role, Right.MONEY)
    rows = [[payback_button(words, line.payment)] for line in found if is_allowed and _is_here(line)]
    return keyboard([*rows, to_person(words, profile.user.id), to_overview(words)])


def payback_button(words: Words, payment: Payment) -> InlineKeyboardButton:
    """Asks why it shall go back."""
    text = words.plain("button-admin-payback", number=str(payment.id), amount=words.money(payment.booked))
    return button(text, PaybackTap(payment=payment.id))


def _is_here(line: PaymentLine) -> bool:
    return line.refund is None or line.refund.state is RefundState.REFUSED
