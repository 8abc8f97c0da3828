"""The staff's way in: numbers of the day, the log, and what anybody else gets who tries their buttons."""

import logging

from aiogram import F, Router
from aiogram.filters import Command, or_f
from aiogram.types import CallbackQuery, Message

from app.admin import AdminService, Crew, Right, Staff
from bot.menu_screen import MenuScreen
from bot.staff_callbacks import STAFF_CALLBACKS, LogPage, StaffGo, StaffScreen
from bot.staff_filters import allowed
from bot.views.admin import LOG_SIZE, log_view, overview_view
from bot.visit import Visit

logger = logging.getLogger(__name__)


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin")
    look = allowed(Right.LOOK)
    router.message.register(admin_command, Command("admin"), look)
    router.callback_query.register(overview, StaffGo.filter(F.to == StaffScreen.OVERVIEW), look)
    router.callback_query.register(log_page, LogPage.filter(), look)
    return router


def build_last_router() -> Router:
    """After all screens of the staff: whoever tapped their buttons and was let in nowhere."""
    router = Router(name="admin_refused")
    router.callback_query.register(refused, or_f(*(factory.filter() for factory in STAFF_CALLBACKS)))
    return router


async def admin_command(message: Message, visit: Visit, admin: AdminService, staff: Staff) -> None:
    """The overview, below what was typed; nobody else learns that there is such a command."""
    role = await staff.role_of(visit.user.id)
    await visit.show(overview_view(visit.words, await admin.overview(), role))


async def overview(query: CallbackQuery, visit: Visit, admin: AdminService, staff: Staff) -> None:
    """The overview, in place."""
    role = await staff.role_of(visit.user.id)
    await visit.show(overview_view(visit.words, await admin.overview(), role))


async def log_page(query: CallbackQuery, callback_data: LogPage, visit: Visit, crew: Crew) -> None:
    """One page of what was done; one more than it holds is read, to know whether there is another."""
    found = await crew.log(callback_data.before or None, LOG_SIZE + 1)
    await visit.show(log_view(visit.words, found, is_first=callback_data.before == 0))


async def refused(query: CallbackQuery, visit: Visit, staff: Staff, menu: MenuScreen) -> None:
    """A member without the right is told so; a stranger sees what every unknown button gives."""
    role = await staff.role_of(visit.user.id)
    if role is None:
        logger.warning(
            "a stranger sent a button of the staff", extra={"user_id": visit.user.id, "data": query.data}
        )
    visit.say("toast-old-button" if role is None else "toast-admin-not-now")
    await menu.show(visit)
