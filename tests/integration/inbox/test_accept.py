"""What `Inbox.accept` promises to whoever is told that it was stored."""

import asyncio
from dataclasses import replace

import asyncpg
import pytest
from sqlalchemy import text

from app.db import Database
from app.db.direct import connect_direct
from app.errors import OverloadedError, StorageUnavailableError
from app.inbox import Capacity, Inbox, MalformedEventError
from app.inbox.events import Incoming
from tests.integration.inbox.conftest import a_message, inbox_on, statuses, stored


@pytest.mark.proves("X3")
async def test_an_update_that_comes_fifty_times_through_two_instances_is_one_row(
    database: Database, inbox: Inbox
) -> None:
    async with inbox_on(database) as other:
        answers = await asyncio.gather(*(it.accept(a_message(1)) for _ in range(25) for it in (inbox, other)))
    assert sorted(answers) == [False] * 49 + [True]
    assert len(await stored(database)) == 1


@pytest.mark.proves("X5")
async def test_the_same_number_with_another_body_is_a_new_event(database: Database, inbox: Inbox) -> None:
    assert await inbox.accept(a_message(1, words="before the idle week"))
    assert await inbox.accept(a_message(1, words="after it"))
    assert not await inbox.accept(a_message(1, words="after it"))
    assert len(await stored(database)) == 2


@pytest.mark.proves("X4")
async def test_an_update_redelivered_long_after_is_known(database: Database, inbox: Inbox) -> None:
    await inbox.accept(replace(a_message(1), done=True))
    assert not await inbox.accept(a_message(1))
    assert await statuses(database) == {"1": "done"}


async def test_what_was_acknowledged_is_committed_already(database_url: str, inbox: Inbox) -> None:
    witness = await connect_direct(database_url, application_name="witness")
    for number in range(1, 30):
        await inbox.accept(a_message(number))
        assert await witness.fetchval("SELECT count(*) FROM inbox") == number
    await witness.close()


async def test_a_commit_is_on_disk_even_where_the_server_would_not_wait(database_url: str) -> None:
    """The trigger sees the level that the commit will have."""
    witness = await connect_direct(database_url, application_name="witness")
    await witness.execute(
        """
        CREATE TABLE levels (level text);
        CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN INSERT INTO levels SELECT current_setting('synchronous_commit'); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER note AFTER INSERT ON inbox DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION note();
        """
    )
    name = await witness.fetchval("SELECT current_database()")
    await witness.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    careless = Database(database_url, application_name="careless", max_connections=2)
    async with inbox_on(careless) as inbox:
        await inbox.accept(a_message(1))
    assert await witness.fetchval("SELECT level FROM levels") == "on"
    await careless.close()
    await witness.close()


async def test_one_bad_row_does_not_poison_its_neighbours(database: Database, inbox: Inbox) -> None:
    bad = replace(a_message(2), external_id="nul \0 in a text")
    surrogate = replace(a_message(4), lane="\ud800")
    batch = [a_message(1), bad, a_message(3), surrogate, a_message(5), a_message(1)]
    answers = await asyncio.gather(*map(inbox.accept, batch), return_exceptions=True)
    assert [type(answer) for answer in answers] == [
        bool,
        MalformedEventError,
        bool,
        MalformedEventError,
        bool,
        bool,
    ]
    assert await statuses(database) == {"1": "new", "3": "new", "5": "new"}


async def test_raw_bytes_that_no_text_could_hold_are_kept(database: Database, inbox: Inbox) -> None:
    await inbox.accept(replace(a_message(1), payload=b"\0\xff\xfe"))
    async with database.snapshot() as session:
        assert (await session.execute(text("SELECT payload FROM inbox"))).scalar_one() == b"\0\xff\xfe"


@pytest.mark.proves("F9", "X17", "S17")
async def test_a_burst_of_ten_times_the_bound_is_refused_in_part_and_loses_nothing(
    database: Database,
) -> None:
    refused = 0

    async def send(inbox: Inbox, number: int) -> None:
        nonlocal refused
        while True:
            try:
                await inbox.accept(a_message(number))
                return
            except OverloadedError:
                refused += 1
                await asyncio.sleep(0.002)

    async with inbox_on(database, capacity=Capacity(events=50, batch=10)) as inbox, asyncio.timeout(60):
        await asyncio.gather(*(send(inbox, number) for number in range(500)))
    assert refused > 0
    assert len(await stored(database)) == 500


async def test_the_bound_counts_bytes_as_well(database: Database) -> None:
    big = replace(a_message(1), payload=b"x" * 600)
    async with inbox_on(database, capacity=Capacity(payload_bytes=1000)) as inbox:
        answers = await asyncio.gather(inbox.accept(big), inbox.accept(big), return_exceptions=True)
        assert [type(answer) for answer in answers] == [bool, OverloadedError]
        assert await inbox.accept(replace(a_message(2), payload=b"x" * 600))


