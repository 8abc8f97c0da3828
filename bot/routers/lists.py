"""Best, trending, favourite, recent and all models, and what a search found."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.callbacks import ListKind, ListPage
from bot.lists import ModelLists
from bot.views.lists import search_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="lists")
    router.message.register(favourites_command, Command("favorites"))
    router.callback_query.register(page, ListPage.filter())
    return router


async def show_list(visit: Visit, lists: ModelLists, kind: ListKind, page: int) -> None:
    """One page. What was searched for is in the message that the screen replies to; gone, it is asked again."""
    if kind is not ListKind.FOUND:
        await visit.show(await lists.view(visit.words, visit.user.id, kind, page))
        return
    query = words_looked_for(visit.screen.place.replied_text)
    await visit.show(await lists.found(visit.words, query, page) if query else search_view(visit.words))


def words_looked_for(typed: str) -> str:
    """What a person typed to find something, without the command in front of it."""
    return typed.partition(" ")[2].strip() if typed.startswith("/") else typed


async def favourites_command(message: Message, visit: Visit, lists: ModelLists) -> None:
    """The models with a star, below what was typed."""
    await show_list(visit, lists, ListKind.FAVOURITES, 0)


async def page(query: CallbackQuery, callback_data: ListPage, visit: Visit, lists: ModelLists) -> None:
    """One page of a list, in place."""
    await show_list(visit, lists, callback_data.kind, callback_data.page)
