"""The statements about the staff and its log."""

from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects.postgresql import insert as upsert

from app.admin.entities import Action, LogEntry, Member
from app.admin.roles import Role
from app.admin.tables import ActionRow, StaffRow
from app.db import ReadSession, Session


async def find_role(session: ReadSession, user_id: int) -> Role | None:
    """The role that an owner gave this person."""
    role = (await session.execute(select(StaffRow.role).where(StaffRow.user_id == user_id))).scalar()
    return None if role is None else Role(role)


async def share_role(session: Session, user_id: int) -> Role | None:
    """The same, and nobody takes it away before this unit has ended."""
    statement = select(StaffRow.role).where(StaffRow.user_id == user_id).with_for_update(read=True)
    role = (await session.execute(statement)).scalar()
    return None if role is None else Role(role)


async def list_members(session: ReadSession) -> tuple[Member, ...]:
    """Everybody with a given role, the oldest first."""
    statement = select(StaffRow.user_id, StaffRow.role).order_by(StaffRow.granted_at, StaffRow.user_id)
    return tuple(Member(row.user_id, Role(row.role)) for row in await session.execute(statement))


async def put_role(session: Session, user_id: int, role: Role) -> None:
    """Gives a role in place of the one before."""
    changed = {"role": role.value, "granted_at": func.now()}
    statement = upsert(StaffRow).values(user_id=user_id, role=role.value)
    await session.execute(statement.on_conflict_do_update(index_elements=[StaffRow.user_id], set_=changed))


async def delete_role(session: Session, user_id: int) -> None:
    """Takes a given role away."""
    await session.execute(delete(StaffRow).where(StaffRow.user_id == user_id))


async def insert_action(
    session: Session,
    who: Member,
    action: Action,
    about: tuple[int | None, str],
    reason: str,
    facts: Mapping[str, str],
) -> int:
    """Writes a row of the log; its id. `about` is the person concerned, if one is, and the thing."""
    user_id, subject = about
    statement = (
        insert(ActionRow)
        .values(
            actor_id=who.user_id,
            role=who.role.value,
            action=action.value,
            user_id=user_id,
            subject=subject,
            reason=reason,
            facts=dict(facts),
        )
        .returning(ActionRow.id)
    )
    return int((await session.execute(statement)).scalar_one())


async def find_action(session: ReadSession, entry_id: int) -> LogEntry | None:
    """One row of the log."""
    row = (await session.execute(select(ActionRow).where(ActionRow.id == entry_id))).scalar_one_or_none()
    return None if row is None else _entry(row)


async def list_actions(session: ReadSession, before: int | None, limit: int) -> tuple[LogEntry, ...]:
    """The newest rows of the log with ids below `before`."""
    statement = select(ActionRow).order_by(ActionRow.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(ActionRow.id < before)
    return tuple(_entry(row) for row in (await session.execute(statement)).scalars())


def _entry(row: ActionRow) -> LogEntry:
    return LogEntry(
        id=row.id,
        at=row.at,
        actor_id=row.actor_id,
        role=Role(row.role),
        action=Action(row.action),
        user_id=row.user_id,
        subject=row.subject,
        reason=row.reason,
        facts=row.facts,
    )
