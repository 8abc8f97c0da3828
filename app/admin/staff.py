"""Who belongs to the staff."""

from collections.abc import Collection

from app.admin import repository
from app.admin.entities import Member
from app.admin.errors import NotAllowedError
from app.admin.roles import Right, Role, may
from app.db import Database, ReadSession, Session


class Staff:
    """`owners` are Telegram ids from the settings; everybody else has the role that an owner gave, or none."""

    def __init__(self, database: Database, owners: Collection[int]) -> None:
        self._database = database
        self._owners = tuple(dict.fromkeys(owners))

    @property
    def owners(self) -> tuple[int, ...]:
        """In the order of the settings."""
        return self._owners

    async def role_of(self, user_id: int) -> Role | None:
        """The person's role now; None for everybody who is no staff."""
        async with self._database.snapshot() as session:
            return await self.role(session, user_id)

    async def role(self, session: ReadSession, user_id: int) -> Role | None:
        """The same inside a unit or a snapshot."""
        return Role.OWNER if user_id in self._owners else await repository.find_role(session, user_id)

    async def require(self, session: Session, user_id: int, right: Right) -> Member:
        """The person, whose role carries the right and stays theirs to the end of the unit.

        Raises NotAllowedError.
        """
        owner = user_id in self._owners
        role = Role.OWNER if owner else await repository.share_role(session, user_id)
        if role is None or not may(role, right):
            raise NotAllowedError(user_id, right)
        return Member(user_id, role)

    async def members(self, session: ReadSession) -> tuple[Member, ...]:
        """Owners first."""
        owners = tuple(Member(user_id, Role.OWNER) for user_id in self._owners)
        given = await repository.list_members(session)
        return (*owners, *(member for member in given if member.user_id not in self._owners))

    async def with_right(self, session: ReadSession, right: Right) -> tuple[int, ...]:
        """Everybody whose role carries the right."""
        return tuple(it.user_id for it in await self.members(session) if may(it.role, right))
