"""The screens that carry what a generation was asked for over to another model."""

from app.catalogue import Catalogue, ModelSpec
from app.generation import Generation
from app.offers import Offers
from app.users import Draft, DraftService
from bot.carrying import carried, takers
from bot.draft_screens import DraftScreens
from bot.successors import tell_successor
from bot.views.others import lost_note, others_view
from bot.visit import Visit


class OtherScreens:
    """The inputs are those of the generation, whatever became of it."""

    def __init__(
        self, catalogue: Catalogue, offers: Offers, drafts: DraftService, draft_screens: DraftScreens
    ) -> None:
        self._catalogue = catalogue
        self._offers = offers
        self._drafts = drafts
        self._draft_screens = draft_screens

    async def show(self, visit: Visit, generation: Generation, page: int) -> None:
        """One page (from 0) of the models that take them."""
        source = self._catalogue.get(generation.model_key)
        models = takers(self._offers.for_sale(), source, generation.inputs)
        view = others_view(visit.words, self._offers, source, generation, models, page)
        await visit.show(view)

    async def renew(self, visit: Visit, generation: Generation, *, without_text: bool = False) -> Draft:
        """A draft with the same answers, or with what fits the successor of its model, which is told.

        `without_text`: the description is asked for again.
        """
        inputs = generation.inputs
        if without_text:
            inputs = self._draft_screens.without_text(generation.model_key, inputs)
        spec = self._offers.sold(generation.model_key)
        if spec is None or spec.key == generation.model_key:
            return await self._drafts.open(visit.step, visit.user.id, generation.model_key, inputs)
        tell_successor(visit, generation.model_key, spec)
        moved = carried(self._catalogue.get(generation.model_key), inputs, spec)
        return await self._drafts.open(visit.step, visit.user.id, spec.key, moved.inputs)

    async def begin(self, visit: Visit, generation: Generation, spec: ModelSpec) -> None:
        """A draft of that model with what fits it, under a line that names what does not."""
        source = self._catalogue.get(generation.model_key)
        moved = carried(source, generation.inputs, spec)
        draft = await self._drafts.open(visit.step, visit.user.id, spec.key, moved.inputs)
        view = await self._draft_screens.here(visit.words, visit.step.epoch, draft)
        if moved.lost and not visit.replayed:
            view = view.noting(lost_note(visit.words, moved.lost))
        await visit.show(view)
