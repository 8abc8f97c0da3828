"""The staff's desks over real services, with two owners and two others."""

from pathlib import Path

import pytest

from app.db import Database, Epoch
from app.payments import Arrival, Method, Payment
from app.users import Person, User
from tests.integration.users.steps import NextStep, event_source
from tests.unit.bot.house import OWNERS, House, build_house


@pytest.fixture
def house(database: Database, tmp_path: Path) -> House:
    """Everything; Telegram is never reached."""
    return build_house(database, tmp_path)


@pytest.fixture
def next_step(database: Database, epoch: Epoch) -> NextStep:
    """A new event at each call."""
    return event_source(database, epoch)


@pytest.fixture
async def people(house: House, epoch: Epoch) -> list[User]:
    """Two owners, 7 and 8; all have agreed to the terms."""
    there = [await house.users.arrive(epoch, Person(number, f"P{number}")) for number in (*OWNERS, 7, 8)]
    for person in there:
        await house.consents.agree(epoch, person.id, house.consents.version)
    return there


async def paid(house: House, epoch: Epoch, payer: int, charge: str, payload: str = "nowhere") -> Payment:
    """100 Stars, worth 100 roubles, came in."""
    return await house.payments.credit(epoch, Arrival(Method.STARS, charge, payer, "XTR", 100, payload))
