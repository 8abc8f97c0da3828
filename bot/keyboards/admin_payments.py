"""The buttons below a person's payments."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.admin import PaymentLine, Profile, Right, Role, may
from app.payments import RefundState
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import Row, button, keyboard
from bot.staff_callbacks import PaybackTap
from bot.texts import Words


def payments_keyboard(
    words: Words, profile: Profile, found: Sequence[PaymentLine], role: Role | None
) -> InlineKeyboardMarkup:
    """Send back what has not gone back yet, with debt only for those who may accept it."""
    rows = [_row(words, line, role) for line in found if _is_here(line)]
    return keyboard([*rows, to_person(words, profile.user.id), to_overview(words)])


def _is_here(line: PaymentLine) -> bool:
    return line.refund is None or line.refund.state is RefundState.REFUSED


def _row(words: Words, line: PaymentLine, role: Role | None) -> Row:
    payment, row = line.payment, []
    if may(role, Right.MONEY):
        amount = words.money(payment.booked)
        text = words.plain("button-admin-payback", number=str(payment.id), amount=amount)
        row.append(button(text, PaybackTap(payment=payment.id, debt=False)))
    if may(role, Right.DEBT):
        text = words.plain("button-admin-payback-debt")
        row.append(button(text, PaybackTap(payment=payment.id, debt=True)))
    return row
