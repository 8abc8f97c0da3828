"""A person is deleted: what is on its way first, then everything that is personal; the books stay."""

import asyncio

import pytest

from app.errors import FencedOutError
from app.jobs import Worker, WorkerLimits
from app.money import Stars
from app.payments import Arrival, Method, PreCheckout, ProviderAwayError
from app.privacy import PRIVACY_POLICIES, PRIVACY_SWEEP, privacy_jobs
from app.users import Language, Presence
from tests.fakes import until
from tests.integration.privacy.conftest import ANNA, SECRET, Doorway

HELD = "SELECT count(*) FROM generation WHERE user_id = 7 AND state = 'held'"


async def presence(doorway: Doorway) -> Presence:
    world = doorway.shop.world
    async with world.database.snapshot() as session:
        return (await world.users.get(session, 7)).presence


async def depart(doorway: Doorway) -> None:
    await doorway.settle()
    await doorway.leave()
    assert [await doorway.look() for _ in range(2)] == ["emptied", "done"]


@pytest.mark.proves("S13")
async def test_nothing_personal_is_left_anywhere_and_the_books_balance(doorway: Doorway) -> None:
    ledger = "SELECT count(*) FROM ledger_transfer WHERE user_id = 7"
    before = await doorway.shop.world.count(ledger)
    assert len(await doorway.places_of(SECRET)) >= 9, "else nothing is proven here"

    await depart(doorway)

    assert await doorway.places_of(SECRET) == []
    assert await doorway.shop.findings() == []
    assert await doorway.shop.world.count(ledger) >= before
    assert await doorway.value("SELECT payload FROM inbox WHERE external_id = 'paid'") != b""
    assert await doorway.value("SELECT model_key FROM favourite WHERE user_id = 8") == "of another"
    assert doorway.news.gone_people == [(7, Language.RU)]


@pytest.mark.proves("S13")
async def test_our_copies_of_the_results_go_and_those_of_others_stay(doorway: Doorway) -> None:
    own, others = doorway.files / "results" / "1" / "1.png", doorway.files / "results" / "99" / "1.png"
    for path in (own, others):
        path.parent.mkdir(parents=True)
        path.write_bytes(b"x")

    await depart(doorway)

    assert (own.exists(), others.exists()) == (False, True)


@pytest.mark.proves("X50")
async def test_what_is_on_its_way_is_cancelled_or_waited_for_and_the_books_balance_after_each_step(
    doorway: Doorway,
) -> None:
    world = doorway.shop.world
    running = await world.started()
    assert running.task_id is not None
    assert await world.count(HELD) == 1
    undecided = "UPDATE receipt SET state = 'waiting', decided_by = NULL, decided_at = NULL, reason = NULL"
    await world.execute(undecided)
    await doorway.leave()
    assert await presence(doorway) is Presence.LEAVING

    assert await doorway.look() == "asked"
    assert await world.count(HELD) == 0
    assert await world.count("SELECT count(*) FROM generation WHERE state = 'submitted'") == 1
    assert (await doorway.balance()).held > 0, "the price of what runs"
    assert await doorway.shop.findings() == []

    world.provider.succeed(running.task_id)
    await world.check_when_due(running)
    assert await doorway.look() == "asked"
    await world.deliverer.deliver(world.epoch, running.id)
    await doorway.settle()
    assert await doorway.look() == "asked", "an operator has not decided about the receipt"
    assert (await doorway.privacy.farewell(7)).waiting == 1
    await world.execute("UPDATE receipt SET state = 'rejected', decided_by = 1, reason = 'unreadable'")

    assert await doorway.look() == "emptied"
    assert (await doorway.balance()).held == 0
    assert await doorway.shop.findings() == []
    assert await doorway.look() == "done"
    assert await doorway.places_of(SECRET) == []


@pytest.mark.proves("X50")
async def test_it_goes_on_in_the_next_reign_wherever_the_last_one_ended(doorway: Doorway) -> None:
    world = doorway.shop.world
    await doorway.settle()
    await doorway.leave()
    departure = await world.count("SELECT id FROM departure")
    states = [await doorway.value("SELECT state FROM departure")]
    for _ in range(3):
        old = world.epoch
        await world.take_over()
        with pytest.raises(FencedOutError):
            await doorway.departures.go_on(old, departure)
        assert await doorway.value("SELECT state FROM departure") == states[-1], "a zombie does nothing"
        states.append(await doorway.look())
        if states[-1] == "done":
            break

    assert states == ["asked", "emptied", "done"]
    assert await doorway.look() == "done"
    assert await world.count("SELECT count(*) FROM action_log WHERE action = 'account_deleted'") == 1
    assert await doorway.shop.findings() == []


