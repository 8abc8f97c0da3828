"""What a result leads on to: a model that takes it, with the file filled in."""

from collections.abc import Sequence

from aiogram import Router
from aiogram.types import CallbackQuery

from app.catalogue import Inputs, MediaFile, ModelSpec
from app.generation import Generation, PastTasks, leading_file
from app.offers import Sequels
from app.users import DraftService
from bot.draft_results import DraftResults
from bot.draft_screens import DraftScreens
from bot.filters import for_sale, own_generation
from bot.result_callbacks import OnwardPage, OnwardTap
from bot.result_filters import one_file, one_task, several_files
from bot.routers.wizard import show_draft
from bot.views.sequels import sequels_view, which_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="sequels")
    router.callback_query.register(page, OnwardPage.filter(), own_generation)
    router.callback_query.register(begin, OnwardTap.filter(), for_sale, one_file)
    router.callback_query.register(go_on, OnwardTap.filter(), for_sale, one_task)
    router.callback_query.register(which, OnwardTap.filter(), for_sale, several_files)
    router.callback_query.register(gone, OnwardTap.filter())
    return router


async def page(
    query: CallbackQuery,
    callback_data: OnwardPage,
    generation: Generation,
    visit: Visit,
    sequels: Sequels,
    past_tasks: PastTasks,
) -> None:
    """All models for this result."""
    file = leading_file(generation)
    if file is None:
        visit.say("toast-result-gone")
        return
    found = sequels.of(file, past_tasks.leading(generation))
    await visit.show(sequels_view(visit.words, generation, found, callback_data.page))


async def begin(
    query: CallbackQuery, spec: ModelSpec, file: MediaFile, visit: Visit, draft_results: DraftResults
) -> None:
    """A new draft with the file in it; where the model does not take this one, the question says why."""
    await draft_results.begin_with(visit, spec, file)


async def go_on(
    query: CallbackQuery,
    spec: ModelSpec,
    inputs: Inputs,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """A new draft of a model that goes on from the result as the provider knows it."""
    draft = await drafts.open(visit.step, visit.user.id, spec.key, inputs)
    await show_draft(visit, draft_screens, draft)


async def which(
    query: CallbackQuery, callback_data: OnwardTap, spec: ModelSpec, numbers: Sequence[int], visit: Visit
) -> None:
    """Several files: one of them has to be named."""
    await visit.show(which_view(visit.words, spec, callback_data.generation, numbers))


async def gone(query: CallbackQuery, visit: Visit) -> None:
    """Nobody has the file any more, it is not this person's, or the model is not sold any more."""
    visit.say("toast-sequel-gone")
