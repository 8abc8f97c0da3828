"""The whole bot over real services on a real Postgres; only Telegram is a stand-in."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.users import words_in_force
from tests.unit.bot.house import House, build_house
from tests.unit.bot.people import Somebody, Wire

AGREED = text("INSERT INTO consent (user_id, version) VALUES (:person, :version) ON CONFLICT DO NOTHING")


@dataclass(frozen=True)
class LivingHouse(House):
    """A house with its database and the wire that leads into it."""

    database: Database
    epoch: Epoch
    wire: Wire
    unasked: set[int]
    """Everybody else has agreed to the terms before they begin."""

    async def ban(self, person: Somebody) -> None:
        """Shuts a person out."""
        async with self.database.unit_of_work(self.epoch) as session:
            await self.users.ban(session, person.id)


def senders(payload: bytes) -> set[int]:
    """Who made an update."""
    update = json.loads(payload)
    return {it["from"]["id"] for it in update.values() if isinstance(it, dict) and "from" in it}


@pytest.fixture
def house(database: Database, epoch: Epoch, tmp_path: Path) -> LivingHouse:
    """A reign has begun."""

    unasked: set[int] = set()

    async def store(number: int, payload: bytes) -> int:
        async with database.unfenced_unit_of_work() as session:
            for person in senders(payload) - unasked:
                await session.execute(AGREED, {"person": person, "version": words_in_force(None)})
            inserted = await session.execute(
                text(
                    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload)"
                    " VALUES ('telegram', '', :number, '\\x00', 'lane', :payload) RETURNING id"
                ),
                {"number": str(number), "payload": payload},
            )
            return int(inserted.scalar_one())

    built = build_house(database, tmp_path)
    wire = Wire(built.telegram, built.side.events, epoch, store)
    return LivingHouse(**vars(built), database=database, epoch=epoch, wire=wire, unasked=unasked)


@pytest.fixture
def ivan(house: LivingHouse) -> Somebody:
    """A person who has never written before."""
    return Somebody(house.wire)
