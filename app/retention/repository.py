"""The one statement of retention."""

from sqlalchemy import text

from app.db import Session
from app.retention.rules import Rule

# The rows' places are read and used in one statement, so they cannot move in between.
DELETE = """
WITH gone AS (
    DELETE FROM {table} WHERE ctid = ANY (ARRAY(
        SELECT it.ctid FROM {table} it WHERE {past} LIMIT :most FOR UPDATE OF it SKIP LOCKED
    )) RETURNING 1
)
SELECT count(*) FROM gone
"""


async def delete_step(session: Session, rule: Rule, *, most: int) -> int:
    """Deletes up to `most` rows that nobody works on right now; how many."""
    statement = text(DELETE.format(table=rule.table, past=rule.past))
    return int((await session.execute(statement, {"most": most})).scalar_one())
