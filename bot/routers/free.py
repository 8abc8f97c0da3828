"""What can be made for free, and how often."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from bot.callbacks import Go, ListKind, Target
from bot.lists import ModelLists
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="free")
    router.callback_query.register(free_button, Go.filter(F.to == Target.FREE))
    return router


async def free_button(query: CallbackQuery, visit: Visit, lists: ModelLists) -> None:
    """The free models, in place."""
    await visit.show(await lists.view(visit.words, visit.user.id, ListKind.FREE, 0))
