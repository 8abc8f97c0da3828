"""Dead work as the staff sees it, and the way back to life."""

from collections.abc import Sequence

from app.admin.alerts import give_back
from app.admin.dead import repository
from app.admin.dead.entities import DeadWork, Sort
from app.admin.entities import Action
from app.admin.office import Act, Office
from app.admin.roles import Right
from app.db import Database
from app.inbox import Step, revive
from app.jobs import replay_jobs

MOST_AT_ONCE = 500


class DeadDesk:
    """Each replay checks the right, is done once per event, and is logged in the same unit."""

    def __init__(self, database: Database, office: Office) -> None:
        self._database = database
        self._office = office

    async def page(self, page: int, size: int) -> tuple[Sequence[DeadWork], int]:
        """One page (from 0), the newest first, and how much there is in all."""
        async with self._database.snapshot() as session:
            found = await repository.list_dead(session, after=page * size, most=size)
            return found, await repository.count(session)

    async def find(self, sort: Sort, work_id: int) -> DeadWork | None:
        """None where it is not dead (any more)."""
        async with self._database.snapshot() as session:
            return await repository.find(session, sort, work_id)

    async def replay(self, step: Step, actor_id: int, sort: Sort, work_id: int, reason: str) -> int:
        """Has one tried again from the beginning; 0 where somebody was faster. Raises NotAllowedError."""
        async with self._office.act(step, actor_id, Right.WORK) as act:
            found = await repository.find(act.session, sort, work_id)
            return await _replay(act, [found], f"{sort}:{work_id}", reason) if found else 0

    async def replay_kind(self, step: Step, actor_id: int, sort: Sort, kind: str, reason: str) -> int:
        """Has all of a kind tried again, the newest `MOST_AT_ONCE`; how many. Raises NotAllowedError."""
        async with self._office.act(step, actor_id, Right.WORK) as act:
            found = await repository.list_kind(act.session, sort, kind, most=MOST_AT_ONCE)
            return await _replay(act, found, f"{sort}:{kind}", reason) if found else 0


async def _replay(act: Act, found: Sequence[DeadWork], subject: str, reason: str) -> int:
    """In the unit of the act. What dies once more is told of once more."""
    if not act.is_new:
        return 0
    bring_back = replay_jobs if found[0].sort is Sort.JOB else revive
    count = await bring_back(act.session, [it.id for it in found])
    if count:
        await give_back(act.session, [it.cause for it in found])
        facts = {"kind": found[0].kind, "count": str(count)}
        await act.record(Action.WORK_REPLAYED, subject, reason, facts, user_id=found[0].user_id)
    return count
