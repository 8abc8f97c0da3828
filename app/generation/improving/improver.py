"""The jobs: the one call of an improvement, and the news of its end."""

import logging
from decimal import Decimal

from app.catalogue import Catalogue, TextModel, TextService, UnknownModelError
from app.db import Database, Epoch, Session
from app.generation.errors import AmbiguousError, RefusedError, TryLaterError, UnreachablePersonError
from app.generation.improving import repository
from app.generation.improving.entities import Improvement
from app.generation.improving.money import ImprovementMoney
from app.generation.improving.ports import ImprovementNews, TextAnswer, TextProvider
from app.generation.improving.service import IMPROVE
from app.generation.improving.states import ImprovementState
from app.generation.improving.texts import Subject, better, subject_of
from app.generation.states import FailureClass
from app.jobs import JobQueue, Periodic, RetryPolicy
from app.users import DraftService

IMPROVE_POLICY = RetryPolicy(attempts=5, first_delay=1.0, factor=3.0, longest=60.0)

IMPROVEMENT_SWEEP = Periodic("generation.improve_sweep", "* * * * *")

CALL_SECONDS = 90.0
"""How long a call may take before it is given up for lost; the client's own patience ends earlier."""

OVERDUE_SECONDS = 10.0
AGAIN_SECONDS = 60.0
NOTHING = Decimal(0)

logger = logging.getLogger(__name__)


