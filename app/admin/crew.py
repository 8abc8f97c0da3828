"""The roles that owners give and take."""

from app.admin import repository
from app.admin.entities import Action, LogEntry, Member
from app.admin.errors import StaffProtectedError
from app.admin.office import Act, Office
from app.admin.roles import Right, Role
from app.admin.staff import Staff
from app.db import Database
from app.inbox import Step
from app.users import UserService


class Crew:
    """Who is on board, and what all of them have done."""

    def __init__(self, database: Database, office: Office, staff: Staff, users: UserService) -> None:
        self._database = database
        self._office = office
        self._staff = staff
        self._users = users

    async def members(self) -> tuple[Member, ...]:
        """Owners first."""
        async with self._database.snapshot() as session:
            return await self._staff.members(session)

    async def log(self, before: int | None, limit: int) -> tuple[LogEntry, ...]:
        """The newest acts with ids below `before`."""
        async with self._database.snapshot() as session:
            return await repository.list_actions(session, before, limit)

    async def grant(self, step: Step, actor_id: int, user_id: int, role: Role) -> None:
        """Gives a role in place of the one before.

        Raises NotAllowedError, StaffProtectedError, UnknownUserError.
        """
        async with self._office.act(step, actor_id, Right.STAFF) as act:
            await self._refuse_owner(act, user_id)
            if act.is_new:
                await repository.put_role(act.session, user_id, role)
                reason = f"made {role.value}"
                await act.record(Action.ROLE_GRANTED, f"person:{user_id}", reason, user_id=user_id)

    async def take(self, step: Step, actor_id: int, user_id: int) -> None:
        """Makes a member an ordinary person again; raises as `grant` does."""
        async with self._office.act(step, actor_id, Right.STAFF) as act:
            await self._refuse_owner(act, user_id)
            before = await self._staff.role(act.session, user_id)
            if act.is_new and before is not None:
                await repository.delete_role(act.session, user_id)
                reason = f"was {before.value}"
                await act.record(Action.ROLE_TAKEN, f"person:{user_id}", reason, user_id=user_id)

    async def _refuse_owner(self, act: Act, user_id: int) -> None:
        await self._users.lock(act.session, user_id)
        if user_id in self._staff.owners:
            raise StaffProtectedError(user_id)
