"""What a person does with generations: look at a card, submit, look back, cancel."""

import logging
from dataclasses import dataclass, replace

from app.catalogue import (
    Catalogue,
    InputProblem,
    ModelSpec,
    UnknownModelError,
    results_asked,
    results_given,
    results_of,
    validate_inputs,
    with_defaults,
)
from app.db import Database, Epoch, ReadSession, Session
from app.failpoints import FailPoint, reach
from app.generation import repository
from app.generation.entities import (
    AlreadySubmitted,
    Card,
    Confirmation,
    Generation,
    NotEnough,
    Pace,
    Refused,
    Stale,
    Submission,
    Submitted,
    TooMany,
)
from app.generation.errors import UnknownGenerationError
from app.generation.guards import FreeLeft, Gate
from app.generation.purchase import Purchase, variants_of
from app.generation.results.earlier import results_in
from app.generation.results.tasks import lost_input
from app.generation.settlement import Settlement
from app.generation.states import State
from app.generation.usage import pace_of
from app.inbox import Step, apply_once
from app.ledger import DebtOutstandingError, InsufficientFundsError, Ledger
from app.offers import NotForSaleError, Offers, Quote, QuotedDraft
from app.users import Draft, DraftService, DraftState, UserService

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Neighbours:
    """What a submit needs beside its own tables: the services of other domains, and the guards."""

    users: UserService
    drafts: DraftService
    catalogue: Catalogue
    offers: Offers
    ledger: Ledger
    gate: Gate


class GenerationService:
    """`max_parallel` purchases of one person may be on their way at a time."""

    def __init__(
        self, database: Database, neighbours: Neighbours, settlement: Settlement, *, max_parallel: int
    ) -> None:
        self._database = database
        self._near = neighbours
        self._settlement = settlement
        self._max_parallel = max_parallel

    async def card(self, epoch: Epoch, user_id: int, draft_id: int, times: int = 1) -> Card | None:
        """The confirm card with a frozen quote; None when the draft is gone, unfinished or not for sale.

        Of one, where so many variants are not offered.
        """
        async with self._database.unit_of_work(epoch) as session:
            draft = await self._near.drafts.read(session, user_id, draft_id)
            return None if draft is None else await self._card(session, draft, times)

    async def pace(self, spec: ModelSpec) -> Pace | None:
        """How long this model takes; None when nobody knows."""
        async with self._database.snapshot() as session:
            return await pace_of(session, spec)

    async def lost_input(self, spec: ModelSpec, draft: Draft) -> InputProblem | None:
        """The earlier result in a draft that the provider keeps no more, or that is not this person's."""
        if not results_asked(spec):
            return None
        async with self._database.snapshot() as session:
            return await self._lost(session, spec, draft)

    async def submit(self, step: Step, confirmation: Confirmation) -> Submission:
        """Holds the quote's price, makes the generation and queues its start: one unit, once per draft.

        Of variants, each has its hold and its start: all or none.

        A replayed event applies nothing: it comes back as AlreadySubmitted, or as Stale with the card to draw.
        """
        try:
            async with self._database.unit_of_work(step.epoch) as session:
                submission = await self._submit(session, step, confirmation)
            reach(FailPoint.EFFECT_COMMITTED)
            return submission
        except (InsufficientFundsError, DebtOutstandingError):
            card = await self.card(
                step.epoch, confirmation.user_id, confirmation.draft_id, confirmation.times
            )
        # Between the two the missing money may have come in: then the card with its price is what is to be seen.
        return NotEnough(card, card.missing) if card is not None and card.missing > 0 else Stale(card)

    async def get(self, user_id: int, generation_id: int) -> Generation | None:
        """A generation of this person; None for somebody else's."""
        async with self._database.snapshot() as session:
            return await repository.find_own(session, user_id, generation_id)

    async def history(
        self, user_id: int, *, before: int | None = None, limit: int = 10
    ) -> tuple[Generation, ...]:
        """This person's generations, newest first, with ids below `before`."""
        async with self._database.snapshot() as session:
            return await repository.list_own(session, user_id, before=before, limit=limit)

    async def cancel(self, step: Step, user_id: int, generation_id: int) -> Purchase:
        """Everything back of each variant of the purchase that the provider was not asked for yet; the rest goes on.

        Raises UnknownGenerationError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            first_time = await apply_once(session, step)
            generation = await repository.find_own(session, user_id, generation_id)
            if generation is None:
                raise UnknownGenerationError(generation_id)
            now = []
            for it in await repository.lock_purchase(session, generation.draft_id):
                cancels = first_time and it.state is State.HELD
                cancelled = await self._settlement.cancel(session, it) if cancels else None
                now.append(cancelled or it)
            return Purchase(now)

    async def place_progress(
        self, epoch: Epoch, user_id: int, generation_id: int, message_id: int
    ) -> Generation:
        """From now on this message shows the progress; returns the generation, or all variants as one, as it is.

        Whatever of its life is not over by then finds the message; what is over is the caller's to draw.
        Raises UnknownGenerationError.
        """
        async with self._database.unit_of_work(epoch) as session:
            generation = await repository.lock(session, generation_id)
            if generation is None or generation.user_id != user_id:
                raise UnknownGenerationError(generation_id)
            if generation.progress_message_id != message_id:
                await repository.change(session, generation, progress_message_id=message_id)
            return Purchase(await repository.find_purchase(session, generation.draft_id)).shown()

    async def seek(self, step: Step, user_id: int, generation_id: int) -> bool:
        """Has a result whose files are gone sought at the provider; False when there is nothing to seek.

        Raises UnknownGenerationError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            await apply_once(session, step)
            generation = await repository.lock(session, generation_id)
            if generation is None or generation.user_id != user_id:
                raise UnknownGenerationError(generation_id)
            return await self._settlement.seek(session, generation)

    async def refund(self, session: Session, generation_id: int) -> Generation:
        """Gives back what was taken for a made generation, in the caller's unit; whose it is does not matter.

        Raises UnknownGenerationError, NotRefundableError.
        """
        generation = await repository.lock(session, generation_id)
        if generation is None:
            raise UnknownGenerationError(generation_id)
        return await self._settlement.refund(session, generation)

    async def _submit(self, session: Session, step: Step, confirmation: Confirmation) -> Submission:
        first_time = await apply_once(session, step)
        # From here on this person's submits come one after the other: limits are counted, not raced.
        user = await self._near.users.lock(session, confirmation.user_id)
        draft = await self._near.drafts.read(session, confirmation.user_id, confirmation.draft_id)
        if draft is None:
            return Stale(None)
        existing = await repository.find_purchase(session, draft.id)
        if existing:
            return AlreadySubmitted(Purchase(existing).shown())
        card = await self._card(session, draft, confirmation.times)
        if card is None or not first_time or not _still_shows(card, confirmation):
            return Stale(card)
        refused = await self._refused(session, card)
        if refused is not None:
            return refused
        if not await self._near.drafts.mark_submitted(session, draft.id, confirmation.revision):
            return Stale(card)
        new = _new_generation(card, confirmation, user.language, self._near.catalogue)
        made = [await self._begin(session, step, replace(new, variant=n)) for n in range(1, card.times + 1)]
        return Submitted(Purchase(made).shown())

    async def _begin(self, session: Session, step: Step, new: repository.NewGeneration) -> Generation:
        generation = await repository.insert_generation(session, new, step.epoch)
        await self._settlement.hold(session, generation)
        logger.info(
            "generation submitted", extra={"generation_id": generation.id, "model": generation.model_key}
        )
        return generation

    async def _refused(self, session: Session, card: Card) -> Refused | TooMany | None:
        if card.refusal is not None:
            return Refused(card)
        if await repository.count_holding(session, card.draft.user_id) >= self._max_parallel:
            return TooMany(self._max_parallel)
        return None

    async def _card(self, session: Session, draft: Draft, times: int) -> Card | None:
        if draft.state is not DraftState.OPEN:
            return None
        try:
            spec = self._near.catalogue.get(draft.model_key)
            if validate_inputs(spec, draft.inputs) or await self._lost(session, spec, draft):
                return None
            free = await self._free_left(session, spec, draft.user_id)
            quote = await self._quote(session, draft, free)
        except (UnknownModelError, NotForSaleError):
            return None
        variants = variants_of(spec, quote, free)
        times = times if times in variants else 1
        return Card(
            draft=draft,
            quote=quote,
            times=times,
            variants=variants,
            balance=await self._near.ledger.balance(session, draft.user_id),
            pace=await pace_of(session, spec),
            free=free,
            refusal=await self._near.gate.refusal(session, quote, times),
        )

    async def _lost(self, session: ReadSession, spec: ModelSpec, draft: Draft) -> InputProblem | None:
        return await lost_input(session, draft.user_id, spec, draft.inputs)

    async def _free_left(self, session: Session, spec: ModelSpec, user_id: int) -> FreeLeft | None:
        tier = self._near.gate.free
        if not spec.free or not tier.allowance.is_offered:
            return None
        return await tier.left(session, user_id)

    async def _quote(self, session: Session, draft: Draft, free: FreeLeft | None) -> Quote:
        quoted = _quoted(draft)
        if free is not None and free.now > 0:
            return await self._near.offers.quote_free(session, quoted)
        return await self._near.offers.quote(session, quoted)


