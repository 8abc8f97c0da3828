"""The shelves: which categories there are and which models and families stand on each."""

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from app.generation import Standings
from app.offers import Offers
from bot.callbacks import FamilyPage, Go, Shelf, Target
from bot.views.models import categories_view, family_view, shelf_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="models")
    router.message.register(models_command, Command("models"))
    router.callback_query.register(models_button, Go.filter(F.to == Target.MODELS))
    router.callback_query.register(shelf, Shelf.filter())
    router.callback_query.register(family, FamilyPage.filter())
    return router


async def models_command(message: Message, visit: Visit, offers: Offers) -> None:
    """All categories, below what was typed."""
    await visit.show(categories_view(visit.words, offers))


async def models_button(query: CallbackQuery, visit: Visit, offers: Offers) -> None:
    """All categories, in place."""
    await visit.show(categories_view(visit.words, offers))


async def shelf(
    query: CallbackQuery, callback_data: Shelf, visit: Visit, offers: Offers, standings: Standings
) -> None:
    """One page of a category."""
    standing = await standings.now([it.key for it in offers.for_sale(callback_data.category)])
    await visit.show(shelf_view(visit.words, offers, callback_data.category, callback_data.page, standing))


async def family(
    query: CallbackQuery, callback_data: FamilyPage, visit: Visit, offers: Offers, standings: Standings
) -> None:
    """One page of a family."""
    standing = await standings.now([it.key for it in offers.for_sale(callback_data.category)])
    await visit.show(family_view(visit.words, offers, callback_data, standing))
