"""Who is ACTIVE, and how it passes on, inside one test process."""

import asyncio
import logging
import os
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.errors import FencedOutError
from app.singleton import Role, lock_key
from app.singleton.repository import CHANNEL
from tests.integration.singleton.conftest import (
    NEVER_LOOKS,
    PATIENT,
    QUICK,
    Election,
    Member,
    end_lock_session,
    first_active,
    longer_than_a_lease,
    until_waiting,
)


@pytest.mark.proves("F4", "X14")
async def test_of_five_that_start_at_once_one_is_active(election: Election) -> None:
    members = await asyncio.gather(*(election.join(str(number)) for number in range(5)))
    active = await first_active(*members)
    await until_waiting(await election.session("witness"), 4)
    assert [member.is_active for member in members].count(True) == 1
    assert active.singleton.epoch == 1


@pytest.mark.proves("F6")
async def test_an_idle_healthy_holder_is_left_alone_by_those_who_wait(election: Election) -> None:
    holder = await election.join("holder", timing=QUICK)
    await holder.until("active 1")
    await election.join("waiter", timing=QUICK)
    witness = await election.session("witness")
    await until_waiting(witness)
    await longer_than_a_lease(witness)
    assert holder.is_active
    assert holder.story == ["active 1"]


@pytest.mark.proves("F7", "X11")
async def test_a_holder_whose_connection_is_cut_steps_down_and_another_takes_over(election: Election) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    other = await election.join("other")
    witness = await election.session("witness")
    await until_waiting(witness)
    await end_lock_session(witness, holder.config.application_name)
    await holder.until("passive 0")
    await other.until("active 2")
    assert holder.singleton.role is Role.PASSIVE


@pytest.mark.proves("F5", "F7")
async def test_a_lone_holder_whose_connection_is_cut_is_active_again(election: Election) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    await end_lock_session(await election.session("witness"), holder.config.application_name)
    await holder.until("active 2")
    assert holder.story == ["active 1", "passive 0", "active 2"]


@pytest.mark.proves("F5")
async def test_who_resigns_stops_processing_first_and_the_next_needs_no_look_at_the_lease_to_begin(
    election: Election,
) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    other = await election.join("other", timing=NEVER_LOOKS)
    await until_waiting(await election.session("witness"))
    await holder.singleton.resign()
    await other.until("active 2")
    assert holder.story == ["active 1", "passive 5"]


async def test_the_lease_is_kept_while_handlers_drain(election: Election) -> None:
    timing = replace(QUICK, drain=60.0)
    holder = await election.join("holder", timing=timing)
    await holder.until("active 1")
    other = await election.join("other", timing=QUICK)
    witness = await election.session("witness")
    await until_waiting(witness)
    drained = asyncio.Event()
    holder.drain = lambda _: drained.wait()
    resigning = asyncio.create_task(holder.singleton.resign())
    await holder.until("passive 60")
    await longer_than_a_lease(witness)
    assert not other.is_active
    drained.set()
    await resigning
    await other.until("active 2")


async def test_a_lease_lost_while_draining_ends_the_drain_at_once(election: Election) -> None:
    holder = await election.join("holder", timing=replace(PATIENT, drain=600.0))
    await holder.until("active 1")
    holder.drain = lambda drain: asyncio.Event().wait() if drain else None
    resigning = asyncio.create_task(holder.singleton.resign())
    await holder.until("passive 600")
    await end_lock_session(await election.session("witness"), holder.config.application_name)
    async with asyncio.timeout(60):
        await resigning
    assert holder.story == ["active 1", "passive 600", "passive 0"]


@pytest.mark.proves("X16")
async def test_one_that_is_stopped_in_the_middle_of_a_hand_over_drains_once_and_leaves_the_lock_to_who_asked(
    election: Election,
) -> None:
    old = await election.join("old", release="r1", timing=replace(PATIENT, drain=600.0))
    await old.until("active 1")
    drained = asyncio.Event()
    old.drain = lambda _: drained.wait()
    new = await election.join("new", release="r2")
    new.singleton.ready()
    await old.until("passive 600")
    stopping = asyncio.create_task(old.singleton.resign())
    drained.set()
    async with asyncio.timeout(60):
        await stopping
    await new.until("active 2")
    assert old.story == ["active 1", "passive 600"]


async def test_one_who_waits_may_resign(election: Election) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    other = await election.join("other")
    await until_waiting(await election.session("witness"))
    async with asyncio.timeout(60):
        await other.singleton.resign()
    assert other.story == []
    assert holder.is_active


