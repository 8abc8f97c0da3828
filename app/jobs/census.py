"""How many jobs there are, for those who watch."""

from collections.abc import Mapping

from sqlalchemy import text

from app.db import Database

# What ended well leaves no row.
STATUSES = ("todo", "doing", "failed")
COUNT = text("SELECT status::text AS status, count(*) AS jobs FROM procrastinate_jobs GROUP BY status")


class JobCensus:
    """Counted from the queue's own rows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_status(self) -> Mapping[str, int]:
        """`todo` waits (also for its time), `doing` runs, `failed` failed for good and waits for an operator."""
        async with self._database.snapshot() as session:
            counted = {row.status: int(row.jobs) for row in await session.execute(COUNT)}
        return {status: counted.get(status, 0) for status in STATUSES}
