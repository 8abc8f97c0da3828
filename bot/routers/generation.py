"""What can be done with a generation: cancel it before it is sent, make it once more."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.generation import Generation, GenerationService, State
from app.users import DraftService
from bot.callbacks import GenerationAct, GenerationTap
from bot.draft_screens import DraftScreens
from bot.filters import OwnGeneration
from bot.generation_screens import GenerationScreens
from bot.routers.wizard import show_draft
from bot.visit import Visit

router = Router(name="generation")


@router.callback_query(GenerationTap.filter(F.act == GenerationAct.CANCEL), OwnGeneration())
async def cancel(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    generations: GenerationService,
    generation_screens: GenerationScreens,
) -> None:
    """Everything back if it was not sent yet; honest words if it was."""
    now = await generations.cancel(visit.step, visit.user.id, generation.id)
    if now.state is State.CANCELLED:
        await visit.replace(generation_screens.cancelled(visit.words, now))
    else:
        visit.say("toast-too-late")


@router.callback_query(GenerationTap.filter(F.act == GenerationAct.AGAIN), OwnGeneration())
async def again(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """A new draft with the answers of the one it was made of."""
    source = await drafts.get(visit.user.id, generation.draft_id)
    inputs = source.inputs if source else generation.inputs
    draft = await drafts.open(visit.step, visit.user.id, generation.model_key, inputs)
    await show_draft(visit, draft_screens, draft)