async def test_a_start_that_fails_gives_the_lock_back(election: Election) -> None:
    async def fail(_: Epoch) -> None:
        raise RuntimeError("cannot start")

    other = await election.join("other")
    broken = Member(replace(other.config, instance="broken", application_name="trt:broken"))
    broken.start = fail
    await other.until("active 1")
    running = asyncio.create_task(broken.singleton.run())
    await until_waiting(await election.session("witness"))
    await other.singleton.resign()
    with pytest.raises(RuntimeError, match="cannot start"):
        await running
    assert broken.story == ["active 2", "passive 5"]
    next_one = await election.join("next")
    await next_one.until("active 3")


@pytest.mark.proves("F7", "X10")
async def test_a_new_epoch_waits_for_the_units_of_the_old_one_and_lets_no_more_in(
    election: Election, database: Database
) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    other = await election.join("other")
    witness = await election.session("witness")
    await until_waiting(witness)
    async with database.unit_of_work(Epoch(1)) as session:
        await end_lock_session(witness, holder.config.application_name)
        await holder.until("passive 0")
        await _until_a_row_lock_is_awaited(election)
        assert not other.is_active
        await session.execute(text("UPDATE installation SET kind = 'sandbox', bot_id = 42"))
    await first_active(holder, other)
    assert await witness.fetchval("SELECT bot_id FROM installation") == 42
    with pytest.raises(FencedOutError):
        async with database.unit_of_work(Epoch(1)):
            pytest.fail("the fence let a stale epoch in")


async def _until_a_row_lock_is_awaited(election: Election) -> None:
    session = await election.session("onlooker")
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
    async with asyncio.timeout(60):
        while not await session.fetchval(query):  # noqa: ASYNC110 - the server cannot call us
            await asyncio.sleep(0.01)


@pytest.mark.proves("F5", "X10")
async def test_when_the_lease_is_out_all_sessions_of_the_holder_end_and_nobody_elses(
    election: Election, database: Database
) -> None:
    dead = await election.session("trt:dead")
    stale = await election.session("trt:dead")
    neighbour = await election.session("trt:neighbour")
    await dead.execute("SELECT pg_advisory_lock($1)", lock_key(42))
    await dead.execute("UPDATE leader SET epoch = 7, holder = 'trt:dead', renewed_at = clock_timestamp()")
    unit = stale.transaction()
    await unit.start()
    await stale.execute("SELECT 1 FROM leader WHERE epoch = 7 FOR KEY SHARE")
    successor = await election.join("successor", timing=QUICK)
    await successor.until("active 8")
    assert (dead.is_closed(), stale.is_closed()) == (True, True)
    assert await neighbour.fetchval("SELECT 1") == 1


@pytest.mark.proves("F5")
async def test_one_that_got_the_lock_and_froze_before_its_reign_is_ended_too(election: Election) -> None:
    frozen = await election.session("trt:frozen")
    await frozen.execute("SELECT pg_advisory_lock($1)", lock_key(42))
    successor = await election.join("successor", timing=QUICK)
    await successor.until("active 1")
    assert frozen.is_closed()


@pytest.mark.proves("F6")
async def test_another_release_that_is_ready_gets_the_lock_and_keeps_it(election: Election) -> None:
    old = await election.join("old", release="r1", timing=QUICK)
    await old.until("active 1")
    old.singleton.ready()
    new = await election.join("new", release="r2", timing=QUICK)
    witness = await election.session("witness")
    await until_waiting(witness)
    new.singleton.ready()
    await new.until("active 2")
    await until_waiting(witness)  # the old one stands by again, ready as it is
    respawned = await election.join("respawned", release="r1", timing=QUICK)
    respawned.singleton.ready()
    await until_waiting(witness, 2)
    await longer_than_a_lease(await election.session("clock"))
    assert await witness.fetchval("SELECT promised_to IS NULL FROM leader"), "a reign ends the promise"
    assert (old.story, new.story, respawned.story) == (["active 1", "passive 5"], ["active 2"], [])


@pytest.mark.proves("F6")
async def test_the_lock_goes_to_who_asked_although_a_sibling_of_the_holder_waits_longer(
    election: Election,
) -> None:
    old = await election.join("old", release="r1")
    await old.until("active 1")
    witness = await election.session("witness")
    sibling = await election.join("sibling", release="r1")
    sibling.singleton.ready()
    await until_waiting(witness)
    new = await election.join("new", release="r2")
    new.singleton.ready()
    await new.until("active 2")
    assert (old.story, sibling.story) == (["active 1", "passive 5"], [])
    assert await witness.fetchval("SELECT replaced FROM leader") == "r1"


@pytest.mark.proves("F6")
async def test_a_replaced_release_gets_nothing_by_asking_a_later_process_of_its_successor(
    election: Election,
) -> None:
    old = await election.join("old", release="r1")
    await old.until("active 1")
    new = await election.join("new", release="r2")
    new.singleton.ready()
    await new.until("active 2")
    await old.singleton.resign()
    respawned = await election.join("new", release="r2", timing=QUICK)
    witness = await election.session("witness")
    await until_waiting(witness)
    await new.singleton.resign()
    await respawned.until("active 3")
    late = await election.join("old", release="r1", timing=QUICK)
    late.singleton.ready()
    await until_waiting(witness)
    await longer_than_a_lease(witness)
    assert (respawned.story, late.story) == (["active 3"], [])


