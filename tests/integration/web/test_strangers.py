"""What strangers get on the port: the routes of the contract, without names, and 401 before anything is read."""

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from app.admin import AlertKind, AlertWatch
from app.db import Database, Epoch
from app.inbox import Capacity
from app.web import make_application
from app.web.forgeries import MANY, MINUTE_SECONDS, Forgeries
from tests.integration.admin.test_alerts import Heard
from tests.integration.inbox.conftest import inbox_on
from tests.integration.web.site import parts_on

SECRET, TOKEN = "the-right-secret", "the-right-token"
HEADER = "X-Telegram-Bot-Api-Secret-Token"
UPDATE = b'{"update_id": 1, "message": {"from": {"id": 1}}}'
CONTRACT = {
    ("POST", "/webhook/telegram"),
    ("POST", "/webhook/kie/{token}"),
    ("GET", "/health"),
    ("GET", "/ready"),
    ("GET", "/role"),
    ("GET", "/version"),
    ("GET", "/metrics"),
    ("GET", "/files/{token}"),
}
"""Everything that is public (of what is built: payments' webhooks and the dashboard are not)."""
INSIDE = ("/admin", "/diag", "/diagnostics", "/debug", "/status", "/env", "/.env", "/docs", "/api", "/")


@dataclass
class Clock:
    """Stands still until it is told."""

    moment: datetime = datetime(2026, 11, 23, 12, 30, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()

    def pass_by(self, seconds: float) -> None:
        self.moment += timedelta(seconds=seconds)


@dataclass
class Port:
    """The real application on a socket."""

    server: TestServer
    http: aiohttp.ClientSession

    async def ask(self, method: str, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        async with self.http.request(method, self.server.make_url(path), headers=headers) as answer:
            return answer.status, {**answer.headers}, await answer.text()

    async def post(self, body: bytes, secret: str) -> tuple[int, str | None]:
        url = self.server.make_url("/webhook/telegram")
        async with self.http.post(url, data=io.BytesIO(body), headers={HEADER: secret}) as answer:
            return answer.status, answer.headers.get("Retry-After")


async def port_on(database: Database, capacity: Capacity | None = None) -> AsyncIterator[Port]:
    async with aiohttp.ClientSession() as http:
        parts = parts_on(database, http, secret=SECRET, metrics_token=TOKEN, capacity=capacity)
        server = TestServer(make_application(parts), shutdown_timeout=0)
        async with server:
            yield Port(server, http)
        await parts.kie.inbox.close()


@pytest.fixture
async def port(database: Database, epoch: Epoch) -> AsyncIterator[Port]:
    """On a database that is there."""
    async for port in port_on(database):
        yield port


@pytest.fixture
async def narrow(database: Database, epoch: Epoch) -> AsyncIterator[Port]:
    """Room for three events that wait for the disk."""
    async for port in port_on(database, Capacity(events=3, batch=1)):
        yield port


async def rows(database: Database, source: str) -> int:
    async with database.snapshot() as session:
        counted = await session.execute(text("SELECT count(*) FROM inbox WHERE source = :it"), {"it": source})
        return int(counted.scalar_one())


@pytest.mark.proves("S18", "F86", "S2")
async def test_the_routes_are_those_of_the_contract_and_no_path_carries_the_token(port: Port) -> None:
    routes = {
        (route.method, route.resource.canonical)
        for route in port.server.app.router.routes()
        if route.resource is not None and route.method != "HEAD"
    }
    assert routes == CONTRACT


@pytest.mark.proves("S18", "F86")
async def test_insides_are_not_there_and_metrics_want_their_token(port: Port) -> None:
    assert {(await port.ask("GET", path))[0] for path in INSIDE} == {404}
    assert (await port.ask("GET", "/metrics"))[0] == 401
    assert (await port.ask("GET", "/metrics", Authorization="Bearer wrong"))[0] == 401
    assert (await port.ask("GET", "/metrics", Authorization=f"Bearer {TOKEN}"))[0] == 200


@pytest.mark.proves("S18")
async def test_health_says_nothing_of_the_inside(port: Port, database_url: str) -> None:
    user = database_url.split("//")[1].split(":", maxsplit=1)[0]
    for path in ("/health", "/ready", "/role", "/version", "/nothing", "/files/x", "/metrics"):
        status, headers, body = await port.ask("GET", path)
        said = f"{headers} {body}".lower()
        assert status < 500
        assert "server" not in {name.lower() for name in headers}
        for inner in ("postgres", "asyncpg", "sqlalchemy", "traceback", "aiohttp", "127.0.0.1", f"{user}@"):
            assert inner not in said, (path, inner)


@pytest.mark.proves("S1")
async def test_only_the_right_secret_is_let_in_and_nobody_elses_body_is_looked_at(
    port: Port, database: Database
) -> None:
    for wrong in ("", "wrong", SECRET[:-1], SECRET + "x", SECRET.upper(), "\xe9"):
        assert await port.post(b"x" * 2_000_000, wrong) == (401, None)
        assert await port.post(UPDATE, wrong) == (401, None)
    assert await rows(database, "telegram") == 0
    assert await port.post(b"x" * (1024 * 1024 + 1), SECRET) == (413, None)
    assert await port.post(UPDATE, SECRET) == (200, None)
    assert await rows(database, "telegram") == 1


@pytest.mark.proves("S1")
async def test_a_burst_of_forged_webhooks_alerts_operators_once(
    port: Port, database: Database, epoch: Epoch
) -> None:
    heard = Heard()
    for _ in range(MANY - 1):
        await port.post(UPDATE, "forged")
    await AlertWatch(database, heard).look(epoch, 0)
    assert heard.alerts == []
    for _ in range(3 * MANY):
        assert (await port.ask("POST", "/webhook/kie/forged"))[0] == 404
    for _ in range(3):
        await AlertWatch(database, heard).look(epoch, 0)
    assert heard.told == [(AlertKind.FORGED, [MANY])]


@pytest.mark.proves("S1")
async def test_bursts_of_one_hour_are_told_once_by_whichever_process_and_a_trickle_never(
    database: Database, epoch: Epoch
) -> None:
    clock = Clock()
    async with inbox_on(database) as inbox:
        first, second = Forgeries(inbox, clock), Forgeries(inbox, clock)
        for _ in range(3 * MANY):
            await first.refused()
            clock.pass_by(2 * MINUTE_SECONDS / MANY)
        assert await rows(database, "forged") == 0
        clock.moment = datetime(2026, 11, 23, 15, 10, tzinfo=UTC)
        for process in (first, second, first, second):
            for _ in range(MANY):
                await process.refused()
            clock.pass_by(MINUTE_SECONDS)
        assert await rows(database, "forged") == 1
        clock.pass_by(3600)
        for _ in range(MANY):
            await first.refused()
        assert await rows(database, "forged") == 2


async def test_forgeries_are_refused_as_ever_while_the_database_is_away() -> None:
    away = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    async for port in port_on(away):
        assert {(await port.post(UPDATE, "forged"))[0] for _ in range(2 * MANY)} == {401}
    await away.close()


@pytest.mark.proves("S17")
async def test_more_than_may_wait_for_the_disk_is_told_to_come_again(
    narrow: Port, database: Database, database_url: str
) -> None:
    """The table is locked, so nothing is stored: what is over the bound is refused at once."""
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("LOCK TABLE inbox IN EXCLUSIVE MODE"))
        bodies = [UPDATE.replace(b"1,", b"%d," % number, 1) for number in range(1, 21)]
        posts = [asyncio.create_task(narrow.post(body, SECRET)) for body in bodies]
        async with asyncio.timeout(60):
            # One is on its way to the disk, three wait.
            for done in islice(asyncio.as_completed(posts), 16):
                assert await done == (503, "2")
    answers = await asyncio.gather(*posts)
    assert {answer for answer in answers if answer[0] != 503} <= {(200, None)}
    assert await rows(database, "telegram") == sum(status == 200 for status, _ in answers)
