"""One generation as the staff sees it, and what can be done for it."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.admin.entities import Action
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Office
from app.admin.roles import Right
from app.db import Database
from app.generation import Case, transfer_keys
from app.inbox import Step
from app.ledger import StatementLine
from app.users import User


@dataclass(frozen=True, slots=True)
class GenerationCard:
    """The generation, whose it is, and every movement of their money for it, the oldest first."""

    case: Case
    person: User
    moves: Sequence[StatementLine]


class GenerationDesk:
    """Hurrying checks the right, is done once per event, and is logged in the same unit."""

    def __init__(self, database: Database, office: Office, near: StaffNeighbours) -> None:
        self._database = database
        self._office = office
        self._near = near

    async def find(self, generation_id: int) -> GenerationCard | None:
        """Everything there is about it; None where there is no such generation."""
        async with self._database.snapshot() as session:
            case = await self._near.remedies.find(session, generation_id)
            if case is None:
                return None
            user_id = case.generation.user_id
            person = await self._near.users.get(session, user_id)
            moves = await self._near.ledger.statement(session, user_id, keys=transfer_keys(generation_id))
            return GenerationCard(case, person, moves[::-1])

    async def retry(self, step: Step, actor_id: int, generation_id: int, reason: str) -> None:
        """Has its next step done now; raises NotAllowedError, UnknownGenerationError, NotRetryableError."""
        async with self._office.act(step, actor_id, Right.WORK) as act:
            if not act.is_new:
                return
            retried = await self._near.remedies.retry(act.session, generation_id)
            facts = {"state": retried.state.value}
            subject = f"generation:{generation_id}"
            await act.record(Action.GENERATION_RETRIED, subject, reason, facts, user_id=retried.user_id)
