"""The main menu, the greeting, and the way out of a draft."""

from aiogram import F, Router
from aiogram.filters import Command, CommandStart
from aiogram.types import CallbackQuery, Message

from app.users import DraftService
from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.menu_screen import MenuScreen
from bot.views.menu import greeting
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="menu")
    router.message.register(start, CommandStart())
    router.message.register(menu_command, Command("menu"))
    router.callback_query.register(menu_button, Go.filter(F.to == Target.MENU))
    router.message.register(cancel_command, Command("cancel"))
    return router


async def start(message: Message, visit: Visit, menu: MenuScreen, configured: Configured) -> None:
    """Greets by name; a deep link that nobody understands is a greeting, too."""
    await menu.show(visit, greeting(visit.words, visit.user, configured))


async def menu_command(message: Message, visit: Visit, menu: MenuScreen) -> None:
    """The menu below what was typed."""
    await menu.show(visit)


async def menu_button(query: CallbackQuery, visit: Visit, menu: MenuScreen) -> None:
    """The menu in place."""
    await menu.show(visit)


async def cancel_command(message: Message, visit: Visit, drafts: DraftService, menu: MenuScreen) -> None:
    """Drops the open draft, if there is one, and says which."""
    draft = await drafts.current(visit.user.id)
    if draft is not None:
        await drafts.abandon(visit.step, visit.user.id, draft.id)
    await menu.show(visit, visit.words("cancelled-draft" if draft else "nothing-to-cancel"))
