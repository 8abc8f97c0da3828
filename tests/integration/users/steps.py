"""Events for services that answer them."""

from collections.abc import Awaitable, Callable
from itertools import count

from sqlalchemy import text

from app.db import Database, Epoch
from app.inbox import Step

NextStep = Callable[[], Awaitable[Step]]

INSERT = text("""
INSERT INTO inbox (source, scope, external_id, digest, lane, payload)
VALUES ('telegram', '1', :external_id, sha256('x'), '7', 'x') RETURNING id
""")


def event_source(database: Database, epoch: Epoch) -> NextStep:
    """Each call stores one more event and gives the step that answers it."""
    numbers = count(1)

    async def next_step() -> Step:
        async with database.unfenced_unit_of_work() as session:
            event_id = (await session.execute(INSERT, {"external_id": str(next(numbers))})).scalar_one()
        return Step(event_id, epoch)

    return next_step
