"""What must hold before a handler runs, and what it is given then.

A filter that finds nothing lets the event go on to the next handler, in the end to the fallback.
"""

from typing import TypedDict

from aiogram.filters import CommandObject
from aiogram.types import Message, TelegramObject

from app.catalogue import Catalogue, InputProblem, ModelSpec, Parameter, ParameterKind
from app.generation import Generation, GenerationService, Improvements, ImprovementState
from app.offers import Offers, Showcase
from app.payments import PaymentService
from app.users import Answer, Draft, DraftService, DraftState, User, elements_of
from bot.awaiting import DRAFT, SEARCH, STARS, awaited_preset
from bot.callbacks import (
    AddPart,
    Ask,
    DraftTap,
    DropPart,
    GenerationTap,
    Improve,
    Leave,
    ModelTap,
    OfferTap,
    PastFiles,
    Pick,
    PresetTap,
    Reword,
    Star,
    TakeFile,
    choice_digest,
    parameter_digest,
)
from bot.money_callbacks import Buy
from bot.questions import card_choices, open_question, read_answer, typed_answer_to
from bot.result_callbacks import OnwardPage, OnwardTap, OtherPage, OtherTap
from bot.successors import Linked, tell_successor
from bot.views.quick import QuickAction
from bot.visit import Visit

REFERRAL = "ref"
"""What a link that invites begins with."""


class GivesDraft(TypedDict):
    """The draft, at the revision that was on the screen."""

    draft: Draft


class GivesTyped(TypedDict):
    """The draft that is open now and the parameter that a typed text answers."""

    draft: Draft
    parameter: Parameter


class GivesAnswer(TypedDict):
    """The answer that a tapped button stands for."""

    answer: Answer


class GivesParameter(TypedDict):
    """The parameter that is to be asked for, or is."""

    parameter: Parameter


class GivesModel(TypedDict):
    """A model that is for sale."""

    spec: ModelSpec


class GivesLinked(TypedDict):
    """The model that a link leads to."""

    linked: Linked


class GivesCode(TypedDict):
    """What stands in the link of whoever invites."""

    code: str


class GivesAction(TypedDict):
    """A quick action that can be used now."""

    action: QuickAction


class GivesGeneration(TypedDict):
    """A generation of this person."""

    generation: Generation


async def live_draft(
    event: TelegramObject,
    callback_data: DraftTap
    | Leave
    | Star
    | Ask
    | Pick
    | PastFiles
    | TakeFile
    | AddPart
    | DropPart
    | Improve
    | Reword,
    drafts: DraftService,
    user: User,
) -> bool | GivesDraft:
    """The draft of the button is the person's own, open, and at the revision of the button."""
    draft = await drafts.get(user.id, callback_data.draft)
    if draft is None or draft.state is not DraftState.OPEN or draft.revision != callback_data.revision:
        return False
    return GivesDraft(draft=draft)


async def picked_choice(
    event: TelegramObject, callback_data: Pick, draft: Draft, catalogue: Catalogue
) -> bool | GivesAnswer:
    """After `live_draft`: the choice of the button belongs to the question that is open, or to the card."""
    spec = catalogue.get(draft.model_key)
    question = open_question(spec, draft)
    for parameter in card_choices(spec) if question is None else (question,):
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


async def asks_for_parts(event: TelegramObject, draft: Draft, catalogue: Catalogue) -> bool | GivesParameter:
    """After `live_draft`: its open question is a list of parts."""
    question = open_question(catalogue.get(draft.model_key), draft)
    if question is None or question.kind is not ParameterKind.PARTS:
        return False
    return GivesParameter(parameter=question)


async def without_part(
    event: TelegramObject, callback_data: DropPart, draft: Draft, catalogue: Catalogue
) -> bool | GivesAnswer:
    """After `live_draft`: its open question is a list of parts; the list without the element of the button."""
    question = open_question(catalogue.get(draft.model_key), draft)
    if question is None or question.kind is not ParameterKind.PARTS:
        return False
    elements = elements_of(draft.answer_to(question.name))
    left = [it for number, it in enumerate(elements, start=1) if number != callback_data.number]
    return GivesAnswer(answer=Answer(question.name, left or None))


