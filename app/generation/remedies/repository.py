"""The statements that find what waits too long. Every time is the database's own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import text

from app.db import ReadSession
from app.generation.remedies.rules import STUCK_SECONDS, UNSENT_FAILURES, Hopeless
from app.money import Kopecks

_STATE_AT = text("SELECT state_at FROM generation WHERE id = :id")

_HOPELESS = """
    SELECT id, user_id, price_kopecks - returned_kopecks AS price_kopecks FROM generation
    WHERE {chosen} AND (
        state IN ('held', 'submitting', 'submitted', 'running', 'fetching')
            AND created_at < clock_timestamp() - make_interval(secs => greatest(:stuck, 2 * coalesce(slow_seconds, 0)))
        OR price_kopecks > 0 AND state = 'captured' AND state_at < clock_timestamp() - make_interval(secs => :stuck)
        OR price_kopecks > 0 AND state = 'kept' AND failures > :unsent
    ) ORDER BY id
"""

_SINCE = text(_HOPELESS.format(chosen="created_at >= :since"))

_ONE = text(_HOPELESS.format(chosen="id = :id"))

_LIMITS = {"stuck": STUCK_SECONDS, "unsent": UNSENT_FAILURES}


async def state_at(session: ReadSession, generation_id: int) -> datetime:
    """Since when a generation that exists is in its state."""
    found: datetime = (await session.execute(_STATE_AT, {"id": generation_id})).scalar_one()
    return found


async def list_hopeless(session: ReadSession, since: datetime) -> Sequence[Hopeless]:
    """Those that were ordered since then, the oldest first."""
    rows = await session.execute(_SINCE, {"since": since, **_LIMITS})
    return [Hopeless(row.id, row.user_id, Kopecks(row.price_kopecks)) for row in rows]


async def is_hopeless(session: ReadSession, generation_id: int) -> bool:
    """Whether this one is among them now."""
    return (await session.execute(_ONE, {"id": generation_id, **_LIMITS})).first() is not None
