"""People arrive: known once, welcomed once."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.ledger import Balance, Ledger
from app.money import Kopecks
from app.users import Language, Person, UnknownUserError, User, UserService
from tests.integration.users.conftest import ANNA
from tests.integration.users.steps import NextStep


async def balance_of(database: Database, user_id: int) -> Balance:
    async with database.snapshot() as session:
        return await Ledger().balance(session, user_id)


async def seen_at(database: Database) -> datetime:
    async with database.snapshot() as session:
        moment: datetime = (await session.execute(text("SELECT seen_at FROM person"))).scalar_one()
        return moment


async def age(database: Database, interval: str) -> None:
    statement = text(f"UPDATE person SET seen_at = now() - interval '{interval}'")
    async with database.unfenced_unit_of_work() as session:
        await session.execute(statement)


async def test_a_person_is_new_exactly_once(users: UserService, epoch: Epoch) -> None:
    first = await users.arrive(epoch, ANNA)
    second = await users.arrive(epoch, ANNA)

    assert first == User(7, "Anna", "anna", Language.RU, banned=False, is_new=True)
    assert second == replace(first, is_new=False)


async def test_an_event_that_is_told_again_brings_the_same_newcomer_and_no_other_event_does(
    users: UserService, epoch: Epoch, database: Database
) -> None:
    told = [await users.arrive(epoch, ANNA, event_id=event) for event in (41, 41, 42)]
    nobody_knows_which = await users.arrive(epoch, ANNA)

    assert [user.is_new for user in (*told, nobody_knows_which)] == [True, True, False, False]
    assert (await balance_of(database, ANNA.id)).bonus == 20_000


async def test_the_language_for_somebody_is_their_own_else_that_of_their_client(
    users: UserService, epoch: Epoch, anna: User, next_step: NextStep
) -> None:
    await users.set_language(await next_step(), anna.id, Language.EN)
    assert await users.language(anna.id, "ru") is Language.EN
    assert await users.language(999, "uk") is Language.RU
    assert await users.language(999, "de-AT") is Language.EN


@pytest.mark.proves("F60")
async def test_the_promised_welcome_bonus_is_in_the_ledger_once(
    users: UserService, epoch: Epoch, database: Database
) -> None:
    for first_name in ("Anna", "Anna", "Anya"):
        await users.arrive(epoch, replace(ANNA, first_name=first_name))

    balance = await balance_of(database, ANNA.id)
    assert (balance.bonus, balance.cash) == (20_000, 0)


@pytest.mark.proves("F60")
async def test_many_first_arrivals_at_once_are_welcomed_once(
    users: UserService, epoch: Epoch, database: Database
) -> None:
    arrivals = await asyncio.gather(*(users.arrive(epoch, ANNA) for _ in range(8)))

    assert sum(user.is_new for user in arrivals) == 1
    assert (await balance_of(database, ANNA.id)).bonus == 20_000


@pytest.mark.proves("F59")
async def test_whoever_comes_back_under_another_name_or_after_being_forgotten_gets_no_second_bonus(
    users: UserService, database: Database, epoch: Epoch
) -> None:
    await users.arrive(epoch, ANNA, event_id=1)
    renamed = Person(ANNA.id, "Other", last_name="Name", username="new", language_code="en")
    assert not (await users.arrive(epoch, renamed, event_id=2)).is_new, "a block and /start again is this"
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("DELETE FROM person WHERE id = 7"))
    await users.arrive(epoch, renamed, event_id=3)
    assert (await balance_of(database, ANNA.id)).bonus == 20_000


async def test_without_a_configured_bonus_nothing_is_given(database: Database, epoch: Epoch) -> None:
    users = UserService(database, Ledger(), welcome_bonus=Kopecks(0))

    user = await users.arrive(epoch, ANNA)

    assert user.is_new
    assert (await balance_of(database, ANNA.id)).bonus == 0


async def test_a_changed_name_is_taken_over(users: UserService, epoch: Epoch, anna: User) -> None:
    renamed = await users.arrive(epoch, Person(7, "Anya", username=None, language_code="ru"))

    assert (renamed.first_name, renamed.username, renamed.is_new) == ("Anya", None, False)


async def test_an_arrival_that_tells_nothing_new_writes_nothing(
    users: UserService, epoch: Epoch, anna: User, database: Database
) -> None:
    before = await seen_at(database)

    await users.arrive(epoch, ANNA)

    assert await seen_at(database) == before


async def test_the_time_of_the_last_arrival_is_kept_to_the_hour(
    users: UserService, epoch: Epoch, anna: User, database: Database
) -> None:
    await age(database, "61 minutes")
    before = await seen_at(database)

    await users.arrive(epoch, ANNA)

    assert await seen_at(database) > before


async def test_the_language_a_person_chose_wins_over_the_clients(
    users: UserService, epoch: Epoch, anna: User, next_step: NextStep
) -> None:
    chosen = await users.set_language(await next_step(), anna.id, Language.EN)
    again = await users.arrive(epoch, replace(ANNA, first_name="Anya"))

    assert (chosen.language, again.language) == (Language.EN, Language.EN)


async def test_a_replayed_choice_of_language_does_not_undo_a_later_one(
    users: UserService, anna: User, next_step: NextStep
) -> None:
    first = await next_step()
    await users.set_language(first, anna.id, Language.EN)
    await users.set_language(await next_step(), anna.id, Language.RU)

    replayed = await users.set_language(first, anna.id, Language.EN)

    assert replayed.language is Language.RU


async def test_nobody_sets_the_language_of_a_stranger(users: UserService, next_step: NextStep) -> None:
    with pytest.raises(UnknownUserError):
        await users.set_language(await next_step(), 404, Language.EN)


async def test_a_ban_lasts_until_it_is_taken_back(
    users: UserService, database: Database, epoch: Epoch, anna: User
) -> None:
    async with database.unit_of_work(epoch) as session:
        await users.ban(session, anna.id)
    during = await users.arrive(epoch, ANNA)
    async with database.unit_of_work(epoch) as session:
        await users.unban(session, anna.id)
    after = await users.arrive(epoch, ANNA)

    assert (during.banned, after.banned) == (True, False)


async def test_a_locked_person_waits_for_nobody_but_the_holder_of_the_row(
    users: UserService, epoch: Epoch, anna: User, database: Database
) -> None:
    order: list[str] = []
    locked = asyncio.Event()

    async def second() -> None:
        await locked.wait()
        async with database.unit_of_work(epoch) as session:
            await users.lock(session, anna.id)
            order.append("second")

    waiting = asyncio.create_task(second())
    async with database.unit_of_work(epoch) as session:
        await users.lock(session, anna.id)
        locked.set()
        await _until_somebody_waits(database)
        order.append("first")
    await waiting

    assert order == ["first", "second"]


async def _until_somebody_waits(database: Database) -> None:
    blocked = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
    async with asyncio.timeout(60):
        while True:
            async with database.snapshot() as session:
                if (await session.execute(blocked)).scalar_one():
                    return
