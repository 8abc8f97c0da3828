"""How events reach their handlers."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.db import Database, Epoch, unit_is_open
from app.errors import StorageUnavailableError
from app.inbox import (
    Consumer,
    Event,
    Forgetting,
    Inbox,
    Listener,
    MalformedEventError,
    Pace,
    Step,
    apply_once,
    revive,
)
from tests.integration.inbox.conftest import (
    QUICK,
    Diary,
    a_message,
    consuming,
    statuses,
    stored,
    until_settled,
)


@pytest.mark.proves("F8")
async def test_what_a_passive_process_stored_is_processed_once_by_the_active_one(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    for number in range(20):
        await inbox.accept(a_message(number, person=number % 3))
    diary = Diary()
    async with consuming(database, epoch, diary):
        assert set((await until_settled(database)).values()) == {"done"}
    assert sorted(map(int, diary.ids())) == list(range(20))


@pytest.mark.proves("X3", "F4")
async def test_an_update_sent_fifty_times_has_one_effect(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    diary = Diary()
    async with consuming(database, epoch, diary):
        await asyncio.gather(*(inbox.accept(a_message(1)) for _ in range(50)))
        await until_settled(database)
        await inbox.accept(a_message(1))
    assert diary.ids() == ["1"]


@pytest.mark.proves("F22")
async def test_a_lane_runs_strictly_in_order_one_at_a_time(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    running: set[str] = set()

    async def overlap_would_show(event: Event) -> None:
        assert event.lane not in running
        running.add(event.lane)
        await asyncio.sleep(0.001 * (event.id % 3))
        running.remove(event.lane)

    diary = Diary(overlap_would_show)
    async with consuming(database, epoch, diary, scan=3):
        for number in range(90):
            await inbox.accept(a_message(number, person=number % 3))
        assert set((await until_settled(database)).values()) == {"done"}
    for person in "012":
        ids = [event.id for event in diary.seen if event.lane == person]
        assert ids == sorted(ids)
        assert len(ids) == 30


async def test_two_lanes_run_side_by_side(database: Database, epoch: Epoch, inbox: Inbox) -> None:
    meeting = asyncio.Barrier(2)

    async def meet(_: Event) -> None:
        async with asyncio.timeout(60):
            await meeting.wait()

    async with consuming(database, epoch, Diary(meet)):
        await inbox.accept(a_message(1, person=1))
        await inbox.accept(a_message(2, person=2))
        assert await until_settled(database) == {"1": "done", "2": "done"}


async def test_a_person_with_ten_thousand_messages_does_not_hold_up_another(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    await asyncio.gather(*(inbox.accept(a_message(number, person=1)) for number in range(1000)))
    await asyncio.gather(*(inbox.accept(a_message(2000 + number, person=3)) for number in range(300)))
    await inbox.accept(a_message(5000, person=2))
    diary = Diary(lambda event: asyncio.sleep(0.01) if event.lane != "2" else None)
    async with consuming(database, epoch, diary, scan=100):
        await diary.until(lambda: "5000" in diary.ids())
        assert len(diary.seen) < 100


async def test_never_more_handlers_run_than_allowed(database: Database, epoch: Epoch, inbox: Inbox) -> None:
    running = most = 0
    full = asyncio.Event()

    async def count(_: Event) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        if running == 5:
            full.set()
        await full.wait()
        await asyncio.sleep(0.002)
        running -= 1

    await asyncio.gather(*(inbox.accept(a_message(number, person=number)) for number in range(60)))
    async with consuming(database, epoch, Diary(count), lanes=5):
        await until_settled(database)
    assert most == 5


@pytest.mark.proves("X8")
async def test_an_event_that_always_fails_is_parked_with_its_trace_and_the_lane_goes_on(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    def fail_the_second(event: Event) -> None:
        if event.external_id == "2":
            raise ValueError("no such thing \0")

    diary = Diary(fail_the_second)
    async with consuming(database, epoch, diary):
        for number in (1, 2, 3):
            await inbox.accept(a_message(number))
        assert await until_settled(database) == {"1": "done", "2": "dead", "3": "done"}
        await diary.until(lambda: diary.given_up == ["2"])
    assert diary.ids() == ["1", "2", "2", "2", "3"]
    assert [event.attempt for event in diary.seen if event.external_id == "2"] == [1, 2, 3]
    assert "ValueError: no such thing" in str((await stored(database))[1].error)


@pytest.mark.proves("X8")
async def test_an_event_that_makes_no_sense_is_parked_without_a_second_try(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    def refuse(_: Event) -> None:
        raise MalformedEventError("no update")

    diary = Diary(refuse)
    async with consuming(database, epoch, diary):
        await inbox.accept(a_message(1))
        assert await until_settled(database) == {"1": "dead"}
    assert diary.ids() == ["1"]


async def test_the_retries_of_a_lane_take_ten_seconds_at_most() -> None:
    assert sum(Pace().retry_delays) <= 10


async def test_an_event_of_an_unknown_source_is_parked(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    await inbox.accept(replace(a_message(1), source="nobody knows"))
    async with consuming(database, epoch, Diary()):
        assert await until_settled(database) == {"1": "dead"}


async def test_a_handler_that_hangs_is_cut_and_counts_as_failed(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    diary = Diary(lambda _: asyncio.Event().wait())
    await inbox.accept(a_message(1))
    async with consuming(database, epoch, diary, handler_seconds=0.02):
        assert await until_settled(database) == {"1": "dead"}


async def test_giving_up_may_fail_without_stopping_the_lane(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    class Clumsy(Diary):
        async def handle(self, event: Event, epoch: Epoch) -> None:
            if event.external_id == "1":
                raise RuntimeError

        async def give_up(self, event: Event, epoch: Epoch) -> None:
            raise RuntimeError

    await inbox.accept(a_message(1))
    await inbox.accept(a_message(2))
    async with consuming(database, epoch, Clumsy()):
        assert await until_settled(database) == {"1": "dead", "2": "done"}


async def test_a_dead_letter_can_be_played_again(database: Database, epoch: Epoch, inbox: Inbox) -> None:
    healthy = False

    def fail_until_mended(_: Event) -> None:
        if not healthy:
            raise RuntimeError

    async with consuming(database, epoch, Diary(fail_until_mended)):
        await inbox.accept(a_message(1))
        assert await until_settled(database) == {"1": "dead"}
        backlog = await inbox.backlog()
        assert (backlog.waiting, backlog.dead) == (0, 1)
        healthy = True
        async with database.snapshot() as session:
            event_id = (await session.execute(text("SELECT id FROM inbox"))).scalar_one()
        for revived in (1, 0):
            async with database.unit_of_work(epoch) as session:
                assert await revive(session, [event_id]) == revived
        assert await until_settled(database) == {"1": "done"}


async def test_storage_away_is_not_the_events_fault(database: Database, epoch: Epoch, inbox: Inbox) -> None:
    diary = Diary()

    def away_for_ten_tries(_: Event) -> None:
        if len(diary.seen) <= 10:
            raise StorageUnavailableError

    diary.act = away_for_ten_tries
    await inbox.accept(a_message(1))
    async with consuming(database, epoch, diary, storage_delay=0.001):
        assert await until_settled(database) == {"1": "done"}
    assert len(diary.seen) == 11


async def test_a_retry_is_told_that_the_effect_is_committed(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    effects: list[bool] = []

    async def commit_then_fail_once(event: Event) -> None:
        async with database.unit_of_work(epoch) as session:
            effects.append(await apply_once(session, Step(event.id, epoch)))
        if not event.applied:
            raise RuntimeError("the send failed")

    diary = Diary(commit_then_fail_once)
    await inbox.accept(a_message(1))
    async with consuming(database, epoch, diary):
        assert await until_settled(database) == {"1": "done"}
    assert [event.applied for event in diary.seen] == [False, True]
    assert effects == [True, False]


async def test_applying_counts_only_when_its_unit_of_work_commits(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    await inbox.accept(a_message(1))
    async with database.snapshot() as reading:
        event_id = (await reading.execute(text("SELECT id FROM inbox"))).scalar_one()
    step = Step(event_id, epoch)
    with pytest.raises(RuntimeError):
        async with database.unit_of_work(epoch) as session:
            assert await apply_once(session, step)
            raise RuntimeError
    answers = []
    for _ in range(3):
        async with database.unit_of_work(epoch) as session:
            answers.append(await apply_once(session, step))
    assert answers == [True, False, False]


async def nothing_is_blamed(database: Database) -> None:
    """A reign has ended and its process has not."""
    async with asyncio.timeout(20):
        while True:
            if not any(row.attempts for row in await stored(database)):
                return
            await asyncio.sleep(0.01)


@pytest.mark.proves("X10")
async def test_a_fenced_out_consumer_stops_marks_nothing_and_says_so(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    fenced = asyncio.Event()

    async def lose_the_reign(_: Event) -> None:
        async with database.unfenced_unit_of_work() as session:
            await session.execute(text("UPDATE leader SET epoch = epoch + 1"))

    consumer = Consumer(database, {"telegram": Diary(lose_the_reign)}, on_fenced=fenced.set, pace=QUICK)
    await inbox.accept(a_message(1))
    async with asyncio.timeout(60):
        await consumer.run(epoch)
        await fenced.wait()
    assert await statuses(database) == {"1": "new"}
    assert not consumer.wake()
    await nothing_is_blamed(database)


async def test_a_fenced_out_handler_stops_the_consumer(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    async def write_in_a_later_reign(_: Event) -> None:
        async with database.unit_of_work(Epoch(epoch + 1)):
            pytest.fail("the fence let it in")

    fenced = asyncio.Event()
    consumer = Consumer(
        database, {"telegram": Diary(write_in_a_later_reign)}, on_fenced=fenced.set, pace=QUICK
    )
    await inbox.accept(a_message(1))
    async with asyncio.timeout(60):
        await consumer.run(epoch)
    assert fenced.is_set()
    assert await statuses(database) == {"1": "new"}


@pytest.mark.proves("X16")
async def test_stopping_lets_handlers_in_flight_finish_and_begins_no_other(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    going_on = asyncio.Event()
    diary = Diary(lambda _: going_on.wait())
    for number in (1, 2, 3):
        await inbox.accept(a_message(number))
    consumer = Consumer(database, {"telegram": diary}, pace=QUICK)
    running = asyncio.create_task(consumer.run(epoch))
    await diary.until(lambda: bool(diary.seen))
    stopping = asyncio.create_task(consumer.stop(5))
    await asyncio.sleep(0)
    going_on.set()
    await stopping
    await running
    assert diary.ids() == ["1"]
    rows = await stored(database)
    assert [row.status for row in rows] == ["done", "new", "new"]
    assert [row.attempts for row in rows] == [1, 0, 0]


async def test_stopping_cancels_what_does_not_end_in_time(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    diary = Diary(lambda _: asyncio.Event().wait())
    await inbox.accept(a_message(1))
    consumer = Consumer(database, {"telegram": diary}, pace=QUICK)
    running = asyncio.create_task(consumer.run(epoch))
    await diary.until(lambda: bool(diary.seen))
    async with asyncio.timeout(60):
        await consumer.stop(0.05)
        await running
    assert [(row.status, row.attempts) for row in await stored(database)] == [("new", 0)]


async def test_a_consumer_may_work_again_in_a_later_reign(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    diary = Diary()
    consumer = Consumer(database, {"telegram": diary}, pace=QUICK)
    for number in (1, 2):
        await inbox.accept(a_message(number))
        running = asyncio.create_task(consumer.run(epoch))
        await until_settled(database)
        await consumer.stop(1)
        await running
    assert diary.ids() == ["1", "2"]


@pytest.mark.proves("X11")
async def test_another_process_wakes_the_consumer_even_after_its_listener_was_cut(
    database: Database, database_url: str, epoch: Epoch, inbox: Inbox
) -> None:
    """The poll is far away, so only a NOTIFY can be what wakes it."""
    diary = Diary()
    listener = Listener(database_url, application_name="ears", reconnect_seconds=0.01)
    consumer = Consumer(database, {"telegram": diary}, listener=listener, pace=Pace(poll=600))
    running = asyncio.create_task(consumer.run(epoch))
    await inbox.accept(a_message(1))
    await diary.until(lambda: len(diary.seen) == 1)
    async with database.unfenced_unit_of_work() as session:
        cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ears'"
        await session.execute(text(cut))
    await inbox.accept(a_message(2))
    await diary.until(lambda: len(diary.seen) == 2)
    await consumer.stop(1)
    await running


async def test_without_any_wake_the_poll_finds_what_came(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    diary = Diary()
    async with consuming(database, epoch, diary):
        await inbox.accept(a_message(1))
        await diary.until(lambda: bool(diary.seen))


async def test_a_handler_is_called_outside_of_any_unit_of_work(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    open_units: list[bool] = []
    await inbox.accept(a_message(1))
    async with consuming(database, epoch, Diary(lambda _: open_units.append(unit_is_open()))):
        await until_settled(database)
    assert open_units == [False]


async def test_of_the_suspects_who_was_tried_least_goes_first(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    """An innocent one that is the oldest does not get the blame for each death of its process."""
    diary = Diary()
    for number in (1, 2, 3):
        await inbox.accept(a_message(number, person=number))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE inbox SET attempts = CASE external_id WHEN '1' THEN 6 ELSE 5 END"))
    async with consuming(database, epoch, diary):
        await until_settled(database)
    assert diary.ids() == ["2", "3", "1"]


@pytest.mark.proves("X6")
async def test_what_many_deaths_left_behind_is_not_worked_off_one_by_one(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    """Each death from outside makes all that were in work suspects; people wait behind them."""
    meeting = asyncio.Barrier(4)

    async def meet(_: Event) -> None:
        async with asyncio.timeout(60):
            await meeting.wait()

    for number in range(8):
        await inbox.accept(a_message(number, person=number))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE inbox SET attempts = 2"))
    async with consuming(database, epoch, Diary(meet), companies=(4, 1)):
        assert set((await until_settled(database)).values()) == {"done"}


async def test_what_an_earlier_process_began_is_told_from_what_is_tried_again(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    async def fail_once(event: Event) -> None:
        if event.attempt == 1:
            raise RuntimeError

    await inbox.accept(a_message(1))
    await inbox.accept(a_message(2, person=2))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE inbox SET attempts = 1 WHERE external_id = '2'"))
    diary = Diary(fail_once)
    async with consuming(database, epoch, diary):
        await until_settled(database)
    assert {(it.external_id, it.attempt, it.interrupted) for it in diary.seen} == {
        ("1", 1, False),
        ("1", 2, False),
        ("2", 2, True),
    }


@pytest.mark.proves("X6")
async def test_suspects_that_wait_for_each_other_leave_room_for_everybody_else(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    going_on = asyncio.Event()
    diary = Diary(lambda event: going_on.wait() if event.lane != "99" else None)
    for number in range(20):
        await inbox.accept(a_message(number, person=number))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE inbox SET attempts = 2"))
    async with consuming(database, epoch, diary, lanes=6, companies=(2,)) as consumer:
        await diary.until(lambda: len(diary.seen) == 2)
        await inbox.accept(a_message(99, person=99))
        consumer.wake()
        await diary.until(lambda: "99" in diary.ids())
        assert len(diary.seen) == 3
        going_on.set()
        assert set((await until_settled(database)).values()) == {"done"}


@pytest.mark.proves("X8")
async def test_suspects_that_were_in_every_company_run_one_at_a_time(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    running: list[str] = []

    async def overlap_would_show(event: Event) -> None:
        assert running == []
        running.append(event.lane)
        await asyncio.sleep(0.01)
        running.remove(event.lane)

    for number in range(6):
        await inbox.accept(a_message(number, person=number))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE inbox SET attempts = 5"))
    diary = Diary(overlap_would_show)
    async with consuming(database, epoch, diary):
        assert set((await until_settled(database)).values()) == {"done"}
    assert len(diary.seen) == 6


@pytest.mark.proves("F13")
async def test_memory_stays_bounded_however_long_the_backlog(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    """The claim counts on disk, so the table shows how many events were in memory at most."""
    going_on = asyncio.Event()
    diary = Diary(lambda _: going_on.wait())
    await asyncio.gather(*(inbox.accept(a_message(number, person=number % 40)) for number in range(400)))
    async with consuming(database, epoch, diary, lanes=8):
        await diary.until(lambda: len(diary.seen) == 8)
        assert sum(row.attempts for row in await stored(database)) == 8
        going_on.set()
        await until_settled(database)
    assert len(diary.seen) == 400


@pytest.mark.proves("S13")
async def test_old_done_events_are_forgotten_and_nothing_else(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    await inbox.accept(replace(a_message(1), done=True))
    await inbox.accept(a_message(2))
    assert await inbox.forget(epoch, older_than_seconds=3600) == 0
    assert await inbox.forget(epoch, older_than_seconds=0) == 1
    assert await statuses(database) == {"2": "new"}


@pytest.mark.proves("S13")
async def test_the_nightly_job_forgets_every_old_done_event_however_many_there_are(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    await inbox.accept(replace(a_message(1), done=True))
    await inbox.accept(a_message(2))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(
            text(
                "INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, done_at) "
                "SELECT 'telegram', '42', 'old' || n, sha256('x'), '1', 'x', 'done', now() - interval '8 days' "
                "FROM generate_series(1, 2500) AS n"
            )
        )
    await Forgetting(inbox).forget(epoch, 0)
    assert await statuses(database) == {"1": "done", "2": "new"}


async def test_stopping_ends_even_when_the_last_results_cannot_be_written_for_an_unknown_reason(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    going_on = asyncio.Event()
    diary = Diary(lambda _: going_on.wait())
    await inbox.accept(a_message(1))
    consumer = Consumer(database, {"telegram": diary}, pace=QUICK)
    running = asyncio.create_task(consumer.run(epoch))
    await diary.until(lambda: bool(diary.seen))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("ALTER TABLE inbox RENAME COLUMN done_at TO away"))
    stopping = asyncio.create_task(consumer.stop(5))
    going_on.set()
    async with asyncio.timeout(60):
        await stopping
    await asyncio.gather(running, return_exceptions=True)
