"""Our own storage takes nothing: a result that the provider has is waited for, not called missing."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from app.db import Database, Epoch
from app.files import BucketStore, FileStore, FilesUnavailableError, FolderStore
from app.generation import Copier, FailureClass, FetchRules, Generation, State, TaskReport, TaskState
from tests.fakes import until
from tests.fakes.s3 import FakeBucket
from tests.integration.files.places import bucket_of
from tests.integration.generation.world import PRICE, UNHURRIED, World, make_world

WAITS = replace(UNHURRIED, storage_retry=0.05, storage_limit=60.0)
TRIES = WAITS.fetch_attempts + 1
"""More than a result gets whose link is dead."""


@dataclass
class Outage:
    """Our storage, away until it is mended, and the provider's host of results, which counts its downloads."""

    store: FileStore
    mend: Callable[[], object]
    host: BaseTestServer
    downloads: list[str]


@pytest.fixture(params=["a bucket that is down", "a bucket that is gone", "a disk that takes nothing"])
async def outage(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Outage]:
    """Each way of being away."""
    downloads: list[str] = []

    async def serve(asked: web.Request) -> web.Response:
        downloads.append(asked.path)
        return web.Response(body=b"a picture", content_type="image/png")

    app = web.Application()
    app.router.add_get("/{name}", serve)
    bucket, taken = FakeBucket(), tmp_path / "kept"
    async with TestServer(app) as host, TestServer(bucket.application()) as server:
        if request.param == "a disk that takes nothing":
            taken.write_text("a file where the folder should be")
            yield Outage(FolderStore(taken), taken.unlink, host, downloads)
        else:
            bucket.down, bucket.gone = "down" in request.param, "gone" in request.param
            yield Outage(BucketStore(bucket_of(server)), bucket.come_back, host, downloads)


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The client of the composition root."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def copier(outage: Outage, session: aiohttp.ClientSession, tmp_path: Path) -> Copier:
    """The real one, over the storage that is away."""
    rules = FetchRules(frozenset({f"http://127.0.0.1:{outage.host.port}"}))
    return Copier(outage.store, tmp_path / "fetching", session, rules)


@pytest.mark.proves("F51", "F75")
async def test_a_result_waits_for_our_storage_and_is_delivered_when_it_is_back(
    database_url: str, database: Database, epoch: Epoch, copier: Copier, outage: Outage
) -> None:
    world = make_world(database_url, database, epoch, timings=WAITS, copier=copier)
    await world.person()
    async with world.working():
        generation = await made(world, outage)
        await until(lambda: has_tried(outage))
        waiting = await world.now(generation)
        assert (waiting.state, waiting.failures) == (State.FETCHING, 0)
        outage.mend()
        delivered = await world.reach_state(generation, State.DELIVERED, State.FAILED)
    assert delivered.state is State.DELIVERED
    assert await outage.store.size(delivered.results[0].path) == len(b"a picture")
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000 - PRICE, 0)
    assert await world.findings() == []


async def test_our_storage_is_not_waited_for_longer_than_the_providers_links_live(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, timings=replace(WAITS, storage_limit=0.3))
    world.store.troubles.extend(FilesUnavailableError("OSError") for _ in range(1000))
    await world.person()
    async with world.working():
        submitted = await world.reach_state(await world.submitted(), State.SUBMITTED)
        world.provider.succeed(submitted.task_id or "")
        failed = await world.reach_state(submitted, State.FAILED, State.DELIVERED)
        await until(lambda: is_told(world))
    assert (failed.state, failed.failure) == (State.FAILED, FailureClass.RESULT_MISSING)
    assert failed.cost_credits == Decimal(4)
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


@pytest.mark.proves("F72", "F75")
async def test_a_late_success_waits_for_our_storage_too(quick_world: World) -> None:
    world = quick_world
    await world.person()
    async with world.working():
        failed = await world.reach_state(await world.submitted(), State.FAILED)
        world.store.troubles.extend(FilesUnavailableError("OSError") for _ in range(TRIES))
        world.provider.succeed("task-1")
        late = await world.reach_state(failed, State.LATE)
    assert late.results != ()
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


async def made(world: World, outage: Outage) -> Generation:
    """A generation of which the provider has the result."""
    submitted = await world.reach_state(await world.submitted(), State.SUBMITTED)
    assert submitted.task_id is not None
    urls = (str(outage.host.make_url("/1.png")),)
    world.provider.report(submitted.task_id, TaskReport(TaskState.SUCCESS, urls, credits_consumed=Decimal(4)))
    return submitted


async def has_tried(outage: Outage) -> bool:
    return len(outage.downloads) >= TRIES


async def is_told(world: World) -> bool:
    return bool(world.notifier.told)
