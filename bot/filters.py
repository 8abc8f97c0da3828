"""What must hold before a handler runs, and what it is given then.

A filter that finds nothing lets the event go on to the next handler, in the end to the fallback.
"""

from typing import TypedDict

from aiogram.types import Message, TelegramObject

from app.catalogue import Catalogue, ModelSpec, Parameter
from app.generation import Generation, GenerationService
from app.offers import Offers
from app.users import Answer, Draft, DraftService, DraftState, User
from bot.callbacks import (
    Ask,
    DraftTap,
    GenerationTap,
    ModelTap,
    OfferTap,
    Pick,
    choice_digest,
    parameter_digest,
)
from bot.questions import open_question, typed_answer_to


class GivesDraft(TypedDict):
    """The draft, at the revision that was on the screen."""

    draft: Draft


class GivesTyped(TypedDict):
    """The draft that is open now and the parameter that a typed text answers."""

    draft: Draft
    parameter: Parameter


class GivesAnswer(TypedDict):
    """The answer that a tapped choice stands for."""

    answer: Answer


class GivesParameter(TypedDict):
    """The parameter that is to be asked for."""

    parameter: Parameter


class GivesModel(TypedDict):
    """A model that is for sale."""

    spec: ModelSpec


class GivesGeneration(TypedDict):
    """A generation of this person."""

    generation: Generation


async def live_draft(
    event: TelegramObject, callback_data: DraftTap | Ask | Pick, drafts: DraftService, user: User
) -> bool | GivesDraft:
    """The draft of the button is the person's own, open, and at the revision of the button."""
    draft = await drafts.get(user.id, callback_data.draft)
    if draft is None or draft.state is not DraftState.OPEN or draft.revision != callback_data.revision:
        return False
    return GivesDraft(draft=draft)


async def picked_choice(
    event: TelegramObject, callback_data: Pick, draft: Draft, catalogue: Catalogue
) -> bool | GivesAnswer:
    """After `live_draft`: the choice of the button belongs to the question that is open."""
    parameter = open_question(catalogue.get(draft.model_key), draft)
    if parameter is None:
        return False
    for choice in parameter.choices:
        if choice_digest(parameter, choice) == callback_data.choice:
            return GivesAnswer(answer=Answer(parameter.name, choice.value))
    return False


async def named_parameter(
    event: TelegramObject, callback_data: Ask, draft: Draft, catalogue: Catalogue
) -> bool | GivesParameter:
    """After `live_draft`: the parameter of the button is one of the draft's model."""
    for parameter in catalogue.get(draft.model_key).parameters:
        if parameter_digest(parameter) == callback_data.parameter:
            return GivesParameter(parameter=parameter)
    return False


async def answers_draft(
    event: Message, drafts: DraftService, catalogue: Catalogue, user: User
) -> bool | GivesTyped:
    """A draft is open and a typed text answers something of it."""
    draft = await drafts.current(user.id)
    if draft is None:
        return False
    parameter = typed_answer_to(catalogue.get(draft.model_key), draft)
    return False if parameter is None else GivesTyped(draft=draft, parameter=parameter)


async def for_sale(
    event: TelegramObject, callback_data: ModelTap | OfferTap, offers: Offers
) -> bool | GivesModel:
    """The model of the button is for sale now."""
    spec = next((it for it in offers.for_sale() if it.key == callback_data.key), None)
    return False if spec is None else GivesModel(spec=spec)


async def own_generation(
    event: TelegramObject, callback_data: GenerationTap, generations: GenerationService, user: User
) -> bool | GivesGeneration:
    """The generation of the button is the person's own."""
    generation = await generations.get(user.id, callback_data.generation)
    return False if generation is None else GivesGeneration(generation=generation)
