"""What a restored database is worth."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.books import Auditor
from app.db import Database
from app.db.drift import differences
from app.ledger import Finding, Ledger
from app.tools.restoring import repository
from app.tools.restoring.replay import Replay, Replayed
from app.tools.restoring.repository import Counts

SENSELESS = "MalformedEventError"
"""Whoever raises this of an event gives it up for good, and rightly."""


@dataclass(frozen=True)
class Account:
    """What came back, how its unprocessed events ended, and what is wrong: one line each."""

    counts: Counts
    replayed: Replayed
    findings: tuple[str, ...]


async def look_through(url: str, folder: Path) -> Account:
    """Proves the books, ends what is unprocessed, proves the books again. `folder` is for files in passing.

    The database has this code's schema, and nobody else works on it.
    """
    drift = await asyncio.to_thread(differences, url)
    database = Database(url, application_name="restore-rehearsal", max_connections=8)
    try:
        async with database.snapshot() as session:
            counts = await repository.counts(session)
        before = await _books(database)
        replayed = await Replay(database, folder).run()
        after = [it for it in await _books(database) if it not in before]
    finally:
        await database.close()
    findings = [
        *(f"schema: {line}" for line in drift),
        *(f"books: {it.rule}: {it.row}: {it.detail}" for it in before),
        *_of_replay(replayed),
        *(f"books after the replay: {it.rule}: {it.row}: {it.detail}" for it in after),
    ]
    return Account(counts, replayed, tuple(findings))


async def _books(database: Database) -> list[Finding]:
    async with database.snapshot() as session:
        return await Auditor(Ledger()).audit(session)


def _of_replay(replayed: Replayed) -> Iterator[str]:
    if replayed.left:
        yield f"inbox: {replayed.left} events did not end"
    if replayed.twice:
        yield "inbox: events that were done had an effect once more"
    for event_id, why in replayed.dead.items():
        if SENSELESS not in why:
            yield f"inbox: event {event_id} was given up: {why}"
