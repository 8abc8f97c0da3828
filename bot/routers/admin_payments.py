"""A person's payments as the staff sees them; sending one back."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import MoneyDesk, Profile, Right, Staff
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import PaybackTap, PersonAct, PersonTap
from bot.staff_filters import allowed, answers, known_person
from bot.staff_money import StaffMoney
from bot.views.admin_payments import ask_payback_view, payments_view
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_payments")
    tapped, typed = router.callback_query.register, router.message.register
    tapped(paid, PersonTap.filter(F.act == PersonAct.PAID), allowed(Right.LOOK), known_person)
    tapped(ask_payback, PaybackTap.filter(), allowed(Right.MONEY))
    typed(payback_typed, TYPED, answers(Right.MONEY, Asked.PAYBACK))
    return router


async def paid(
    query: CallbackQuery, profile: Profile, visit: Visit, money_desk: MoneyDesk, staff: Staff
) -> None:
    """Their newest payments."""
    found, role = await money_desk.payments(profile.user.id), await staff.role_of(visit.user.id)
    await visit.show(payments_view(visit.words, profile, found, role))


async def ask_payback(query: CallbackQuery, callback_data: PaybackTap, visit: Visit) -> None:
    """Why shall it go back?"""
    awaited = Awaited(Asked.PAYBACK, str(callback_data.payment))
    await visit.show(ask_payback_view(visit.words, awaited))


async def payback_typed(message: Message, awaited: Awaited, visit: Visit, staff_money: StaffMoney) -> None:
    """What it would do to the payer's money."""
    await staff_money.foresee_payback(visit, awaited, message.text or "")
