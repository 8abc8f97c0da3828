"""What the staff sees of the day and of people, and does to them."""

from app.admin.entities import Action, Overview, Profile
from app.admin.errors import StaffProtectedError
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Office
from app.admin.reports import repository as reports
from app.admin.roles import Right
from app.admin.staff import Staff
from app.db import Database, ReadSession
from app.inbox import Step
from app.users import User


class AdminService:
    """Each write checks the role, happens once per event, and leaves a row in the log in the same unit."""

    def __init__(self, database: Database, office: Office, staff: Staff, near: StaffNeighbours) -> None:
        self._database = database
        self._office = office
        self._staff = staff
        self._near = near

    async def overview(self) -> Overview:
        """The last 24 hours and what waits now."""
        async with self._database.snapshot() as session:
            receipts = await self._near.transfers.count_waiting(session)
            strange = await self._near.review.count_strange(session)
            return await reports.overview(session, reports.Waiting(receipts, strange))

    async def find(self, wanted: str) -> Profile | None:
        """The person with this id or name."""
        async with self._database.snapshot() as session:
            user = await self._near.users.find(session, wanted)
            return None if user is None else await self._profile(session, user)

    async def profile(self, user_id: int) -> Profile:
        """The person; raises UnknownUserError."""
        async with self._database.snapshot() as session:
            return await self._profile(session, await self._near.users.get(session, user_id))

    async def ban(self, step: Step, actor_id: int, user_id: int, reason: str) -> None:
        """Shuts the person out; raises NotAllowedError, StaffProtectedError, UnknownUserError."""
        async with self._office.act(step, actor_id, Right.BAN) as act:
            await self._near.users.lock(act.session, user_id)
            if await self._staff.role(act.session, user_id) is not None:
                raise StaffProtectedError(user_id)
            if act.is_new:
                await self._near.users.ban(act.session, user_id)
                await act.record(Action.BANNED, f"person:{user_id}", reason, user_id=user_id)

    async def unban(self, step: Step, actor_id: int, user_id: int, reason: str) -> None:
        """Lets the person in again, and tells them; raises NotAllowedError, UnknownUserError."""
        async with self._office.act(step, actor_id, Right.BAN) as act:
            await self._near.users.lock(act.session, user_id)
            if act.is_new:
                await self._near.users.unban(act.session, user_id)
                await act.record_and_tell(Action.UNBANNED, f"person:{user_id}", reason, user_id=user_id)

    async def refund_generation(self, step: Step, actor_id: int, generation_id: int, reason: str) -> None:
        """Gives back what was taken; raises NotAllowedError, UnknownGenerationError, NotRefundableError."""
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if not act.is_new:
                return
            refunded = await self._near.generations.refund(act.session, generation_id)
            await act.record_and_tell(
                Action.GENERATION_REFUNDED,
                f"generation:{generation_id}",
                reason,
                {"amount": str(refunded.paid), "number": str(generation_id)},
                user_id=refunded.user_id,
            )

    async def _profile(self, session: ReadSession, user: User) -> Profile:
        facts = await reports.person_facts(session, user.id)
        return Profile(
            user=user,
            role=await self._staff.role(session, user.id),
            balance=await self._near.ledger.balance(session, user.id),
            created_at=facts.created_at,
            seen_at=facts.seen_at,
            generations=facts.generations,
            spent=facts.spent,
            paid_in=facts.paid_in,
            inviter=facts.inviter,
            invited=facts.invited,
        )
