"""Database Connection/Schema: is it there, is it ours, and has it the tables that this code needs?"""

import asyncio

from app.db import Database, read_lease, read_owner
from app.db.drift import differences
from app.db.schema import current_revision, head_revision
from app.errors import StorageUnavailableError
from app.settings import Settings
from app.singleton import read_holder
from app.tools.smoke.verdicts import Outcome, Verdict, failed, passed, skipped, together, warned
from app.tools.system import System

SHOWN = 5
"""Differences that are named; the rest is counted."""


async def check_database(system: System) -> Verdict:
    """Each part is looked at only when the one before it is as it should be."""
    if system.settings is None or system.database_url is None:
        return skipped("DATABASE_URL is not set and no Postgres of our own runs in this folder")
    database = Database(system.database_url, application_name="smoke", max_connections=1)
    try:
        schema = await _schema(database, system.database_url)
        if schema.outcome is Outcome.FAIL:
            return schema
        return together(
            [schema, await _ownership(database, system.settings), await _leadership(database, system)]
        )
    except StorageUnavailableError as error:
        return failed(f"the database does not answer: {error}")
    finally:
        await database.close()


async def _schema(database: Database, url: str) -> Verdict:
    revision, wanted = await current_revision(database), head_revision()
    if revision is not None and revision > wanted:
        return warned(f"the schema {revision} is of a later release, this code needs {wanted}")
    if revision != wanted:
        return failed(f"the schema is at {revision or 'nothing'}, this code needs {wanted}: migrations")
    drift = await asyncio.to_thread(differences, url)
    if drift:
        return failed(*(f"schema: {line}" for line in drift[:SHOWN]), f"{len(drift)} differences in all")
    return passed(f"schema {revision}")


async def _ownership(database: Database, settings: Settings) -> Verdict:
    owner = await read_owner(database)
    ours = (settings.bot_id, "sandbox" if settings.sandbox else "real")
    if owner is None:
        return warned("nobody owns the database yet: the first start will")
    if owner != ours:
        return failed(f"the database belongs to {owner[1]} bot {owner[0]}, not to {ours[1]} bot {ours[0]}")
    return passed(f"it belongs to {ours[1]} bot {ours[0]}")


async def _leadership(database: Database, system: System) -> Verdict:
    """By the lock itself, on a connection past the pool, and by the lease."""
    lease = await read_lease(database)
    bot_id = 0 if system.settings is None else system.settings.bot_id
    try:
        holder = await read_holder(system.direct_url or "", bot_id)
    except OSError:
        return failed("DATABASE_DIRECT_URL does not answer: nobody can become ACTIVE")
    if holder is None or not lease.alive:
        return warned("no instance is ACTIVE now")
    return passed(f"ACTIVE: {lease.instance}, epoch {lease.epoch}")