@pytest.mark.proves("F5")
async def test_who_asked_a_holder_that_heard_nothing_asks_the_next_one(election: Election) -> None:
    deaf = await election.session("trt:deaf")
    await deaf.execute("SELECT pg_advisory_lock($1)", lock_key(42))
    await deaf.execute(
        "UPDATE leader SET epoch = 7, holder = 'trt:deaf', release = 'r1', renewed_at = clock_timestamp()"
    )
    heard = asyncio.Event()
    await deaf.add_listener(CHANNEL, lambda *_: heard.set())
    witness = await election.session("witness")
    next_one = await election.join("next", release="r1")
    await until_waiting(witness)
    new = await election.join("new", release="r2")
    new.singleton.ready()
    async with asyncio.timeout(60):
        await heard.wait()
    deaf.terminate()
    await next_one.until("active 8")
    await new.until("active 9")
    assert next_one.story == ["active 8", "passive 5"]


async def test_one_may_resign_while_units_of_the_last_reign_hold_its_own_up(election: Election) -> None:
    unit = await election.session("unit")
    await unit.execute("BEGIN")
    await unit.execute("SELECT 1 FROM leader WHERE epoch = 0 FOR KEY SHARE")
    member = await election.join("member")
    await _until_a_row_lock_is_awaited(election)
    async with asyncio.timeout(60):
        await member.singleton.resign()
    assert member.story == []
    await unit.execute("ROLLBACK")
    await unit.execute("SELECT pg_advisory_lock($1)", lock_key(42))


@pytest.mark.proves("X18")
async def test_a_database_that_only_reads_begins_no_reign_and_ends_no_process(
    election: Election, caplog: pytest.LogCaptureFixture
) -> None:
    witness = await election.session("witness")
    name = await witness.fetchval("SELECT quote_ident(current_database())")
    await witness.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    member = await election.join("member", timing=replace(PATIENT, reconnect=0.05))
    async with asyncio.timeout(60):
        while caplog.text.count("the reign could not begin") < 2:  # noqa: ASYNC110 - a log calls nobody
            await asyncio.sleep(0.01)
    await witness.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
    await member.until("active 1")


async def test_an_equal_release_is_not_given_the_lock(election: Election) -> None:
    holder = await election.join("holder", timing=QUICK)
    await holder.until("active 1")
    sibling = await election.join("sibling", timing=QUICK)
    sibling.singleton.ready()
    await until_waiting(await election.session("witness"))
    await longer_than_a_lease(await election.session("clock"))
    assert (holder.story, sibling.story) == (["active 1"], [])


async def test_a_release_that_is_not_ready_does_not_ask(election: Election) -> None:
    holder = await election.join("holder", release="r1", timing=QUICK)
    await holder.until("active 1")
    await election.join("other", release="r2", timing=QUICK)
    await until_waiting(await election.session("witness"))
    await longer_than_a_lease(await election.session("clock"))
    assert holder.story == ["active 1"]


async def test_the_log_names_process_instance_and_epoch(
    election: Election, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="app.singleton"):
        holder = await election.join("frankfurt-1")
        await holder.until("active 1")
        await holder.singleton.resign()
    lines = [record for record in caplog.records if record.getMessage().startswith("[LOCK] Singleton lock")]
    acquired, resigned = (record.getMessage() for record in lines)
    assert (
        f"[LOCK] Singleton lock acquired pid={os.getpid()} instance=frankfurt-1 epoch=1 waited_ms="
        in acquired
    )
    assert "gap_ms=" in acquired
    assert resigned == f"[LOCK] Singleton lock resigned pid={os.getpid()} instance=frankfurt-1 epoch=1"
    assert vars(lines[0])["epoch"] == 1
    assert vars(lines[0])["instance"] == "frankfurt-1"


async def test_a_database_that_refuses_the_heartbeat_ends_the_reign(election: Election) -> None:
    holder = await election.join("holder", timing=QUICK)
    await holder.until("active 1")
    witness = await election.session("witness")
    await witness.execute("ALTER TABLE leader RENAME COLUMN renewed_at TO away")
    await holder.until("passive 0")
    await witness.execute("ALTER TABLE leader RENAME COLUMN away TO renewed_at")


@pytest.mark.proves("X9")
async def test_whatever_ends_the_renewals_ends_the_reign(election: Election) -> None:
    first = await election.join("first")
    await first.until("active 1")
    (keeping,) = (it for it in asyncio.all_tasks() if "Reign.keep" in str(it.get_coro()))
    keeping.cancel()
    await first.until("passive 0")
    await first.until("active 2")
