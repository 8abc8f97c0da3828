"""Another model for what a generation was asked for: what fits it is filled in, what does not is said."""

from aiogram import Router
from aiogram.types import CallbackQuery

from app.catalogue import ModelSpec
from app.generation import Generation
from bot.filters import for_sale, own_generation
from bot.other_screens import OtherScreens
from bot.result_callbacks import OtherPage, OtherTap
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="others")
    router.callback_query.register(page, OtherPage.filter(), own_generation)
    router.callback_query.register(chosen, OtherTap.filter(), own_generation, for_sale)
    router.callback_query.register(withdrawn, OtherTap.filter())
    return router


async def page(
    query: CallbackQuery,
    callback_data: OtherPage,
    generation: Generation,
    visit: Visit,
    other_screens: OtherScreens,
) -> None:
    """The models that take the same words and files."""
    await other_screens.show(visit, generation, callback_data.page)


async def chosen(
    query: CallbackQuery, spec: ModelSpec, generation: Generation, visit: Visit, other_screens: OtherScreens
) -> None:
    """A new draft of that model with what fits."""
    await other_screens.begin(visit, generation, spec)


async def withdrawn(query: CallbackQuery, visit: Visit) -> None:
    """The model of an old button is not sold any more."""
    visit.say("toast-model-gone")
