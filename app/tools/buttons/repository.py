"""The one statement of the audit: its events must be rows of the inbox, as everybody's are."""

from sqlalchemy import text

from app.db import Session

INSERT = text(
    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload)"
    " VALUES ('telegram', 'rehearsal', :number, '\\x00', :lane, :payload) RETURNING id"
)


async def insert_event(session: Session, *, number: int, person: int, payload: bytes) -> int:
    """The id of the stored event."""
    values = {"number": str(number), "lane": str(person), "payload": payload}
    return int((await session.execute(INSERT, values)).scalar_one())
