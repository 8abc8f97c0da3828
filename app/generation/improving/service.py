"""What a person does with improvements: see what is offered, ask for one, look at it."""

import logging
from dataclasses import dataclass

from app.catalogue import Catalogue, TextModel, TextService, UnknownModelError
from app.db import Database, ReadSession, Session
from app.generation.guards import Gate, Spending
from app.generation.improving import repository
from app.generation.improving.entities import (
    Improvement,
    ImprovementOffer,
    ImprovementWish,
    NotImproved,
    WhyNot,
)
from app.generation.improving.money import ImprovementMoney
from app.generation.improving.states import ImprovementState
from app.generation.improving.texts import Subject, subject_of
from app.inbox import Step, apply_once
from app.jobs import JobQueue
from app.ledger import DebtOutstandingError, InsufficientFundsError
from app.money import Kopecks
from app.offers import Rates, RatesInForce
from app.users import Draft, DraftService, User, UserService

IMPROVE = "generation.improve"

MOST_FORGIVEN = 3
"""Improvements for nothing that do not count in a day because the provider spoilt them."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FreeImprovements:
    """While one costs nothing, everybody has so many in a day of `zone` (an IANA name)."""

    zone: str
    per_day: int = 10


@dataclass(frozen=True)
class ImprovementNeighbours:
    """What an improvement needs beside its own table: the services of other domains, and the guards."""

    users: UserService
    drafts: DraftService
    catalogue: Catalogue
    rates: RatesInForce
    gate: Gate


class Improvements:
    """Where the catalogue has no text model for it, nothing is offered."""

    def __init__(
        self,
        database: Database,
        near: ImprovementNeighbours,
        money: ImprovementMoney,
        queue: JobQueue,
        rule: FreeImprovements,
    ) -> None:
        self._database = database
        self._near = near
        self._money = money
        self._queue = queue
        self._rule = rule

    def price(self) -> Kopecks:
        """What one costs a person now, by the rates as last read; 0: nothing, within the limit of a day."""
        writer = self._writer
        return Kopecks(0) if writer is None else _price(self._near.rates.now, writer)

    async def offer(self, draft: Draft) -> ImprovementOffer | None:
        """What the draft's screen says of it; None: nothing."""
        writer = self._writer
        subject = self._subject(draft)
        if writer is None or subject is None:
            return None
        async with self._database.snapshot() as session:
            known = await repository.of_draft(session, draft.id)
            closed = await self._near.gate.closed(session, writer.most_credits)
        newest = known[0] if known else None
        same = next((it for it in known if it.before == subject.text), None)
        made = (it for it in known if it.after == subject.text)
        return ImprovementOffer(
            subject.parameter.name,
            price=None if closed else _price(self._near.rates.now, writer),
            after=same.id if same is not None and not _is_to_be_seen(same) else 0,
            taken=next(made, None),
            is_outrun=newest is not None and newest.before != subject.text and _is_outrun(newest),
        )

    async def get(self, user_id: int, improvement_id: int) -> Improvement | None:
        """One of this person; None for somebody else's."""
        async with self._database.snapshot() as session:
            return await repository.find_own(session, user_id, improvement_id)

    async def ask(self, step: Step, wish: ImprovementWish) -> Improvement | NotImproved:
        """Holds the price and queues the call: one unit. What the person has not seen the end of comes back as it is.

        A replayed event applies nothing.
        """
        try:
            async with self._database.unit_of_work(step.epoch) as session:
                return await self._ask(session, step, wish)
        except (InsufficientFundsError, DebtOutstandingError):
            return NotImproved(WhyNot.LACKING)

    async def _ask(self, session: Session, step: Step, wish: ImprovementWish) -> Improvement | NotImproved:
        first_time = await apply_once(session, step)
        # From here on this person's wishes come one after the other: limits are counted, not raced.
        user = await self._near.users.lock(session, wish.user_id)
        draft = await self._near.drafts.read(session, wish.user_id, wish.draft_id)
        subject = None if draft is None else self._subject(draft)
        writer = self._writer
        if draft is None or writer is None or subject is None or draft.revision != wish.revision:
            return NotImproved(WhyNot.STALE)
        unseen = await _unseen(session, draft, subject, wish.after)
        if unseen is not None:
            return await repository.draw_for(session, unseen, draft.revision)
        rates = await self._near.rates.read(session)
        if not first_time or wish.price != _price(rates, writer):
            return NotImproved(WhyNot.STALE)
        refused = await self._refused(session, wish, writer)
        if refused is not None:
            return refused
        return await self._begin(session, step, _new(wish, user, writer, subject, rates))

    async def _begin(self, session: Session, step: Step, new: repository.NewImprovement) -> Improvement:
        improvement = await repository.insert_improvement(session, new, step.epoch)
        await self._money.hold(session, improvement)
        await self._queue.enqueue(session, IMPROVE, improvement.id)
        logger.info("an improvement is asked for", extra={"improvement_id": improvement.id})
        return improvement

    async def _refused(
        self, session: Session, wish: ImprovementWish, writer: TextModel
    ) -> NotImproved | None:
        if await repository.is_busy(session, wish.user_id):
            return NotImproved(WhyNot.BUSY)
        spending = Spending(wish.user_id, writer.key, writer.most_credits, wish.price)
        refusal = await self._near.gate.refusal_of(session, spending)
        if refusal is not None:
            return NotImproved(WhyNot.REFUSED, refusal=refusal)
        if wish.price > 0:
            return None
        rule = self._rule
        used, next_day = await repository.used_today(
            session, wish.user_id, zone=rule.zone, forgiven=MOST_FORGIVEN
        )
        return NotImproved(WhyNot.USED_UP, opens_at=next_day) if used >= rule.per_day else None

    @property
    def _writer(self) -> TextModel | None:
        return self._near.catalogue.serving(TextService.IMPROVE_PROMPT)

    def _subject(self, draft: Draft) -> Subject | None:
        writer = self._writer
        try:
            spec = self._near.catalogue.get(draft.model_key)
        except UnknownModelError:
            return None
        return None if writer is None else subject_of(writer, spec, draft)


def _price(rates: Rates, writer: TextModel) -> Kopecks:
    return rates.price_of_improvement(writer.most_credits)


def _is_to_be_seen(improvement: Improvement) -> bool:
    """Whether a tap shows this one rather than asking for another."""
    return improvement.is_worked_on or improvement.state is ImprovementState.READY


def _is_outrun(newest: Improvement) -> bool:
    return newest.is_worked_on or newest.state is ImprovementState.DROPPED


async def _unseen(session: ReadSession, draft: Draft, subject: Subject, after: int) -> Improvement | None:
    """What was asked about this very text since the screen of the tap was drawn, the newest."""
    known = await repository.of_draft(session, draft.id)
    return next((it for it in known if it.id > after and it.before == subject.text), None)


def _new(
    wish: ImprovementWish, user: User, writer: TextModel, subject: Subject, rates: Rates
) -> repository.NewImprovement:
    return repository.NewImprovement(
        wish=wish,
        language=user.language,
        model_key=writer.key,
        parameter=subject.parameter.name,
        before=subject.text,
        credits=writer.most_credits,
        usd_rub=rates.usd_rub,
    )
