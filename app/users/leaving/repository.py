"""The statements about people who leave, and the mark that is kept of them."""

import hashlib
import hmac

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.users.person import Language, Person
from app.users.tables import DepartedKeyRow, DepartedRow, PersonRow


async def mark_leaving(session: Session, user_id: int) -> None:
    """From here on the person is leaving."""
    await _change(session, user_id, leaving_at=func.clock_timestamp())


async def mark_gone(session: Session, user_id: int) -> None:
    """Empties the person's row but for its key."""
    await _change(
        session,
        user_id,
        first_name="",
        last_name=None,
        username=None,
        language=Language.RU.value,
        banned_at=None,
        first_event_id=None,
        left_at=func.clock_timestamp(),
    )


async def mark_back(session: Session, person: Person, language: Language) -> None:
    """Fills the emptied row of somebody who begins anew."""
    await _change(
        session,
        person.id,
        first_name=person.first_name,
        last_name=person.last_name,
        username=person.username,
        language=language.value,
        leaving_at=None,
        left_at=None,
        created_at=func.now(),
        seen_at=func.now(),
    )


async def remember(session: Session, user_id: int) -> None:
    """Keeps that this person was here, and their ban; of several departures the newest counts."""
    banned = select(PersonRow.banned_at).where(PersonRow.id == user_id)
    banned_at = (await session.execute(banned)).scalar_one_or_none()
    statement = insert(DepartedRow).values(mark=await _mark(session, user_id), banned_at=banned_at)
    changed = {"banned_at": banned_at, "left_at": func.clock_timestamp()}
    await session.execute(statement.on_conflict_do_update(index_elements=[DepartedRow.mark], set_=changed))


async def restore(session: Session, user_id: int) -> bool:
    """Puts the ban of the life before in force; whether there was such a life."""
    statement = select(DepartedRow.banned_at).where(DepartedRow.mark == await _mark(session, user_id))
    found = (await session.execute(statement)).first()
    if found is None:
        return False
    await _change(session, user_id, banned_at=found.banned_at, first_event_id=None)
    return True


async def _change(session: Session, user_id: int, **values: object) -> None:
    await session.execute(update(PersonRow).where(PersonRow.id == user_id).values(**values))


async def _mark(session: ReadSession, user_id: int) -> bytes:
    key = (await session.execute(select(DepartedKeyRow.key))).scalar_one()
    return hmac.new(key, str(user_id).encode(), hashlib.sha256).digest()
