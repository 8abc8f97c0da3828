"""Buttons of features that are not built yet: an honest screen each."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.callbacks import Go, Target
from bot.later import Later
from bot.views.later import later_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="later")
    router.callback_query.register(invite_button, Go.filter(F.to == Target.INVITE))
    return router


async def invite_button(query: CallbackQuery, visit: Visit) -> None:
    """Inviting friends."""
    await visit.show(later_view(visit.words, Later.INVITE))