@pytest.mark.proves("F10")
async def test_a_hundred_updates_at_once_are_all_stored(database: Database, inbox: Inbox) -> None:
    answers = await asyncio.gather(*(inbox.accept(a_message(number)) for number in range(100)))
    assert all(answers)
    assert len(await stored(database)) == 100


async def test_storage_away_is_told_to_everyone_who_waits() -> None:
    nowhere = Database("postgresql://trt:x@127.0.0.1:1/trt", application_name="test", max_connections=1)
    async with inbox_on(nowhere) as inbox:
        answers = await asyncio.gather(
            *(inbox.accept(a_message(n)) for n in range(5)), return_exceptions=True
        )
    assert [type(answer) for answer in answers] == [StorageUnavailableError] * 5
    await nowhere.close()


@pytest.mark.proves("X17")
async def test_after_its_connections_were_cut_the_inbox_recovers_alone(
    database: Database, inbox: Inbox
) -> None:
    await inbox.accept(a_message(1))
    async with database.unfenced_unit_of_work() as session:
        await session.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await accepted_at_last(inbox, a_message(2))
    assert await statuses(database) == {"1": "new", "2": "new"}


async def accepted_at_last(inbox: Inbox, incoming: Incoming) -> None:
    """Sends again until it is stored, as Telegram does."""
    async with asyncio.timeout(60):
        while True:
            try:
                await inbox.accept(incoming)
                return
            except StorageUnavailableError:
                await asyncio.sleep(0.01)


@pytest.mark.proves("X18")
async def test_a_read_only_database_acknowledges_nothing(database: Database, database_url: str) -> None:
    witness = await connect_direct(database_url, application_name="witness")
    name = await witness.fetchval("SELECT current_database()")
    await witness.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    full = Database(database_url, application_name="full", max_connections=2)
    with pytest.raises(StorageUnavailableError):
        async with inbox_on(full) as inbox:
            await inbox.accept(a_message(1))
    assert await statuses(database) == {}
    await full.close()
    await witness.close()


async def test_a_statement_that_hangs_is_given_up_and_told(database: Database, database_url: str) -> None:
    witness = await connect_direct(database_url, application_name="witness")
    async with inbox_on(database, capacity=Capacity(seconds=0.2)) as inbox:
        async with witness.transaction():
            await witness.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(StorageUnavailableError):
                await inbox.accept(a_message(1))
        await accepted_at_last(inbox, a_message(2))
    assert "2" in await statuses(database)
    await witness.close()


@pytest.mark.proves("X19")
async def test_an_exhausted_pool_is_told_within_the_inboxs_own_patience_not_the_pools(
    database_url: str,
) -> None:
    busy = Database(database_url, application_name="busy", max_connections=1)
    async with busy.single_statements(), inbox_on(busy, capacity=Capacity(wait=0.05)) as inbox:
        with pytest.raises(StorageUnavailableError):
            async with asyncio.timeout(5):
                await inbox.accept(a_message(1))
    async with inbox_on(busy) as inbox:
        assert await inbox.accept(a_message(1))
    await busy.close()


async def test_who_hangs_up_while_waiting_disturbs_nobody(database: Database, inbox: Inbox) -> None:
    tasks = [asyncio.create_task(inbox.accept(a_message(number))) for number in range(10)]
    await asyncio.sleep(0)
    tasks[3].cancel()
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(answer is True for answer in answers) == 9
    await inbox.close()
    assert len(await stored(database)) == 10


async def test_other_processes_are_told_at_most_once_a_batch(database: Database, database_url: str) -> None:
    heard: asyncio.Queue[object] = asyncio.Queue()

    def hear(*_: object) -> None:
        heard.put_nowait(1)

    listener = await asyncpg.connect(database_url)
    await listener.add_listener("trt_inbox", hear)
    async with inbox_on(database) as inbox:
        await asyncio.gather(*(inbox.accept(a_message(number)) for number in range(100)))
    await listener.execute("SELECT 1")  # what was sent before has arrived with this answer
    assert heard.qsize() == 1
    await listener.close()


async def test_a_consumer_of_this_process_is_woken_without_the_database(
    database: Database, database_url: str
) -> None:
    heard: list[object] = []
    woken: list[bool] = []
    listener = await asyncpg.connect(database_url)
    await listener.add_listener("trt_inbox", lambda *_: heard.append(1))

    def wake() -> bool:
        woken.append(True)
        return True

    async with inbox_on(database, wake=wake) as inbox:
        await inbox.accept(a_message(1))
        await inbox.accept(replace(a_message(2), done=True))
    await listener.execute("SELECT 1")
    assert (woken, heard) == ([True], [])
    await listener.close()


async def test_an_inbox_without_news_gives_its_connection_back_and_takes_one_again(database_url: str) -> None:
    narrow = Database(database_url, application_name="narrow", max_connections=1)
    async with inbox_on(narrow, capacity=Capacity(idle=0.01)) as inbox:
        for number in (1, 2, 3):
            assert await inbox.accept(a_message(number))
            async with narrow.snapshot() as session:  # waits for the only connection
                assert (await session.execute(text("SELECT count(*) FROM inbox"))).scalar_one() == number
    await narrow.close()