@pytest.mark.proves("X50")
async def test_a_worker_does_it_all_by_itself_and_a_lost_wake_up_is_missed(doorway: Doorway) -> None:
    world = doorway.shop.world
    await doorway.settle()
    await doorway.leave()
    await world.empty_the_queue()
    await world.execute("UPDATE departure SET look_at = now() - interval '6 minutes'")
    jobs = privacy_jobs(world.database, doorway.exporter, doorway.departures)
    await jobs[PRIVACY_SWEEP.job](world.epoch, 0)
    limits = WorkerLimits("test-privacy", concurrency=2, polling_interval=0.05)
    worker = Worker(world.database, world.url, jobs, PRIVACY_POLICIES, limits)

    async def done() -> bool:
        return await doorway.value("SELECT state FROM departure") == "done"

    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run(world.epoch))
        await until(done)
        await worker.stop(drain=1.0)

    assert doorway.news.gone_people == [(7, Language.RU)]
    assert await doorway.shop.findings() == []


@pytest.mark.proves("X50")
async def test_paid_money_is_given_up_only_as_it_was_shown_and_what_comes_later_stays(
    doorway: Doorway,
) -> None:
    world = doorway.shop.world
    await doorway.settle()
    shown = (await doorway.privacy.farewell(7)).paid
    assert shown > 0
    await doorway.shop.pay(7, 10, "later")
    changed = await doorway.privacy.leave(await world.next_step(), 7, shown)
    assert changed is not None
    assert changed.paid == shown + 1000
    assert await presence(doorway) is Presence.HERE

    payments = doorway.shop.payments
    order = await payments.create_order(await world.next_step(), 7, payments.terms.wish(Stars(25)))
    await doorway.leave()
    arrived = Arrival(Method.STARS, "on its way", 7, "XTR", 25, order.payload)
    await payments.credit(world.epoch, arrived)
    assert await doorway.look() == "emptied"

    balance = await doorway.balance()
    assert (balance.cash, balance.bonus) == (2500, 0)
    assert await doorway.shop.findings() == []


@pytest.mark.proves("F59")
async def test_whoever_comes_back_is_not_new_and_a_ban_and_the_free_runs_come_back_with_them(
    doorway: Doorway,
) -> None:
    world = doorway.shop.world
    await doorway.settle()
    await doorway.leave()
    async with world.database.unit_of_work(world.epoch) as session:
        await world.users.ban(session, 7)
    free_runs = await world.count("SELECT count(*) FROM free_use WHERE user_id = 7")
    assert [await doorway.look() for _ in range(2)] == ["emptied", "done"]

    assert (await world.users.arrive(world.epoch, ANNA)).presence is Presence.GONE
    assert await doorway.places_of(SECRET) == [], "an arrival of somebody who is gone stores nothing"
    back = await doorway.privacy.come_back(world.epoch, ANNA)

    assert back is not None
    assert (back.presence, back.banned, back.is_new) == (Presence.HERE, True, False)
    assert not (await world.users.arrive(world.epoch, ANNA)).is_new
    assert (await doorway.balance()).bonus == 0
    assert await world.count("SELECT count(*) FROM free_use WHERE user_id = 7") == free_runs > 0
    assert await doorway.privacy.come_back(world.epoch, ANNA) is None, "nobody comes back twice"


async def test_nothing_is_paid_any_more_and_a_telegram_that_is_away_holds_everything_up(
    doorway: Doorway,
) -> None:
    world, payments = doorway.shop.world, doorway.shop.payments
    await doorway.settle()
    order = await payments.create_order(await world.next_step(), 7, payments.terms.wish(Stars(50)))
    query = PreCheckout("q", 7, "XTR", 50, order.payload)
    assert (await payments.check_pre_checkout(query)).ok
    await doorway.leave()
    assert not (await payments.check_pre_checkout(query)).ok
    doorway.stars.is_away = True
    with pytest.raises(ProviderAwayError):
        await doorway.look()
    assert await doorway.value("SELECT state FROM departure") == "asked"

    doorway.stars.is_away = False
    assert await doorway.look() == "emptied"

    assert doorway.stars.renewals == [("c1", False)]
    assert await doorway.value("SELECT renewal FROM subscription") == "canceled"
