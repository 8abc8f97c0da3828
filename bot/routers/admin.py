"""The staff's way in: numbers of the day, and the log."""

from aiogram import Bot, F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.admin import AdminService, Crew, Right, Staff
from bot.commands import publish_staff_commands
from bot.staff_callbacks import LogPage, StaffGo, StaffScreen
from bot.staff_filters import allowed
from bot.views.admin import LOG_SIZE, log_view, overview_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin")
    look = allowed(Right.LOOK)
    router.message.register(admin_command, Command("admin"), look)
    router.message.register(admin_link, F.text == "/start admin", look)
    router.callback_query.register(overview, StaffGo.filter(F.to == StaffScreen.OVERVIEW), look)
    router.callback_query.register(log_page, LogPage.filter(), look)
    return router


async def admin_command(message: Message, visit: Visit, admin: AdminService, staff: Staff, bot: Bot) -> None:
    """The overview, below what was typed; nobody else learns that there is such a command."""
    role = await staff.role_of(visit.user.id)
    await visit.show(overview_view(visit.words, await admin.overview(), role))
    await publish_staff_commands(bot, message.chat.id, visit.words)


async def admin_link(message: Message, visit: Visit, admin: AdminService, staff: Staff) -> None:
    """The same by the link below an alert in a group."""
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
