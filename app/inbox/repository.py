"""The statements of the inbox."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace

import asyncpg
from sqlalchemy import text

from app.db import Database, ReadSession, Session, connect_direct, is_connection_loss
from app.db.direct import Connection
from app.errors import StorageUnavailableError
from app.inbox.errors import MalformedEventError
from app.inbox.events import Backlog, Event, Incoming

CHANNEL = "trt_inbox"

# The level of durability is part of the statement: whatever the server's default, "stored" means on disk.
INSERT = """
INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, done_at)
SELECT source, scope, external_id, digest, lane, payload,
       CASE WHEN done THEN 'done' ELSE 'new' END, CASE WHEN done THEN now() END
FROM unnest($1::text[], $2::text[], $3::text[], $4::bytea[], $5::text[], $6::bytea[], $7::boolean[])
     WITH ORDINALITY AS incoming(source, scope, external_id, digest, lane, payload, done, place),
     (SELECT set_config('synchronous_commit', 'on', true)) AS durable
ORDER BY place
ON CONFLICT (source, scope, external_id, digest) DO NOTHING
RETURNING source, scope, external_id, digest
"""

CLAIM = text("""
WITH head AS (
    SELECT id, source, lane, attempts FROM inbox
    WHERE status = 'new' AND (source || ':' || lane) NOT IN (SELECT unnest(CAST(:busy AS text[])))
    ORDER BY id LIMIT :scan
), firsts AS (
    SELECT DISTINCT ON (source, lane) id, attempts, attempts >= :careful_from AS suspect
    FROM head ORDER BY source, lane, id
), picked AS (
    SELECT id, suspect FROM (
        SELECT id, suspect, row_number() OVER (PARTITION BY suspect ORDER BY attempts, id) AS place FROM firsts
    ) AS ranked
    WHERE NOT suspect OR place <= :suspects ORDER BY id LIMIT :room
)
UPDATE inbox SET attempts = attempts + CASE WHEN suspect THEN 0 ELSE 1 END
FROM picked WHERE inbox.id = picked.id
RETURNING inbox.id, source, external_id, lane, payload, received_at, attempts,
          applied_at IS NOT NULL AS applied, suspect, (SELECT count(*) FROM head) AS seen
""")

CLAIM_ONE = text("""
UPDATE inbox SET attempts = attempts + 1 WHERE id = :id AND attempts < :most RETURNING attempts
""")
UNCLAIM = text("""
UPDATE inbox SET attempts = greatest(attempts - 1, 0)
WHERE id = ANY (CAST(:ids AS bigint[])) AND status = 'new'
""")
MARK_DONE = text("""
UPDATE inbox SET status = 'done', done_at = now(), error = NULL
WHERE id = ANY (CAST(:ids AS bigint[])) AND status = 'new'
""")
PARK = text("""
UPDATE inbox SET status = 'dead', done_at = now(), error = parked.error
FROM unnest(CAST(:ids AS bigint[]), CAST(:errors AS text[])) AS parked(id, error)
WHERE inbox.id = parked.id AND status = 'new'
""")
REVIVE = text("""
UPDATE inbox SET status = 'new', attempts = 0, done_at = NULL
WHERE id = ANY (CAST(:ids AS bigint[])) AND status = 'dead' RETURNING id
""")
FORGET = text("""
DELETE FROM inbox WHERE id IN (
    SELECT id FROM inbox WHERE status = 'done' AND done_at < now() - make_interval(secs => :seconds)
    ORDER BY id LIMIT :most
) RETURNING id
""")
APPLY = text("UPDATE inbox SET applied_at = now() WHERE id = :id AND applied_at IS NULL RETURNING id")
APPLIED = text("SELECT applied_at IS NOT NULL FROM inbox WHERE id = :id")
BACKLOG = text("""
SELECT count(*) FILTER (WHERE status = 'new') AS waiting,
       coalesce(extract(epoch FROM clock_timestamp() - min(received_at) FILTER (WHERE status = 'new')), 0) AS age,
       count(*) FILTER (WHERE status = 'dead') AS dead
FROM inbox WHERE status IN ('new', 'dead')
""")


@dataclass(frozen=True, slots=True)
class Room:
    """How much a claim may take: events, suspects among them, rows to look through."""

    events: int
    suspects: int
    scan: int
    careful_from: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """An event, and whether it is suspected of ending the process: then this attempt is not counted yet."""

    event: Event
    suspect: bool


class Writer:
    """Stores batches on one connection of the pool."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def insert(self, batch: Sequence[Incoming]) -> list[bool]:
        """Stores the batch in one statement that commits by itself; True where the event was not there before.

        Raises StorageUnavailableError, or MalformedEventError when Postgres cannot hold a row of it.
        """
        with _named_errors():
            rows = await self._connection.fetch(INSERT, *_columns(batch))
        fresh = {tuple(row) for row in rows}
        return [_take(fresh, (it.source, it.scope, it.external_id, it.digest)) for it in batch]

    async def notify(self) -> None:
        """Wakes the consumer of another process; raises StorageUnavailableError."""
        with _named_errors():
            await self._connection.execute("SELECT pg_notify($1, '')", CHANNEL)


@asynccontextmanager
async def open_writer(database: Database, *, wait: float) -> AsyncIterator[Writer]:
    """Raises StorageUnavailableError, and TimeoutError when no connection is free within `wait` seconds."""
    async with asyncio.timeout(wait) as limit, database.single_statements() as connection:
        limit.reschedule(None)
        yield Writer(connection)


