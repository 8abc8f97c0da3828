"""What must hold before a handler runs, and what it is given then."""

from typing import TypedDict

from aiogram.filters import Filter
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


class LiveDraft(Filter):
    """The draft of the button is the person's own, open, and at the revision of the button."""

    async def __call__(
        self,
        event: TelegramObject,
        callback_data: DraftTap | Ask | Pick,
        drafts: DraftService,
        user: User,
    ) -> bool | GivesDraft:
        """Gives `draft`."""
        draft = await drafts.get(user.id, callback_data.draft)
        if draft is None or draft.state is not DraftState.OPEN or draft.revision != callback_data.revision:
            return False
        return GivesDraft(draft=draft)


class Picked(Filter):
    """After LiveDraft: the choice of the button belongs to the question that is open."""

    async def __call__(
        self, event: TelegramObject, callback_data: Pick, draft: Draft, catalogue: Catalogue
    ) -> bool | GivesAnswer:
        """Gives `answer`."""
        parameter = open_question(catalogue.get(draft.model_key), draft)
        for choice in parameter.choices if parameter else ():
            if parameter and choice_digest(parameter, choice) == callback_data.choice:
                return GivesAnswer(answer=Answer(parameter.name, choice.value))
        return False


class Named(Filter):
    """After LiveDraft: the parameter of the button is one of the draft's model."""

    async def __call__(
        self, event: TelegramObject, callback_data: Ask, draft: Draft, catalogue: Catalogue
    ) -> bool | GivesParameter:
        """Gives `parameter`."""
        for parameter in catalogue.get(draft.model_key).parameters:
            if parameter_digest(parameter) == callback_data.parameter:
                return GivesParameter(parameter=parameter)
        return False


class Answering(Filter):
    """A draft is open and a typed text answers something of it."""

    async def __call__(
        self, event: Message, drafts: DraftService, catalogue: Catalogue, user: User
    ) -> bool | GivesTyped:
        """Gives `draft` and `parameter`."""
        draft = await drafts.current(user.id)
        parameter = typed_answer_to(catalogue.get(draft.model_key), draft) if draft else None
        if draft is None or parameter is None:
            return False
        return GivesTyped(draft=draft, parameter=parameter)


class ForSale(Filter):
    """The model of the button is for sale now."""

    async def __call__(
        self, event: TelegramObject, callback_data: ModelTap | OfferTap, offers: Offers
    ) -> bool | GivesModel:
        """Gives `spec`."""
        spec = next((it for it in offers.for_sale() if it.key == callback_data.key), None)
        return False if spec is None else GivesModel(spec=spec)


class OwnGeneration(Filter):
    """The generation of the button is the person's own."""

    async def __call__(
        self,
        event: TelegramObject,
        callback_data: GenerationTap,
        generations: GenerationService,
        user: User,
    ) -> bool | GivesGeneration:
        """Gives `generation`."""
        generation = await generations.get(user.id, callback_data.generation)
        return False if generation is None else GivesGeneration(generation=generation)
