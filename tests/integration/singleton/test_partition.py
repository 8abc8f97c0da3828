"""The network between a process and Postgres falls silent, or Postgres goes away."""

import asyncio
import time
from dataclasses import replace

import pytest

from app.db.migration import migrate
from tests.fixtures.cluster import cluster
from tests.fixtures.stalling_proxy import stalling_proxy
from tests.integration.singleton.conftest import PATIENT, QUICK, Election, until_waiting


@pytest.mark.proves("X12")
async def test_a_holder_behind_a_silent_network_steps_down_by_its_own_clock_before_another_begins(
    election: Election, database_url: str
) -> None:
    async with stalling_proxy(database_url) as (proxy, through):
        holder = await election.join("holder", url=through, timing=QUICK)
        await holder.until("active 1")
        other = await election.join("other", timing=QUICK)
        await until_waiting(await election.session("witness"))
        times: dict[str, float] = {}
        holder.drain = lambda _: times.setdefault("down", time.monotonic())
        other.start = lambda _: times.setdefault("up", time.monotonic())
        proxy.stall()
        await other.until("active 2")
        await holder.until("passive 0")
        proxy.flow()
        assert times["down"] < times["up"]
        await other.singleton.resign()
        await holder.until("active 3")


@pytest.mark.proves("X12")
async def test_the_server_gives_up_the_session_of_a_peer_that_vanished_within_seconds(
    election: Election,
) -> None:
    session = await election.session("holder")
    assert await session.fetchval("SHOW tcp_user_timeout") == "10000"
    kept = [await session.fetchval(f"SHOW tcp_keepalives_{name}") for name in ("idle", "interval", "count")]
    assert kept == ["5", "2", "3"]


@pytest.mark.proves("X12")
async def test_a_network_that_falls_silent_as_a_reign_begins_ends_it(
    election: Election, database_url: str
) -> None:
    async with stalling_proxy(database_url) as (proxy, through):
        holder = await election.join("holder", url=through, timing=QUICK)
        holder.start = lambda _: proxy.stall()
        await holder.until("active 1")
        await holder.until("passive 0")
        holder.start = lambda _: None
        proxy.flow()
        await holder.until("active 2")


@pytest.mark.proves("F5", "X12")
async def test_one_who_waits_behind_a_silent_network_waits_again_when_it_speaks(
    election: Election, database_url: str
) -> None:
    holder = await election.join("holder")
    await holder.until("active 1")
    witness = await election.session("witness")
    async with stalling_proxy(database_url) as (proxy, through):
        other = await election.join("other", url=through, timing=replace(PATIENT, beat_limit=1.0))
        await until_waiting(witness)
        proxy.stall()
        await witness.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1",
            other.config.application_name,
        )
        proxy.flow()
        await until_waiting(witness)
        await holder.singleton.resign()
        await other.until("active 2")


@pytest.mark.proves("F5", "X17")
async def test_after_a_crash_of_postgres_the_process_is_active_again_by_itself(election: Election) -> None:
    with cluster(fsync="off") as postgres:
        await asyncio.to_thread(postgres.start)
        await asyncio.to_thread(migrate, postgres.url)
        async with stalling_proxy(postgres.url) as (proxy, through):
            holder = await election.join("holder", url=through)
            await holder.until("active 1")
            await asyncio.to_thread(postgres.kill)
            await holder.until("passive 0")
            await asyncio.to_thread(postgres.start)
            proxy.retarget(postgres.url)
            await holder.until("active 2")
            await holder.singleton.resign()
