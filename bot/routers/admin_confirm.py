"""The tap that agrees to what stands on the screen of one of the staff; without it no money moves."""

from aiogram import Router
from aiogram.types import CallbackQuery

from app.admin import AdminService, Right, Staff
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import Agreed
from bot.staff_filters import agreed, allowed
from bot.staff_money import StaffMoney
from bot.staff_refund_all import StaffRefundAll
from bot.staff_strange import StaffStrange
from bot.views.admin import overview_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_confirm")
    look, money = allowed(Right.LOOK), allowed(Right.MONEY)
    tapped = router.callback_query.register
    tapped(adjust, Agreed.filter(), look, money, agreed(Asked.ADJUST_READY))
    tapped(pay_back, Agreed.filter(), look, money, agreed(Asked.PAYBACK_READY))
    tapped(decide, Agreed.filter(), look, money, agreed(Asked.STRANGE_READY))
    tapped(refund_all, Agreed.filter(), look, money, agreed(Asked.REFUND_ALL_READY))
    tapped(void, Agreed.filter(), look)
    return router


async def adjust(query: CallbackQuery, awaited: Awaited, visit: Visit, staff_money: StaffMoney) -> None:
    """Gives or takes."""
    await staff_money.adjust(visit, awaited)


async def pay_back(query: CallbackQuery, awaited: Awaited, visit: Visit, staff_money: StaffMoney) -> None:
    """Sends a payment back."""
    await staff_money.pay_back(visit, awaited)


async def decide(query: CallbackQuery, awaited: Awaited, visit: Visit, staff_strange: StaffStrange) -> None:
    """Credits a strange payment, or leaves it."""
    await staff_strange.decide(visit, awaited)


async def refund_all(
    query: CallbackQuery, awaited: Awaited, visit: Visit, staff_refund_all: StaffRefundAll
) -> None:
    """Begins a refund of many."""
    await staff_refund_all.begin(visit, awaited)


async def void(query: CallbackQuery, visit: Visit, admin: AdminService, staff: Staff) -> None:
    """It was done before, or the screen says something else by now: nothing is applied."""
    if not visit.replayed:
        visit.say("toast-admin-void")
    role = await staff.role_of(visit.user.id)
    await visit.show(overview_view(visit.words, await admin.overview(), role))
