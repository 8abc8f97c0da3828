"""What a database belongs to: one bot, and either the sandbox or the real world, never both."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import select, update

from app.db.database import Database, ReadSession
from app.db.schema import head_revision, read_revision
from app.db.tables import InstallationRow
from app.errors import AppError

Kind = Literal["sandbox", "real"]


@dataclass(frozen=True)
class Installation:
    """The facts that the database keeps of its owner; `signing_key` is 32 random bytes."""

    bot_id: int
    kind: Kind
    signing_key: bytes


class UnusableDatabaseError(AppError):
    """The database answers, and this installation must not work on it as it is."""


class UnmigratedDatabaseError(UnusableDatabaseError):
    """The schema is older than this code needs; the migrations are run by whoever deploys."""

    def __init__(self, *, found: str | None, wanted: str) -> None:
        super().__init__(f"the schema is {found or 'not there'}, this code needs {wanted}")


class ForeignDatabaseError(UnusableDatabaseError):
    """The database belongs to another bot, or to the other kind of installation."""

    def __init__(self, *, found: str, wanted: str) -> None:
        super().__init__(f"this database belongs to {found}, not to {wanted}")


async def claim_installation(database: Database, *, bot_id: int, kind: Kind) -> Installation:
    """Takes an unowned database for this bot.

    Raises ForeignDatabaseError when it has another owner and UnmigratedDatabaseError when its schema is too old
    (a newer one is fine: during a deploy the old code works on it).
    """
    async with database.unfenced_unit_of_work() as session:
        found, wanted = await read_revision(session), head_revision()
        if found is None or found < wanted:
            raise UnmigratedDatabaseError(found=found, wanted=wanted)
        await session.execute(
            update(InstallationRow).where(InstallationRow.bot_id.is_(None)).values(bot_id=bot_id, kind=kind)
        )
        return await _read(session, bot_id=bot_id, kind=kind)


async def read_owner(database: Database) -> tuple[int, Kind] | None:
    """The bot's id and the kind that own the database; None while nobody does."""
    async with database.snapshot() as session:
        row = (await session.execute(select(InstallationRow.bot_id, InstallationRow.kind))).one()
    if row.bot_id is None:
        return None
    return row.bot_id, "sandbox" if row.kind == "sandbox" else "real"


async def _read(session: ReadSession, *, bot_id: int, kind: Kind) -> Installation:
    row = (await session.execute(select(InstallationRow))).scalar_one()
    if (row.bot_id, row.kind) != (bot_id, kind):
        raise ForeignDatabaseError(
            found=f"{row.kind} bot {row.bot_id}",
            wanted=f"{kind} bot {bot_id}",
        )
    return Installation(bot_id=bot_id, kind=kind, signing_key=row.signing_key)
