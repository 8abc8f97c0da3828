"""What a person may set for themselves."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Target
from bot.views.settings import settings_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="settings")
    router.message.register(settings_command, Command("settings"))
    router.callback_query.register(settings_button, Go.filter(F.to == Target.SETTINGS))
    return router


async def settings_command(message: Message, visit: Visit) -> None:
    """Below what was typed."""
    await visit.show(settings_view(visit.words))


async def settings_button(query: CallbackQuery, visit: Visit) -> None:
    """In place."""
    await visit.show(settings_view(visit.words))
