"""The database away, slow, read-only, full: who comes is told to come again, and nothing is lost."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.db.embedded import EmbeddedPostgres
from tests.fixtures.cluster import cluster
from tests.fixtures.crossing import Crossing, crossing
from tests.fixtures.fleet import Fleet, Instance, running_fleet
from tests.fixtures.journeys import order_picture
from tests.fixtures.launched import get, wait_for_role, wait_until_ready
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.postgres import bring_up_to_date
from tests.fixtures.small_disk import SmallDisk, small_disk

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = 60.0
BOUND = 15.0
"""Seconds within which somebody is told, on a machine however busy; Telegram itself waits for a minute."""
SETTINGS = {"max_wal_size": "48MB", "min_wal_size": "32MB", "authentication_timeout": "5s"}
"""Little for a small disk; and a server that goes does not wait for whoever connects at that moment."""
GROWTH = 64 * 1024
"""KiB that a worker may take while it refuses a burst: what a leak of every body would be far above."""


@dataclass
class Stand:
    """One instance, whose Postgres stands behind a proxy on a small disk."""

    disk: SmallDisk
    postgres: EmbeddedPostgres
    way: Crossing
    fleet: Fleet
    numbers: Iterator[int] = field(default_factory=lambda: count(10**8))

    @property
    def instance(self) -> Instance:
        return self.fleet.instances[0]

    def start_again(self) -> None:
        """The server gets another port, as after a fail-over it has another address."""
        self.postgres.start()
        self.way.retarget(self.postgres.url)

    def execute(self, *statements: str) -> None:
        """Past the proxy, and able to write."""
        with psycopg.connect(self.postgres.url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            for statement in statements:
                connection.execute(statement.encode())

    def end_sessions(self) -> None:
        """Everybody connects anew."""
        self.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = 'trt' AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="module")
def stand() -> Iterator[Stand]:
    with small_disk() as disk, cluster(disk.path, **SETTINGS) as postgres:
        postgres.start()
        bring_up_to_date(postgres.url)
        with crossing(postgres.url) as way, running_fleet(way.url, KIE_WEBHOOK_HMAC_KEY="") as fleet:
            fleet.start_instance()
            fleet.wait_for_webhook()
            yield Stand(disk, postgres, way, fleet)


@dataclass
class Caller:
    """Telegram and KIE, who look at every answer."""

    stand: Stand
    sandbox: SandboxClient
    person: Person
    stored: list[str] = field(default_factory=list)

    async def update(self, words: str = "/start") -> int:
        """A message of the person; the status."""
        number = next(self.stand.numbers)
        chat = {"id": self.person.id, "type": "private", "first_name": "Анна"}
        sender = {**chat, "is_bot": False, "language_code": "ru"}
        message = {
            "message_id": number,
            "date": int(time.time()),
            "chat": chat,
            "from": sender,
            "text": words,
        }
        status = await self.post("/webhook/telegram", {"update_id": number, "message": message})
        if status == 200:
            self.stored.append(str(number))
        return status

    async def pre_checkout(self) -> int:
        """A wish to pay for an order that nobody knows."""
        payer = {"id": self.person.id, "is_bot": False, "first_name": "Анна", "language_code": "ru"}
        query = {"id": "1", "from": payer, "currency": "XTR", "total_amount": 1, "invoice_payload": "x"}
        number = next(self.stand.numbers)
        return await self.post("/webhook/telegram", {"update_id": number, "pre_checkout_query": query})

    async def post(self, path: str, body: dict[str, Any]) -> int:
        """Within the bound, and a refusal says when to come again."""
        headers = {SECRET_HEADER: self.stand.fleet.secret}
        async with (
            asyncio.timeout(BOUND),
            self.sandbox.session.post(self.stand.instance.url + path, json=body, headers=headers) as answer,
        ):
            assert answer.status in (200, 503), await answer.text()
            if answer.status == 503:
                assert answer.headers["Retry-After"] == "2"
            return answer.status

    async def post_until(self, status: int) -> None:
        """Sends news until that is the answer."""
        await until(lambda: self._is(status))

    async def everything_is_done(self) -> None:
        """What was answered 200 is in the inbox, and worked off; nobody gave anything up."""
        await until(self._all_done)
        self.stand.fleet.audit()

    async def _is(self, status: int) -> bool:
        return await self.update("слова " * 600) == status

    async def _all_done(self) -> bool:
        try:
            rows = self.stand.fleet.books.all("SELECT external_id, status FROM inbox")
        except psycopg.Error:
            return False
        assert [row for row in rows if row[1] == "dead"] == []
        assert set(self.stored) <= {row[0] for row in rows}
        return all(row[1] == "done" for row in rows)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    """Polls until it holds."""
    async with asyncio.timeout(PATIENCE):
        while not await condition():  # noqa: ASYNC110 - the condition lies in another process
            await asyncio.sleep(0.05)


@asynccontextmanager
async def calling(stand: Stand) -> AsyncIterator[Caller]:
    """Somebody whom the bot knows; at the end the very same processes go on."""
    workers = stand.instance.launched.workers()
    async with stand.fleet.client() as sandbox:
        person = await sandbox.person()
        await person.say("/start")
        await person.wait_for_button("Картинки")
        caller = Caller(stand, sandbox, person)
        yield caller
        await asyncio.to_thread(wait_until_ready, stand.instance.url)
        await asyncio.to_thread(wait_for_role, stand.instance.url, "ACTIVE")
        await caller.everything_is_done()
    assert stand.instance.launched.workers() == workers


def resident(pid: int) -> int:
    """KiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0])


