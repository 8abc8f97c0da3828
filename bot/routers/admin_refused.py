"""Buttons of the staff that led nowhere: pressed by a stranger, without the right, or about what is gone."""

import logging

from aiogram import Router
from aiogram.filters import or_f
from aiogram.types import CallbackQuery

from app.admin import Staff
from bot.menu_screen import MenuScreen
from bot.staff_callbacks import STAFF_CALLBACKS
from bot.visit import Visit

logger = logging.getLogger(__name__)


def build_router() -> Router:
    """After all screens of the staff."""
    router = Router(name="admin_refused")
    router.callback_query.register(refused, or_f(*(factory.filter() for factory in STAFF_CALLBACKS)))
    return router


async def refused(query: CallbackQuery, visit: Visit, staff: Staff, menu: MenuScreen) -> None:
    """A member without the right is told so; a stranger sees what every unknown button gives."""
    role = await staff.role_of(visit.user.id)
    if role is None:
        logger.warning(
            "a stranger sent a button of the staff", extra={"user_id": visit.user.id, "data": query.data}
        )
    visit.say("toast-old-button" if role is None else "toast-admin-not-now")
    await menu.show(visit)