def _quoted(draft: Draft) -> QuotedDraft:
    return QuotedDraft(
        user_id=draft.user_id,
        draft_id=draft.id,
        revision=draft.revision,
        model_key=draft.model_key,
        inputs=draft.inputs,
    )


def _still_shows(card: Card, confirmation: Confirmation) -> bool:
    """Whether what the person saw is what would be charged: a quote that ran out was replaced by another."""
    same_times = card.times == confirmation.times
    return (
        same_times and card.quote.id == confirmation.quote_id and card.draft.revision == confirmation.revision
    )


def _new_generation(
    card: Card, confirmation: Confirmation, language: str, catalogue: Catalogue
) -> repository.NewGeneration:
    draft = card.draft
    spec = catalogue.get(draft.model_key)
    made_from = [it.generation_id for it in results_in(draft.inputs)]
    made_from += [it.generation for _, it in results_given(spec, draft.inputs) if it.generation is not None]
    return repository.NewGeneration(
        user_id=draft.user_id,
        chat_id=confirmation.chat_id,
        draft_id=draft.id,
        language=language,
        progress_message_id=confirmation.message_id,
        model_id=spec.id,
        produces=spec.produces,
        inputs=draft.inputs,
        request=with_defaults(spec, draft.inputs),
        quote=card.quote,
        sold=results_of(spec, draft.inputs),
        variants=card.times,
        usual_seconds=card.pace.usual if card.pace else None,
        slow_seconds=card.pace.slow if card.pace else None,
        parent_id=made_from[0] if made_from else None,
    )