async def reworded_text(
    event: TelegramObject,
    callback_data: Reword,
    draft: Draft,
    improvements: Improvements,
    catalogue: Catalogue,
) -> bool | GivesAnswer:
    """After `live_draft`: the improvement of the button is one of the draft's, and the model takes the text."""
    improvement = await improvements.get(draft.user_id, callback_data.improvement)
    if improvement is None or improvement.draft_id != draft.id:
        return False
    parameter = catalogue.get(draft.model_key).parameter(improvement.parameter)
    if parameter is None or improvement.state is not ImprovementState.READY:
        return False
    text = improvement.after if callback_data.better else improvement.before
    value = read_answer(parameter, text or "")
    return False if isinstance(value, InputProblem) else GivesAnswer(answer=Answer(parameter.name, value))


async def answers_draft(
    event: Message, visit: Visit, drafts: DraftService, catalogue: Catalogue
) -> bool | GivesTyped:
    """The live screen shows the open draft and a typed text answers something of it."""
    draft = await draft_on_show(visit, drafts)
    if draft is None:
        return False
    parameter = typed_answer_to(catalogue.get(draft.model_key), draft, event.text or "")
    return False if parameter is None else GivesTyped(draft=draft, parameter=parameter)


async def draft_on_show(visit: Visit, drafts: DraftService) -> Draft | None:
    """The open draft, provided that the person is looking at it."""
    return await drafts.current(visit.user.id) if await visit.screen.awaits() == DRAFT else None


async def for_sale(
    event: TelegramObject,
    callback_data: ModelTap | OfferTap | OnwardTap | OtherTap,
    visit: Visit,
    offers: Offers,
) -> bool | GivesModel:
    """The model of the button is for sale now, or its successor, of which the answer to the tap tells."""
    spec = offers.sold(callback_data.key)
    if spec is None:
        return False
    tell_successor(visit, callback_data.key, spec)
    return GivesModel(spec=spec)


async def linked_model(
    event: Message, command: CommandObject, offers: Offers, catalogue: Catalogue
) -> bool | GivesLinked:
    """After `CommandStart`: the link names a model (`model_<key>`), and it or its successor is for sale now."""
    kind, _, key = (command.args or "").partition("_")
    spec = offers.sold(key) if kind == "model" else None
    return False if spec is None else GivesLinked(linked=Linked(catalogue.get(key), spec))


async def linked_friend(event: Message, command: CommandObject) -> bool | GivesCode:
    """After `CommandStart`: the link is somebody's own (`ref_<code>`), whatever the code is worth."""
    kind, _, code = (command.args or "").partition("_")
    return GivesCode(code=code) if kind == REFERRAL else False


async def awaits_search(event: Message, visit: Visit) -> bool:
    """The live screen waits for what to look for."""
    return await visit.screen.awaits() == SEARCH


async def awaits_stars(event: Message, visit: Visit) -> bool:
    """The live screen waits for a number of Stars."""
    return await visit.screen.awaits() == STARS


async def awaits_subject(
    event: Message, visit: Visit, offers: Offers, showcase: Showcase
) -> bool | GivesAction:
    """The live screen waits for the sentence of a quick action that is still offered."""
    return _offered(awaited_preset(await visit.screen.awaits()), offers, showcase)


async def offered_preset(
    event: TelegramObject, callback_data: PresetTap, offers: Offers, showcase: Showcase
) -> bool | GivesAction:
    """The quick action of the button is there and its model is for sale."""
    return _offered(callback_data.key, offers, showcase)


async def takes_order(event: TelegramObject, callback_data: Buy, payments: PaymentService) -> bool:
    """So many Stars can be ordered."""
    return payments.terms.takes(callback_data.stars)


def _offered(key: str | None, offers: Offers, showcase: Showcase) -> bool | GivesAction:
    preset = None if key is None else showcase.preset(key)
    spec = None if preset is None else offers.sold(preset.model)
    if preset is None or spec is None or spec.key != preset.model:  # its inputs are that model's
        return False
    return GivesAction(action=QuickAction(preset, spec))


async def own_generation(
    event: TelegramObject,
    callback_data: GenerationTap | OnwardTap | OnwardPage | OtherTap | OtherPage,
    generations: GenerationService,
    user: User,
) -> bool | GivesGeneration:
    """The generation of the button is the person's own."""
    generation = await generations.get(user.id, callback_data.generation)
    return False if generation is None else GivesGeneration(generation=generation)
