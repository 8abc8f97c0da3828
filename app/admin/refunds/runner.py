"""The job `admin.refund_all`: carries a run out, one generation a unit of work."""

import logging

from app.admin.entities import Action, Member
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Act
from app.admin.refunds import repository
from app.admin.refunds.entities import RefundRun
from app.db import Database, Epoch, Session
from app.generation import Returned
from app.jobs import JobQueue
from app.money import Kopecks

logger = logging.getLogger(__name__)

REFUND_ALL = "admin.refund_all"

NO_EVENT = 0
"""A job answers no event: what makes it happen once is the row of each generation."""


class RefundRunner:
    """May be killed anywhere and run twice: whatever is decided is decided."""

    def __init__(self, database: Database, near: StaffNeighbours, queue: JobQueue) -> None:
        self._database = database
        self._near = near
        self._queue = queue

    async def run(self, epoch: Epoch, run_id: int) -> None:
        """Goes on until nothing of the run is undecided, then tells who began it."""
        async with self._database.snapshot() as session:
            run = await repository.find(session, run_id)
        if run is None or run.ended_at is not None:
            return
        while await self._step(epoch, run):
            pass
        await self._end(epoch, run)

    async def _step(self, epoch: Epoch, run: RefundRun) -> bool:
        async with self._database.unit_of_work(epoch) as session:
            generation_id = await repository.take_next(session, run.id)
            if generation_id is None:
                return False
            returned = await self._near.remedies.give_back(session, generation_id)
            amount = None if returned is None else returned.generation.paid
            await repository.decide(session, run.id, generation_id, amount)
            if returned is not None:
                await self._record(self._act(session, run), run, returned)
        return True

    async def _record(self, act: Act, run: RefundRun, returned: Returned) -> None:
        """The row in the log, and the news: what failed is told of by the generation's own job."""
        made = returned.generation
        facts = {"amount": str(made.paid), "number": str(made.id), "run": str(run.id)}
        subject = f"generation:{made.id}"
        if returned.tells_itself:
            await act.record(Action.GENERATION_GIVEN_UP, subject, run.reason, facts, user_id=made.user_id)
        else:
            await act.record_and_tell(
                Action.GENERATION_REFUNDED, subject, run.reason, facts, user_id=made.user_id
            )

    async def _end(self, epoch: Epoch, run: RefundRun) -> None:
        async with self._database.unit_of_work(epoch) as session:
            if not await repository.end(session, run.id):
                return
            ended = await repository.find(session, run.id) or run
            facts = {
                "count": str(ended.returned),
                "left": str(ended.left),
                "people": str(ended.people),
                "amount": str(Kopecks(ended.amount)),
            }
            await self._act(session, ended).record_and_tell(
                Action.REFUND_RUN_ENDED,
                f"refund-run:{ended.id}",
                ended.reason,
                facts,
                user_id=ended.actor_id,
            )
        logger.info("a refund of many has ended", extra={"run_id": run.id, **facts})

    def _act(self, session: Session, run: RefundRun) -> Act:
        return Act(session, Member(run.actor_id, run.role), NO_EVENT, is_new=True, queue=self._queue)
