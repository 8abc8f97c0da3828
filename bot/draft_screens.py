"""Which screen a draft is at: its next question, what is wrong with it, or its confirm card."""

from collections.abc import Sequence

from app.catalogue import Catalogue, Inputs, ModelKey, ModelSpec, ParameterKind, validate_inputs
from app.db import Epoch
from app.generation import Card, Gate, GenerationService, Improvements, Standing
from app.offers import Offers
from app.payments import PaymentService
from app.users import Draft, FavouriteService
from bot.callbacks import FamilyPage, family_digest
from bot.keyboards.model import SHELF, Origin
from bot.questions import main_text, open_question
from bot.texts import Words
from bot.view import View
from bot.views.confirm import card_view, gone_view, problem_view, succeeded_view
from bot.views.model import ModelCard, model_view
from bot.views.models import categories_view, family_view, page_with, shelf_view
from bot.views.parts import parts_view
from bot.views.wizard import question_view, settings_view

MOST_INSTEAD = 2
"""Models that the card of a resting one offers in its place."""


class DraftScreens:
    """Draws drafts. What is shown depends on the draft alone, so drawing twice is harmless."""

    def __init__(
        self,
        catalogue: Catalogue,
        offers: Offers,
        generations: GenerationService,
        favourites: FavouriteService,
        payments: PaymentService,
        gate: Gate,
        improvements: Improvements,
    ) -> None:
        self._catalogue = catalogue
        self._offers = offers
        self._generations = generations
        self._favourites = favourites
        self._payments = payments
        self._gate = gate
        self._improvements = improvements

    async def model(self, words: Words, draft: Draft, origin: Origin = SHELF) -> View:
        """The card of the draft's model, with the way back to where it was opened."""
        spec = self._spec(draft)
        if not self._is_sold(spec):
            return self._gone(words, spec)
        starred = spec.key in await self._favourites.of(draft.user_id)
        offered = spec.free and self._gate.free.allowance.is_offered
        free = await self._gate.free.of(draft.user_id) if offered else None
        pace = await self._generations.pace(spec)
        standing = await self._standing(spec)
        refusal = standing.of(spec.key)
        instead = () if refusal is None else self._instead(spec, standing)
        card = ModelCard(spec, draft, origin, starred, free, pace, refusal, instead)
        return model_view(words, self._offers, card)

    async def shelf(self, words: Words, draft: Draft) -> View:
        """The page of the shelf where the draft's model stands."""
        spec = self._spec(draft)
        if not self._is_sold(spec):
            return categories_view(words, self._offers)
        page = page_with(self._offers, spec.category, spec.key)
        return shelf_view(words, self._offers, spec.category, page, await self._standing(spec))

    async def family(self, words: Words, draft: Draft, page: int) -> View:
        """A page of the family of the draft's model."""
        spec = self._spec(draft)
        if not self._is_sold(spec):
            return categories_view(words, self._offers)
        place = FamilyPage(category=spec.category, family=family_digest(spec.family), page=page)
        return family_view(words, self._offers, place, await self._standing(spec))

    def settings(self, words: Words, draft: Draft) -> View:
        """The optional inputs of the draft."""
        return settings_view(words, self._spec(draft), draft)

    def without_text(self, model_key: ModelKey, inputs: Inputs) -> Inputs:
        """The answers but the model's main text, so that it is the question."""
        text = main_text(self._catalogue.get(model_key))
        return {name: value for name, value in inputs.items() if text is None or name != text.name}

    async def here(self, words: Words, epoch: Epoch, draft: Draft, times: int = 1) -> View:
        """Where the draft is: a question, a problem, or the card with a live quote of so many variants."""
        spec = self._spec(draft)
        if not self._is_sold(spec):
            return self._gone(words, spec)
        question = open_question(spec, draft)
        if question is not None:
            is_list = question.kind is ParameterKind.PARTS
            if is_list:
                return parts_view(words, spec, draft, question)
            return question_view(words, spec, draft, question, await self._improvements.offer(draft))
        problems = validate_inputs(spec, draft.inputs)
        problem = problems[0] if problems else await self._generations.lost_input(spec, draft)
        if problem is not None:
            return problem_view(words, spec, draft, problem)
        return await self.card(words, await self._generations.card(epoch, draft.user_id, draft.id, times))

    async def card(self, words: Words, card: Card | None) -> View:
        """The confirm card; None stands for a draft that cannot go on."""
        if card is None:
            return gone_view(words)
        offer = await self._improvements.offer(card.draft)
        return card_view(words, self._spec(card.draft), card, self._payments.terms, offer)

    def _gone(self, words: Words, spec: ModelSpec) -> View:
        successor = self._offers.sold(spec.key)
        return gone_view(words) if successor is None else succeeded_view(words, spec, successor)

    async def _standing(self, spec: ModelSpec) -> Standing:
        """Of the whole shelf of a model."""
        return await self._gate.standings.now([it.key for it in self._offers.for_sale(spec.category)])

    def _instead(self, spec: ModelSpec, standing: Standing) -> Sequence[ModelSpec]:
        """Others for the same task that are sold now."""
        shelf = self._offers.for_sale(spec.category)
        others = [it for it in shelf if it.task == spec.task and standing.of(it.key) is None]
        return others[:MOST_INSTEAD]

    def _spec(self, draft: Draft) -> ModelSpec:
        return self._catalogue.get(draft.model_key)

    def _is_sold(self, spec: ModelSpec) -> bool:
        return spec in self._offers.for_sale(spec.category)