@pytest.mark.proves("X17", "F85")
async def test_while_postgres_is_down_everybody_is_told_to_come_again_and_afterwards_is_served(
    stand: Stand,
) -> None:
    url = stand.instance.url
    async with calling(stand) as caller:
        await order_picture(caller.person)
        await caller.person.wait_for_media("photo")
        task = (await caller.sandbox.kie("GET", "tasks"))["tasks"][-1]
        callback = task["callBackUrl"].removeprefix(stand.fleet.webhook_base)
        before = resident(stand.instance.launched.workers()[0])
        await asyncio.to_thread(stand.postgres.kill)
        assert await caller.update() == 503
        assert await caller.pre_checkout() == 503
        assert await caller.post(callback, {"code": 200, "data": {"taskId": task["taskId"]}}) == 503
        assert set(await asyncio.gather(*(caller.update("x" * 3000) for _ in range(200)))) == {503}
        assert get(f"{url}/health")[0] == 200
        status, body = get(f"{url}/ready")
        assert (status, json.loads(body)["database"]) == (503, "away")
        assert json.loads(get(f"{url}/role")[1])["role"] == "PASSIVE"
        meanwhile = await caller.person.say("/start")
        assert resident(stand.instance.launched.workers()[0]) - before < GROWTH
        await asyncio.to_thread(stand.start_again)
        await caller.post_until(200)
        await caller.person.wait_for_button("Картинки", after=meanwhile)
        await order_picture(caller.person, "После отключения")


@pytest.mark.proves("X17", "X18")
async def test_a_database_that_is_read_only_after_a_fail_over_takes_nothing_until_it_is_promoted(
    stand: Stand,
) -> None:
    async with calling(stand) as caller:
        stand.execute("ALTER DATABASE trt SET default_transaction_read_only = on")
        stand.end_sessions()
        await caller.post_until(503)
        assert get(f"{stand.instance.url}/health")[0] == 200
        meanwhile = await caller.person.say("/start")
        stand.execute("ALTER DATABASE trt RESET default_transaction_read_only")
        await caller.post_until(200)
        await caller.person.wait_for_button("Картинки", after=meanwhile)


@pytest.mark.proves("X19")
async def test_while_somebody_has_the_inbox_locked_updates_are_refused_in_time_and_the_reign_goes_on(
    stand: Stand,
) -> None:
    reign = wait_for_role(stand.instance.url, "ACTIVE")["epoch"]
    async with calling(stand) as caller:
        with psycopg.connect(stand.postgres.url) as slow:
            slow.execute("LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE")
            answers = await asyncio.gather(*(caller.update() for _ in range(20)))
            assert set(answers) == {503}
            said = json.loads(get(f"{stand.instance.url}/role")[1])
            assert (said["role"], said["epoch"]) == ("ACTIVE", reign)
        await caller.post_until(200)
    assert wait_for_role(stand.instance.url, "ACTIVE")["epoch"] == reign


@pytest.mark.proves("X18")
async def test_a_full_disk_takes_nothing_says_so_in_the_log_and_goes_on_when_there_is_room(
    stand: Stand,
) -> None:
    if not stand.disk.is_real:
        pytest.skip("this account may not mount a file system to fill")
    said = len(stand.instance.launched.log)
    async with calling(stand) as caller:
        stand.disk.fill()
        await caller.post_until(503)
        assert get(f"{stand.instance.url}/health")[0] == 200
        stand.disk.make_room()
        if stand.postgres.has_ended:  # it may give up where its own log does not fit
            await asyncio.to_thread(stand.start_again)
        await caller.post_until(200)
    assert "the inbox cannot store" in stand.instance.launched.log[said:]
