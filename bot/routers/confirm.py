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
    Submitted,
    TooMany,
)
from bot.callbacks import Confirm, ConfirmFour, ConfirmTwo
from bot.draft_screens import DraftScreens
from bot.progress_message import ProgressMessage
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="confirm")
    for data in (Confirm, ConfirmTwo, ConfirmFour):
        router.callback_query.register(confirm, data.filter())
    return router


async def confirm(
    query: CallbackQuery,
    callback_data: Confirm,
    visit: Visit,
    generations: GenerationService,
    draft_screens: DraftScreens,
    progress_message: ProgressMessage,
) -> None:
    """Submits exactly what the card said, and shows what came of it."""
    confirmation = Confirmation(
        user_id=visit.user.id,
        draft_id=callback_data.draft,
        revision=callback_data.revision,
        quote_id=callback_data.quote,
        chat_id=visit.screen.place.chat_id,
        message_id=query.message.message_id if isinstance(query.message, Message) else None,
        times=callback_data.times,
    )
    outcome = await generations.submit(visit.step, confirmation)
    match outcome:
        case Submitted(generation):
            await progress_message.begin(visit, generation)
        case AlreadySubmitted(generation):
            await show_started(visit, generation, progress_message)
        case _:
            await show_refusal(visit, outcome, draft_screens)


async def show_refusal(
    visit: Visit, outcome: NotEnough | Stale | Refused | TooMany, draft_screens: DraftScreens
) -> None:
    """A card that says why not."""
    match outcome:
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


async def show_started(visit: Visit, generation: Generation, progress_message: ProgressMessage) -> None:
    """A second tap changes nothing; a replay, whose first drawing may be lost, draws where it is now."""
    visit.say("toast-already-started")
    if visit.replayed:
        await progress_message.begin_again(visit, generation)
