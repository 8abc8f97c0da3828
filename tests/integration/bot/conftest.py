"""The whole bot over real services on a real Postgres; only Telegram is a stand-in."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from tests.unit.bot.house import House, build_house
from tests.unit.bot.people import Somebody, Wire


@dataclass(frozen=True)
class LivingHouse(House):
    """A house with its database and the wire that leads into it."""

    database: Database
    epoch: Epoch
    wire: Wire

    async def agree(self, person: Somebody) -> None:
        """Records a consent without the tap."""
        await self.consents.agree(self.epoch, person.id, self.consents.version)

    async def ban(self, person: Somebody) -> None:
        """Shuts a person out."""
        async with self.database.unit_of_work(self.epoch) as session:
            await self.users.ban(session, person.id)


@pytest.fixture
def house(database: Database, epoch: Epoch, tmp_path: Path) -> LivingHouse:
    """A reign has begun."""

    async def store(number: int, payload: bytes) -> int:
        async with database.unfenced_unit_of_work() as session:
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
    return LivingHouse(**vars(built), database=database, epoch=epoch, wire=wire)


@pytest.fixture
async def ivan(house: LivingHouse) -> Somebody:
    """A person who has never written before, and whom nobody has to ask for consent (see test_consent)."""
    ivan = Somebody(house.wire)
    await house.agree(ivan)
    return ivan
