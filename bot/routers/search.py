"""Search by text over names, providers and tasks (P4)."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.callbacks import Go, Target
from bot.filters import awaits_search
from bot.lists import ModelLists
from bot.views.lists import search_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="search")
    router.message.register(search_command, Command("search"))
    router.callback_query.register(search_button, Go.filter(F.to == Target.SEARCH))
    router.message.register(query_typed, F.text & ~F.text.startswith("/"), awaits_search)
    return router


async def search_command(message: Message, command: CommandObject, visit: Visit, lists: ModelLists) -> None:
    """`/search words` finds at once; without words it asks for them."""
    view = await lists.found(visit.words, command.args, 0) if command.args else search_view(visit.words)
    await visit.show(view, as_reply=bool(command.args))


async def search_button(query: CallbackQuery, visit: Visit) -> None:
    """What can be typed, in place."""
    await visit.show(search_view(visit.words))


async def query_typed(message: Message, visit: Visit, lists: ModelLists) -> None:
    """What was found; the screen replies to the words and so keeps them."""
    await visit.show(await lists.found(visit.words, message.text or "", 0), as_reply=True)
