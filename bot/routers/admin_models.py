"""Models that are off sale: why, both numbers, and the way back; a look at KIE's list at once."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.admin import ModelsDesk, Right, Staff
from bot.staff_callbacks import BackTap, StaffGo, StaffScreen
from bot.staff_filters import allowed
from bot.staff_refusals import answer_of, refusal_of
from bot.views.admin_models import models_off_sale_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_models")
    look, change = allowed(Right.LOOK), allowed(Right.MONEY)
    tapped = router.callback_query.register
    tapped(off_sale, StaffGo.filter(F.to == StaffScreen.MODELS), look)
    tapped(look_now, StaffGo.filter(F.to == StaffScreen.MARKET), change)
    tapped(put_back, BackTap.filter(), change)
    return router


async def off_sale(query: CallbackQuery, visit: Visit, models_desk: ModelsDesk, staff: Staff) -> None:
    """What is off sale, the newest first."""
    role = await staff.role_of(visit.user.id)
    await visit.show(models_off_sale_view(visit.words, await models_desk.off_sale(), role))


async def look_now(query: CallbackQuery, visit: Visit, models_desk: ModelsDesk, staff: Staff) -> None:
    """Asks for a look; what it finds is seen here after it."""
    refusal = await refusal_of(models_desk.look_now(visit.step, visit.user.id))
    role = await staff.role_of(visit.user.id)
    view = models_off_sale_view(visit.words, await models_desk.off_sale(), role)
    await visit.show(view.noting(visit.words(refusal or "admin-market-asked")))


async def put_back(
    query: CallbackQuery, callback_data: BackTap, visit: Visit, models_desk: ModelsDesk, staff: Staff
) -> None:
    """Sells it again, where its price pays for it."""
    done, refusal = await answer_of(models_desk.put_back(visit.step, visit.user.id, callback_data.suspension))
    role = await staff.role_of(visit.user.id)
    view = models_off_sale_view(visit.words, await models_desk.off_sale(), role)
    happened = "admin-model-back" if done or visit.replayed else "admin-model-back-before"
    await visit.show(view.noting(visit.words(refusal or happened)))
