"""How it works, in one screen."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Target
from bot.views.help import help_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="help")
    router.message.register(help_command, Command("help"))
    router.callback_query.register(help_button, Go.filter(F.to == Target.HELP))
    return router


async def help_command(message: Message, visit: Visit) -> None:
    """The help, below what was typed."""
    await visit.show(help_view(visit.words))


async def help_button(query: CallbackQuery, visit: Visit) -> None:
    """The help, in place."""
    await visit.show(help_view(visit.words))
