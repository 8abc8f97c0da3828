"""What many callers at once cannot do to the books."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

import pytest

from app.db import Database, Epoch, Session
from app.ledger import (
    Balance,
    HoldResolvedError,
    InsufficientFundsError,
    KeyReusedError,
    Ledger,
    payments_account,
)
from app.money import Kopecks

STARS = payments_account("stars")
ANNA = 1001
BORIS = 1002
RACES = 300

ledger = Ledger()
Work = Callable[[Session], Awaitable[object]]


@pytest.mark.proves("X21", "F52")
async def test_parallel_holds_take_exactly_what_the_balance_covers(database: Database, epoch: Epoch) -> None:
    await run(database, epoch, _credit(ANNA, 100, "in"))
    outcomes = await at_once(
        database, epoch, [_hold(ANNA, 7, f"hold:{n}") for n in range(200)], refused=InsufficientFundsError
    )
    assert outcomes == {"done": 14, "refused": 186}
    now = await balance(database, ANNA)
    assert (now.cash, now.cash_held) == (100, 98)


@pytest.mark.proves("F50", "F53")
async def test_a_hundred_callers_with_one_key_make_one_transfer_and_see_no_error(
    database: Database, epoch: Epoch
) -> None:
    transfers = await asyncio.gather(*(run(database, epoch, _credit(ANNA, 100, "in")) for _ in range(100)))
    holds = await asyncio.gather(*(run(database, epoch, _hold(ANNA, 60, "hold:1")) for _ in range(100)))
    assert len(set(transfers)) == len(set(holds)) == 1
    now = await balance(database, ANNA)
    assert (now.cash, now.cash_held) == (100, 60)


async def test_one_key_for_two_people_goes_to_one_of_them(database: Database, epoch: Epoch) -> None:
    people = range(1, 31)
    outcomes = await at_once(
        database,
        epoch,
        [_credit(person, 100, "in") for person in people],
        refused=KeyReusedError,
    )
    assert outcomes == {"done": 1, "refused": 29}
    assert sum([(await balance(database, person)).cash for person in people]) == 100


@pytest.mark.proves("X31", "F50")
async def test_capture_and_release_at_once_leave_exactly_one(database: Database, epoch: Epoch) -> None:
    await run(database, epoch, _credit(ANNA, RACES, "in"))
    for n in range(RACES):
        await run(database, epoch, _hold(ANNA, 1, f"hold:{n}"))

    async def race(n: int) -> None:
        outcomes = await at_once(database, epoch, [_capture(n), _release(n)], refused=HoldResolvedError)
        assert outcomes == {"done": 1, "refused": 1}

    for start in range(0, RACES, 10):
        await asyncio.gather(*(race(n) for n in range(start, start + 10)))
    now = await balance(database, ANNA)
    assert now.cash_held == 0
    assert 0 <= now.cash <= RACES


@pytest.mark.proves("X20")
async def test_units_that_touch_two_people_in_opposite_order_do_not_deadlock(
    database: Database, epoch: Epoch
) -> None:
    def pay(first: int, second: int, n: int) -> Work:
        async def work(session: Session) -> None:
            await ledger.lock(session, [first, second])
            await credit(session, first, 10, f"in:{first}:{n}")
            await credit(session, second, 10, f"gift:{second}:{n}")

        return work

    pairs = [pay(ANNA, BORIS, n) if n % 2 else pay(BORIS, ANNA, n) for n in range(100)]
    assert await at_once(database, epoch, pairs, refused=KeyReusedError) == {"done": 100}
    assert (await balance(database, ANNA)).cash == (await balance(database, BORIS)).cash == 1000


async def test_a_unit_without_a_statement_of_its_own_is_a_transaction_all_the_same(
    database: Database,
) -> None:
    with pytest.raises(KeyReusedError):
        async with database.unfenced_unit_of_work() as session:
            await credit(session, ANNA, 10, "in")
            raise KeyReusedError("another part of the unit")
    assert (await balance(database, ANNA)).cash == 0


@pytest.mark.proves("F55")
async def test_a_unit_of_work_that_fails_leaves_no_trace_in_the_books(
    database: Database, epoch: Epoch
) -> None:
    async def work(session: Session) -> None:
        await credit(session, ANNA, 10, "in")
        raise KeyReusedError("another part of the unit")

    with pytest.raises(KeyReusedError):
        await run(database, epoch, work)
    assert (await balance(database, ANNA)).cash == 0


async def run(database: Database, epoch: Epoch, work: Work) -> object:
    async with database.unit_of_work(epoch) as session:
        return await work(session)


async def at_once(
    database: Database, epoch: Epoch, works: list[Work], *, refused: type[Exception]
) -> Counter[str]:
    """Starts them together; counts what was done and what was refused with exactly this error."""

    async def outcome(work: Work) -> str:
        try:
            await run(database, epoch, work)
        except refused:
            return "refused"
        return "done"

    return Counter(await asyncio.gather(*(outcome(work) for work in works)))


async def balance(database: Database, user_id: int) -> Balance:
    async with database.snapshot() as session:
        assert await ledger.audit(session) == []
        return await ledger.balance(session, user_id)


async def credit(session: Session, user_id: int, amount: int, key: str) -> int:
    return await ledger.credit(session, user_id=user_id, amount=Kopecks(amount), source=STARS, key=key)


def _credit(user_id: int, amount: int, key: str) -> Work:
    return lambda session: credit(session, user_id, amount, key)


def _hold(user_id: int, amount: int, key: str) -> Work:
    return lambda session: ledger.hold(session, user_id=user_id, amount=Kopecks(amount), key=key)


def _capture(n: int) -> Work:
    return lambda session: ledger.capture(session, hold_key=f"hold:{n}", key=f"capture:{n}")


def _release(n: int) -> Work:
    return lambda session: ledger.release(session, hold_key=f"hold:{n}", key=f"release:{n}")
