"""The tap on the price."""

from dataclasses import replace
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
from bot.callbacks import Confirm, ConfirmSeveral
from bot.draft_screens import DraftScreens
from bot.progress_message import ProgressMessage
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="confirm")
    router.callback_query.register(confirm, Confirm.filter())
    router.callback_query.register(confirm_several, ConfirmSeveral.filter())
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
    outcome = await generations.submit(visit.step, _confirmation(query, callback_data, visit))
    await show_outcome(visit, outcome, draft_screens, progress_message)


async def confirm_several(
    query: CallbackQuery,
    callback_data: ConfirmSeveral,
    visit: Visit,
    generations: GenerationService,
    draft_screens: DraftScreens,
    progress_message: ProgressMessage,
) -> None:
    """The same for several variants."""
    confirmation = replace(_confirmation(query, callback_data, visit), times=callback_data.times)
    outcome = await generations.submit(visit.step, confirmation)
    await show_outcome(visit, outcome, draft_screens, progress_message)


async def show_outcome(
    visit: Visit,
    outcome: Submission,
    draft_screens: DraftScreens,
    progress_message: ProgressMessage,
) -> None:
    """The progress of what was bought, or the card that says why not."""
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
            await visit.show(await draft_screens.card(visit.words, card))
        case Stale(card) | Refused(card):
            visit.say("toast-renewed" if isinstance(outcome, Stale) else "toast-refused")
            await visit.show(await draft_screens.card(visit.words, card))
        case TooMany(limit):
            visit.say("toast-too-many", limit=limit)
        case _:
            assert_never(outcome)


async def show_started(visit: Visit, generation: Generation, progress_message: ProgressMessage) -> None:
    """A second tap changes nothing; a replay, whose first drawing may be lost, draws where it is now."""
    visit.say("toast-already-started")
    if visit.replayed:
        await progress_message.begin_again(visit, generation)


def _confirmation(query: CallbackQuery, data: Confirm | ConfirmSeveral, visit: Visit) -> Confirmation:
    return Confirmation(
        user_id=visit.user.id,
        draft_id=data.draft,
        revision=data.revision,
        quote_id=data.quote,
        chat_id=visit.screen.place.chat_id,
        message_id=query.message.message_id if isinstance(query.message, Message) else None,
    )