def _columns(batch: Sequence[Incoming]) -> tuple[list[object], ...]:
    return (
        [it.source for it in batch],
        [it.scope for it in batch],
        [it.external_id for it in batch],
        [it.digest for it in batch],
        [it.lane for it in batch],
        [it.payload for it in batch],
        [it.done for it in batch],
    )


def _take(fresh: set[tuple[object, ...]], key: tuple[object, ...]) -> bool:
    """True for the first of several equal events in one batch."""
    if key not in fresh:
        return False
    fresh.remove(key)
    return True


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        yield
    except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        # A value that the driver cannot encode is an InterfaceError, too, so it is asked about first.
        if not isinstance(error, asyncpg.DataError) and is_connection_loss(error):
            raise StorageUnavailableError("connection lost") from error
        if isinstance(error, (asyncpg.DataError, asyncpg.ProgramLimitExceededError)):
            raise MalformedEventError(str(error)) from error
        raise StorageUnavailableError(type(error).__name__) from error


async def claim(session: Session, *, room: Room, busy: Collection[str]) -> list[Claimed]:
    """Takes the oldest event of each lane that is not busy, in order of id, and counts the attempt.

    An event that was claimed `careful_from` times without an end is a suspect; who was tried least goes first.
    """
    claimed: list[Claimed] = []
    more = True
    while more:  # one lane's backlog may fill all that a look sees, and others wait behind it
        suspects = sum(it.suspect for it in claimed)
        left = replace(room, events=room.events - len(claimed), suspects=room.suspects - suspects)
        found, more = await _look_for(session, left, busy)
        claimed += found
        busy = {*busy, *(it.event.lane_key for it in found)}
        more = more and len(claimed) < room.events
    return sorted(claimed, key=lambda it: it.event.id)


async def _look_for(session: Session, room: Room, busy: Collection[str]) -> tuple[list[Claimed], bool]:
    """What one look claims, and whether there may be more lanes than it saw."""
    result = await session.execute(
        CLAIM,
        {
            "busy": list(busy),
            "scan": room.scan,
            "room": room.events,
            "suspects": room.suspects,
            "careful_from": room.careful_from,
        },
    )
    rows = result.all()
    claimed = [
        Claimed(
            Event(
                id=row.id,
                source=row.source,
                external_id=row.external_id,
                lane=row.lane,
                payload=row.payload,
                received_at=row.received_at,
                attempt=row.attempts + int(row.suspect),
                applied=row.applied,
                interrupted=row.suspect or row.attempts > 1,
            ),
            suspect=row.suspect,
        )
        for row in rows
    ]
    return claimed, any(row.seen == room.scan for row in rows)


async def claim_one(session: Session, event_id: int, *, most: int) -> bool:
    """Counts one more attempt at a suspect; False when it has had `most` of them."""
    return (await session.execute(CLAIM_ONE, {"id": event_id, "most": most})).first() is not None


async def unclaim(session: Session, ids: Collection[int]) -> None:
    """Takes back the count of events that were claimed and have ended no process."""
    if ids:
        await session.execute(UNCLAIM, {"ids": list(ids)})


async def settle(session: Session, ended: Sequence[tuple[int, str | None]]) -> None:
    """Marks what ended: done, or dead with the error."""
    done = [event_id for event_id, error in ended if error is None]
    dead = [(event_id, error) for event_id, error in ended if error is not None]
    if done:
        await session.execute(MARK_DONE, {"ids": done})
    if dead:
        ids, errors = zip(*dead, strict=True)
        await session.execute(PARK, {"ids": list(ids), "errors": list(errors)})


async def revive(session: Session, ids: Sequence[int]) -> int:
    """Dead letters become new again; how many of these were dead."""
    return len((await session.execute(REVIVE, {"ids": list(ids)})).all())


async def forget(session: Session, *, seconds: float, most: int) -> int:
    """Deletes up to `most` events that were done `seconds` ago; how many."""
    return len((await session.execute(FORGET, {"seconds": seconds, "most": most})).all())


async def apply_once(session: Session, event_id: int) -> bool:
    """True for the first unit of work that asks."""
    return (await session.execute(APPLY, {"id": event_id})).first() is not None


async def is_applied(session: ReadSession, event_id: int) -> bool:
    """Whether a committed unit of work has applied the event."""
    return bool((await session.execute(APPLIED, {"id": event_id})).scalar())


async def backlog(session: ReadSession) -> Backlog:
    """What waits now."""
    row = (await session.execute(BACKLOG)).one()
    return Backlog(waiting=row.waiting, oldest_seconds=float(row.age), dead=row.dead)


async def open_listener(url: str, *, application_name: str) -> Connection:
    """A connection that is told of NOTIFYs; raises StorageUnavailableError."""
    with _named_errors():
        return await connect_direct(url, application_name=application_name)


async def listen(connection: Connection, heard: Callable[..., None]) -> None:
    """Calls `heard` for each NOTIFY from now on; raises StorageUnavailableError."""
    with _named_errors():
        await connection.add_listener(CHANNEL, heard)


async def look(connection: Connection, *, within: float) -> None:
    """Returns when the server answers; raises StorageUnavailableError when it does not, `within` seconds."""
    with _named_errors():
        await connection.execute("SELECT 1", timeout=within)
