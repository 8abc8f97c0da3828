"""The dry run, and the beginning of a run."""

from datetime import timedelta

from app.admin.entities import Action
from app.admin.errors import OwnersOnlyError
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Act, Office
from app.admin.refunds import repository
from app.admin.refunds.entities import Forecast, RefundRun, forecast_of
from app.admin.refunds.runner import REFUND_ALL
from app.admin.roles import Right, Role
from app.clock import Clock
from app.db import Database
from app.inbox import Step
from app.money import Kopecks


class RefundAllDesk:
    """Only owners give back more than `second_over` kopecks at once."""

    def __init__(
        self,
        database: Database,
        office: Office,
        near: StaffNeighbours,
        clock: Clock,
        *,
        second_over: Kopecks,
    ) -> None:
        self._database = database
        self._office = office
        self._near = near
        self._clock = clock
        self._second_over = second_over

    async def foresee(self, hours: int) -> Forecast:
        """What would go back of the last `hours`; nothing is written."""
        # Whole seconds: the moment stands in what is agreed to, and must be read from it unchanged.
        since = self._clock.now().replace(microsecond=0) - timedelta(hours=hours)
        async with self._database.snapshot() as session:
            return forecast_of(since, await self._near.remedies.hopeless(session, since))

    async def begin(self, step: Step, actor_id: int, agreed: Forecast, reason: str) -> bool:
        """Begins a run over exactly what was agreed to; False where that has changed by now: nothing is done.

        Raises NotAllowedError, OwnersOnlyError.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if agreed.amount > self._second_over and act.who.role is not Role.OWNER:
                raise OwnersOnlyError(agreed.amount, self._second_over)
            if not act.is_new:
                return True
            found = await self._near.remedies.hopeless(act.session, agreed.since)
            if not found or forecast_of(agreed.since, found) != agreed:
                return False
            ids = [it.id for it in found]
            run_id = await repository.begin(act.session, act.who, agreed.since, reason, ids)
            await self._record(act, run_id, agreed, reason)
            await act.queue.enqueue(act.session, REFUND_ALL, run_id)
            return True

    async def latest(self) -> RefundRun | None:
        """The newest run, as it is now."""
        async with self._database.snapshot() as session:
            run_id = await repository.latest(session)
            return None if run_id is None else await repository.find(session, run_id)

    async def _record(self, act: Act, run_id: int, agreed: Forecast, reason: str) -> None:
        facts = {
            "since": agreed.since.isoformat(),
            "count": str(agreed.generations),
            "people": str(agreed.people),
            "amount": str(agreed.amount),
        }
        await act.record(Action.REFUND_RUN_BEGUN, f"refund-run:{run_id}", reason, facts)
