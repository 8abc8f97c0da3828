"""The staff's services by themselves: the role is checked where it is written, and each write has its row."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from app.admin import Adjustment, Desks, Direction, NotAllowedError, Rate, Role
from app.db import Database, Epoch
from app.inbox import Step
from app.ledger import Bucket, Ledger
from app.money import Kopecks
from app.users import Person, User
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, House, build_house


def gift(user_id: int) -> Adjustment:
    """A kopeck."""
    return Adjustment(user_id, Direction.GIVE, Bucket.CASH, Kopecks(1), "x")


ACTS: dict[str, Callable[[Desks, Step, int, int], Awaitable[object]]] = {
    "credit": lambda desks, step, who, whom: desks.money.adjust(step, who, gift(whom)),
    "debit": lambda desks, step, who, whom: desks.money.adjust(
        step, who, replace(gift(whom), direction=Direction.TAKE)
    ),
    "assign": lambda desks, step, who, whom: desks.strange.assign(step, who, 1, whom, "x"),
    "keep": lambda desks, step, who, whom: desks.strange.keep(step, who, 1, "x"),
    "ban": lambda desks, step, who, whom: desks.admin.ban(step, who, whom, "x"),
    "unban": lambda desks, step, who, whom: desks.admin.unban(step, who, whom, "x"),
    "refund generation": lambda desks, step, who, whom: desks.admin.refund_generation(step, who, 1, "x"),
    "refund payment": lambda desks, step, who, whom: desks.money.pay_back(step, who, 1, "x"),
    "refund into debt": lambda desks, step, who, whom: desks.money.pay_back(
        step, who, 1, "x", most_debt=Kopecks(1)
    ),
    "rates": lambda desks, step, who, whom: desks.rates.change(step, who, Rate.MARKUP, Decimal(3), "x"),
    "approve": lambda desks, step, who, whom: desks.receipts.approve(step, who, 1, Kopecks(1)),
    "reject": lambda desks, step, who, whom: desks.receipts.reject(step, who, 1, "x"),
    "grant": lambda desks, step, who, whom: desks.crew.grant(step, who, whom, Role.OPERATOR),
    "take": lambda desks, step, who, whom: desks.crew.take(step, who, whom),
}


@pytest.fixture
def desks(house: House) -> Desks:
    """With two owners."""
    return house.desks


async def rows(database: Database) -> int:
    async with database.snapshot() as session:
        return int((await session.execute(text("SELECT count(*) FROM action_log"))).scalar_one())


@pytest.mark.proves("S4")
@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("role", [Role.READ_ONLY, None])
async def test_a_service_refuses_whoever_lacks_the_right_and_writes_nothing(
    desks: Desks, database: Database, next_step: NextStep, people: list[User], act: str, role: Role | None
) -> None:
    if role is not None:
        await desks.crew.grant(await next_step(), OWNERS[0], 7, role)
    before = await rows(database)
    with pytest.raises(NotAllowedError):
        await ACTS[act](desks, await next_step(), 7, 8)
    assert await rows(database) == before


async def test_two_rates_changed_at_once_are_both_in_force(
    desks: Desks, database: Database, next_step: NextStep, people: list[User]
) -> None:
    await asyncio.gather(
        desks.rates.change(await next_step(), OWNERS[0], Rate.MARKUP, Decimal(3), "a"),
        desks.rates.change(await next_step(), OWNERS[1], Rate.USD_RUB, Decimal(90), "b"),
    )
    async with database.snapshot() as session:
        newest = text("SELECT markup, usd_rub FROM rates ORDER BY id DESC LIMIT 1")
        assert tuple((await session.execute(newest)).one()) == (Decimal(3), Decimal(90))
    assert await rows(database) == 2


async def test_the_row_of_the_log_and_the_money_are_one_unit(
    desks: Desks, database: Database, next_step: NextStep, people: list[User]
) -> None:
    """A log that cannot be written means that no money moves."""
    with pytest.raises(Exception, match="reason"):
        await desks.money.adjust(await next_step(), OWNERS[0], replace(gift(8), reason=""))
    async with database.snapshot() as session:
        assert (await Ledger().balance(session, 8)).cash == 0
    assert await rows(database) == 0


async def test_a_person_is_found_by_id_and_by_name_in_any_case(
    database: Database, tmp_path: Path, epoch: Epoch
) -> None:
    house = build_house(database, tmp_path)
    await house.users.arrive(epoch, Person(55, "Anna", username="Anna_K"))
    for wanted in ("55", " 55 ", "@anna_k", "ANNA_K"):
        found = await house.desks.admin.find(wanted)
        assert found is not None, wanted
        assert found.user.id == 55
    for wanted in ("", "@", "56", "9" * 40, "anna", "%"):
        assert await house.desks.admin.find(wanted) is None, wanted


async def test_rates_of_one_instance_are_in_force_on_another_with_its_next_update(
    desks: Desks, database: Database, next_step: NextStep, people: list[User], tmp_path: Path
) -> None:
    other = build_house(database, tmp_path)
    await desks.rates.change(await next_step(), OWNERS[0], Rate.STAR_RUB, Decimal("1.5"), "promotion")
    await other.rates.refresh()
    assert other.payments.terms.star_rub == Decimal("1.5")
