"""What can be done with a generation: cancel it before it is sent, make it once more."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.generation import Generation, GenerationService
from bot.callbacks import GenerationAct, GenerationTap
from bot.draft_screens import DraftScreens
from bot.filters import own_generation
from bot.generation_screens import GenerationScreens
from bot.keyboards.variants import TIMES
from bot.other_screens import OtherScreens
from bot.routers.wizard import show_draft
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="generation")
    router.callback_query.register(
        cancel, GenerationTap.filter(F.act == GenerationAct.CANCEL), own_generation
    )
    router.callback_query.register(again, GenerationTap.filter(F.act == GenerationAct.AGAIN), own_generation)
    router.callback_query.register(several, GenerationTap.filter(F.act.in_(set(TIMES))), own_generation)
    router.callback_query.register(
        change, GenerationTap.filter(F.act == GenerationAct.CHANGE), own_generation
    )
    return router


async def cancel(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    generations: GenerationService,
    generation_screens: GenerationScreens,
) -> None:
    """Everything back of what was not sent yet; honest words about what was."""
    now = await generations.cancel(visit.step, visit.user.id, generation.id)
    if now.is_cancelled:
        await visit.replace(generation_screens.cancelled(visit.words, now.shown()))
    elif now.cancelled > 0:
        visit.say("toast-cancelled-some", cancelled=now.cancelled, variants=now.first.variants)
    else:
        visit.say("toast-too-late")


async def again(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    other_screens: OtherScreens,
    draft_screens: DraftScreens,
) -> None:
    """A new draft with the same answers, as far as the model still takes them."""
    draft = await other_screens.renew(visit, generation)
    await show_draft(visit, draft_screens, draft)


async def several(
    query: CallbackQuery,
    callback_data: GenerationTap,
    generation: Generation,
    visit: Visit,
    other_screens: OtherScreens,
    draft_screens: DraftScreens,
) -> None:
    """A new draft with the same answers, and the card of so many variants of it."""
    draft = await other_screens.renew(visit, generation)
    times = TIMES[callback_data.act]
    await visit.show(await draft_screens.here(visit.words, visit.step.epoch, draft, times))


async def change(
    query: CallbackQuery,
    generation: Generation,
    visit: Visit,
    other_screens: OtherScreens,
    draft_screens: DraftScreens,
) -> None:
    """A new draft with the same answers but the description, which is asked for."""
    draft = await other_screens.renew(visit, generation, without_text=True)
    await show_draft(visit, draft_screens, draft)