class Improver:
    """The provider is asked once: a call whose answer nobody knows is given up, never repeated.

    Whatever is to be seen lies in the table first: a person who has gone elsewhere finds it by the same button.
    """

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        drafts: DraftService,
        money: ImprovementMoney,
        provider: TextProvider,
        news: ImprovementNews,
        queue: JobQueue,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._drafts = drafts
        self._money = money
        self._provider = provider
        self._news = news
        self._queue = queue

    async def improve(self, epoch: Epoch, improvement_id: int) -> None:
        """The job `generation.improve`: one call, or, where that was made before, the news of its end."""
        claimed = await self._claim(epoch, improvement_id)
        if claimed is None:
            return
        improvement, subject = claimed
        if subject is not None:
            improvement = await self._call(epoch, improvement, subject)
        if not improvement.is_worked_on:
            await self._tell(epoch, improvement)

    async def sweep(self, epoch: Epoch, _moment: int) -> None:
        """The job `generation.improve_sweep`: wake-ups that were lost are derived again."""
        async with self._database.unit_of_work(epoch) as session:
            overdue = await repository.sweep(session, overdue=OVERDUE_SECONDS, again=AGAIN_SECONDS)
            for improvement_id in overdue:
                await self._queue.enqueue(session, IMPROVE, improvement_id)

    async def _claim(self, epoch: Epoch, improvement_id: int) -> tuple[Improvement, Subject | None] | None:
        """The improvement as it is now, with its subject where the provider is to be asked; None: leave it alone."""
        async with self._database.unit_of_work(epoch) as session:
            improvement = await repository.lock(session, improvement_id)
            if improvement is None:
                return None
            if improvement.state is ImprovementState.CALLING:
                lost = improvement.epoch != epoch or improvement.is_due
                return (await self._lose(session, improvement), None) if lost else None
            if improvement.state is not ImprovementState.ASKED:
                return improvement, None
            subject = await self._subject(session, improvement)
            if subject is None:
                dropped = await self._end(session, improvement, ImprovementState.DROPPED, NOTHING)
                return dropped, None
            return await repository.claim(session, improvement, epoch, seconds=CALL_SECONDS), subject

    async def _call(self, epoch: Epoch, claimed: Improvement, subject: Subject) -> Improvement:
        writer = self._writer
        if writer is None:
            return await self._fail(epoch, claimed, FailureClass.PROVIDER_DOWN)
        try:
            told = writer.told(subject.spec, subject.most)
            answer = await self._provider.write(writer, told, subject.text)
        except RefusedError as error:
            logger.warning("an improvement was refused", extra=_facts(claimed) | {"detail": error.detail})
            return await self._fail(epoch, claimed, error.failure)
        except TryLaterError:
            return await self._fail(epoch, claimed, FailureClass.PROVIDER_BUSY)
        except AmbiguousError:
            logger.warning("an improvement was not answered", extra=_facts(claimed))
            return await self._fail(epoch, claimed, FailureClass.LOST, claimed.credits)
        return await self._record(epoch, claimed, subject, answer)

    async def _record(
        self, epoch: Epoch, claimed: Improvement, subject: Subject, answer: TextAnswer
    ) -> Improvement:
        """The answer and its money in one unit, if the person's text is still the one that was asked about."""
        cost = claimed.credits if answer.credits is None else answer.credits
        text = better(answer, subject)
        async with self._database.unit_of_work(epoch) as session:
            locked = await repository.lock(session, claimed.id)
            if locked is None or locked.state is not ImprovementState.CALLING:
                return locked or claimed
            draft = await self._drafts.read(session, locked.user_id, locked.draft_id)
            now = await self._subject(session, locked)
            if draft is None or now is None:
                return await self._end(session, locked, ImprovementState.DROPPED, cost)
            if text is None:
                failed = FailureClass.RESULT_MISSING
                return await self._end(session, locked, ImprovementState.FAILED, cost, failed)
            ready = await repository.end(
                session,
                locked,
                ImprovementState.READY,
                improved=text,
                cost_credits=cost,
                revision=draft.revision,
            )
            await self._money.take(session, ready)
            return ready

    async def _fail(
        self, epoch: Epoch, claimed: Improvement, failure: FailureClass, cost: Decimal = NOTHING
    ) -> Improvement:
        async with self._database.unit_of_work(epoch) as session:
            locked = await repository.lock(session, claimed.id)
            if locked is None or locked.state is not ImprovementState.CALLING:
                return locked or claimed
            return await self._end(session, locked, ImprovementState.FAILED, cost, failure)

    async def _lose(self, session: Session, calling: Improvement) -> Improvement:
        """Whether it was written is unknown; the books assume that it was."""
        logger.warning("an improvement is lost", extra=_facts(calling))
        return await self._end(session, calling, ImprovementState.FAILED, calling.credits, FailureClass.LOST)

    async def _end(
        self,
        session: Session,
        improvement: Improvement,
        to: ImprovementState,
        cost: Decimal,
        failure: FailureClass | None = None,
    ) -> Improvement:
        """An end without a text: the price goes back."""
        if failure is None:
            ended = await repository.end(session, improvement, to, cost_credits=cost)
        else:
            ended = await repository.end(session, improvement, to, cost_credits=cost, failure=failure)
        await self._money.give_back(session, ended)
        return ended

    async def _tell(self, epoch: Epoch, ended: Improvement) -> None:
        """Shows the end; a person who cannot be reached finds it when they come back."""
        try:
            await self._news.show(epoch, ended)
        except UnreachablePersonError:
            logger.info("nobody is there to see an improvement", extra=_facts(ended))
        async with self._database.unit_of_work(epoch) as session:
            await repository.rest(session, ended.id)

    async def _subject(self, session: Session, improvement: Improvement) -> Subject | None:
        """What was asked about, if it still stands in the draft."""
        draft = await self._drafts.read(session, improvement.user_id, improvement.draft_id)
        writer = self._writer
        if draft is None or writer is None:
            return None
        try:
            spec = self._catalogue.get(draft.model_key)
        except UnknownModelError:
            return None
        subject = subject_of(writer, spec, draft)
        return subject if subject is not None and subject.text == improvement.before else None

    @property
    def _writer(self) -> TextModel | None:
        return self._catalogue.serving(TextService.IMPROVE_PROMPT)


def _facts(improvement: Improvement) -> dict[str, object]:
    return {"improvement_id": improvement.id, "user_id": improvement.user_id}
