"""What a result leads on to: a model that takes it, with the file filled in."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from app.catalogue import MediaFile, ModelSpec
from app.generation import Generation, leading_file
from app.offers import Sequels
from bot.draft_files import DraftFiles
from bot.filters import for_sale, own_generation
from bot.result_callbacks import OnwardPage, OnwardTap
from bot.result_filters import one_file, several_files
from bot.views.sequels import sequels_view, which_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="sequels")
    router.callback_query.register(page, OnwardPage.filter(), own_generation)
    router.callback_query.register(begin, OnwardTap.filter(), for_sale, one_file)
    router.callback_query.register(which, OnwardTap.filter(), for_sale, several_files)
    router.callback_query.register(gone, OnwardTap.filter())
    return router


async def page(
    query: CallbackQuery, callback_data: OnwardPage, generation: Generation, visit: Visit, sequels: Sequels
) -> None:
    """All models for this result."""
    file = leading_file(generation)
    if file is None:
        visit.say("toast-result-gone")
        return
    await visit.show(sequels_view(visit.words, generation, sequels.of(file), callback_data.page))


async def begin(
    query: CallbackQuery, spec: ModelSpec, file: MediaFile, visit: Visit, draft_files: DraftFiles
) -> None:
    """A new draft with the file in it; where the model does not take this one, the question says why."""
    await draft_files.begin_with(visit, spec, file)


async def which(
    query: CallbackQuery, callback_data: OnwardTap, spec: ModelSpec, numbers: Sequence[int], visit: Visit
) -> None:
    """Several files: one of them has to be named."""
    await visit.show(which_view(visit.words, spec, callback_data.generation, numbers))


async def gone(query: CallbackQuery, visit: Visit) -> None:
    """Nobody has the file any more, it is not this person's, or the model is not sold any more."""
    visit.say("toast-sequel-gone")
