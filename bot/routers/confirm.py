"""The tap on the price."""

from typing import assert_never

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from app.generation import (
    AlreadySubmitted,
    Confirmation,
    Generation,
    GenerationService,
    NotEnough,
    Refused,
    Stale,
    Submission,
    Submitted,
    TooMany,
)
from bot.callbacks import Confirm
from bot.draft_screens import DraftScreens
from bot.generation_screens import GenerationScreens
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="confirm")
    router.callback_query.register(confirm, Confirm.filter())
    return router


async def confirm(
    query: CallbackQuery,
    callback_data: Confirm,
    visit: Visit,
    generations: GenerationService,
    draft_screens: DraftScreens,
    generation_screens: GenerationScreens,
) -> None:
    """Submits exactly what the card said, and shows what came of it."""
    confirmation = Confirmation(
        user_id=visit.user.id,
        draft_id=callback_data.draft,
        revision=callback_data.revision,
        quote_id=callback_data.quote,
        chat_id=visit.screen.place.chat_id,
        # A card that is gone cannot become the progress: a new message takes its place, and stays as it is.
        message_id=query.message.message_id if isinstance(query.message, Message) else None,
    )
    outcome = await generations.submit(visit.step, confirmation)
    await show_outcome(visit, outcome, draft_screens, generation_screens)


async def show_outcome(
    visit: Visit,
    outcome: Submission,
    draft_screens: DraftScreens,
    generation_screens: GenerationScreens,
) -> None:
    """The progress in place of the card, or a card that says why not."""
    match outcome:
        case Submitted(generation):
            await visit.replace(generation_screens.submitted(visit.words, generation))
            await visit.screen.release()
        case AlreadySubmitted(generation):
            await show_started(visit, generation, generation_screens)
        case NotEnough(card, missing):
            visit.say("toast-lacking", missing=visit.words.money(missing))
            await visit.show(draft_screens.card(visit.words, card))
        case Stale(card) | Refused(card):
            visit.say("toast-renewed" if isinstance(outcome, Stale) else "toast-refused")
            await visit.show(draft_screens.card(visit.words, card))
        case TooMany(limit):
            visit.say("toast-too-many", limit=limit)
        case _:
            assert_never(outcome)


async def show_started(visit: Visit, generation: Generation, generation_screens: GenerationScreens) -> None:
    """A second tap changes nothing; a replay, whose first drawing may be lost, draws where it is now."""
    visit.say("toast-already-started")
    view = generation_screens.under_way(visit.words, generation)
    if view is not None and visit.replayed:
        await visit.replace(view)
        await visit.screen.release()
