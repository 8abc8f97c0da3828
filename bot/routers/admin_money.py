"""Credit and debit by the staff: cash or bonus, how much and why. What it will do is agreed to in `admin_confirm`."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import Direction, Profile, Right
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import AdjustTap, PersonAct, PersonTap
from bot.staff_filters import allowed, answers, known_person
from bot.staff_money import StaffMoney
from bot.staff_wishes import BucketOf
from bot.views.admin_money import ask_sum_view, bucket_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_money")
    money = allowed(Right.MONEY)
    tapped = router.callback_query.register
    tapped(ask_bucket_to_fill, PersonTap.filter(F.act == PersonAct.CREDIT), money, known_person)
    tapped(ask_bucket_to_empty, PersonTap.filter(F.act == PersonAct.DEBIT), money, known_person)
    tapped(ask_sum, AdjustTap.filter(), money, known_person)
    asked = answers(Right.MONEY, Asked.ADJUST)
    router.message.register(sum_typed, F.text & ~F.text.startswith("/"), asked)
    return router


async def ask_bucket_to_fill(query: CallbackQuery, profile: Profile, visit: Visit) -> None:
    """Cash or bonus?"""
    await visit.show(bucket_view(visit.words, profile, Direction.GIVE))


async def ask_bucket_to_empty(query: CallbackQuery, profile: Profile, visit: Visit) -> None:
    """Cash or bonus?"""
    await visit.show(bucket_view(visit.words, profile, Direction.TAKE))


async def ask_sum(query: CallbackQuery, callback_data: AdjustTap, profile: Profile, visit: Visit) -> None:
    """How much, and why?"""
    wanted = BucketOf(profile.user.id, callback_data.direction, callback_data.bucket)
    await visit.show(ask_sum_view(visit.words, profile, wanted))


async def sum_typed(message: Message, awaited: Awaited, visit: Visit, staff_money: StaffMoney) -> None:
    """What it would do."""
    await staff_money.foresee_adjustment(visit, awaited, message.text or "")
