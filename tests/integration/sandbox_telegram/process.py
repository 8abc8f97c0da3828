"""The sandbox as a process of its own, the bot that calls it, and the place where its webhook arrives."""

import asyncio
import io
import json
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from tests.fixtures.launched import free_port

TOKEN = "4242:sandbox-token"
DEADLINE = 120.0
# What these tests read of the sandbox's JSON; only a test may be so careless.
Json = Any


class Process:
    """`python -m app.sandbox` on a free port; killed hard, and startable again on the same state."""

    def __init__(self, data: Path, *more: str) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._command = [
            *(sys.executable, "-m", "app.sandbox", "--port", str(self.port), "--data", str(data)),
            *("--token", TOKEN, "--kie-key", "kie", "--retry-scale", "0.02", *more),
        ]
        self._log = data.parent / f"sandbox-{self.port}.log"
        self._child: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns as soon as it listens."""
        with self._log.open("ab") as log:
            self._child = subprocess.Popen(self._command, stdout=log, stderr=log)
        deadline = time.monotonic() + DEADLINE
        while not _listens(self.port):
            assert self._child.poll() is None, self._log.read_text()
            assert time.monotonic() < deadline, "the sandbox does not listen"
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL: nothing is said goodbye to."""
        if self._child is not None:
            self._child.kill()
            self._child.wait()
            self._child = None

    def stop(self) -> int:
        """SIGTERM, and the exit code."""
        assert self._child is not None
        self._child.terminate()
        code = self._child.wait(DEADLINE)
        self._child = None
        return code


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Answered:
    """The Bot API's envelope, opened."""

    status: int
    body: Json

    @property
    def result(self) -> Json:
        assert self.body["ok"], self.body
        return self.body["result"]

    @property
    def error(self) -> str:
        assert not self.body["ok"], self.body
        assert self.body["error_code"] == self.status
        return str(self.body["description"])


class Sandbox:
    """Both sides of one sandbox: the bot's calls and the people's."""

    def __init__(self, url: str, session: aiohttp.ClientSession) -> None:
        self.url = url
        self.session = session

    async def bot(self, method: str, params: Mapping[str, Json] | None = None, /, **more: Json) -> Answered:
        """A call as JSON."""
        return await self.call(method, json={**(params or {}), **more})

    async def form(self, method: str, files: Mapping[str, tuple[str, bytes]], /, **params: Json) -> Answered:
        """A call as multipart, with files by part name."""
        form = aiohttp.FormData()
        for name, value in params.items():
            form.add_field(name, value if isinstance(value, str) else json.dumps(value))
        for name, (filename, data) in files.items():
            form.add_field(name, io.BytesIO(data), filename=filename)
        return await self.call(method, data=form)

    async def call(self, method: str, *, token: str = TOKEN, **request: Json) -> Answered:
        async with self.session.post(f"{self.url}/bot{token}/{method}", **request) as response:
            return Answered(response.status, await response.json())

    async def client(self, method: str, path: str, /, *, status: int = 200, **body: Json) -> Json:
        """A request to the client API, which must be answered with `status`."""
        address = f"{self.url}/sandbox/telegram/{path}"
        async with self.session.request(method, address, json=body or None) as response:
            answer = await response.json()
            assert response.status == status, answer
            return answer

    async def person(self, name: str = "Anna", **more: Json) -> int:
        """Somebody new."""
        return int((await self.client("POST", "people", first_name=name, **more))["id"])

    async def starter(self, name: str = "Anna") -> int:
        """Somebody new who has pressed Start."""
        person = await self.person(name)
        await self.write(person, "/start")
        return person

    async def write(self, person: int, text: str) -> Json:
        return await self.client("POST", f"chats/{person}/messages", person=person, text=text)

    async def tap(self, person: int, message: int, data: str) -> str:
        answer = await self.client(
            "POST", f"chats/{person}/taps", person=person, message_id=message, data=data
        )
        return str(answer["callback_query_id"])

    async def send(self, person: int, text: str = "hello", **more: Json) -> int:
        """The bot's message number."""
        return int((await self.bot("sendMessage", chat_id=person, text=text, **more)).result["message_id"])

    async def seen(self, person: int) -> list[Json]:
        return list(await self.client("GET", f"chats/{person}/messages"))

    async def upload(self, name: str, data: bytes) -> str:
        form = aiohttp.FormData()
        form.add_field("file", io.BytesIO(data), filename=name)
        async with self.session.post(f"{self.url}/sandbox/telegram/files", data=form) as response:
            return str((await response.json())["file"])

    async def update(self, number: int) -> Json:
        """The delivery log's line for an update."""
        log = await self.client("GET", "updates")
        return next(line for line in log if line["update_id"] == number)


@asynccontextmanager
async def open_sandbox(url: str) -> AsyncIterator[Sandbox]:
    async with aiohttp.ClientSession() as session:
        yield Sandbox(url, session)


@dataclass(frozen=True)
class Arrival:
    """One post that the webhook got."""

    body: bytes
    secret: str | None
    at: float

    @property
    def update(self) -> Json:
        return json.loads(self.body)


@dataclass
class Webhook:
    """The bot's end: `answer` decides, by arrival, what it says; 200 when nothing is set."""

    url: str = ""
    arrivals: list[Arrival] = field(default_factory=list)
    answer: Callable[[Arrival], web.Response | None] = lambda _arrival: None
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    news: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def take(self, request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        arrival = Arrival(await request.read(), secret, time.monotonic())
        async with self.news:
            self.arrivals.append(arrival)
            self.news.notify_all()
        await self.gate.wait()
        return self.answer(arrival) or web.Response()

    async def wait_for(self, count: int) -> list[Arrival]:
        """The first so many arrivals."""
        async with asyncio.timeout(DEADLINE), self.news:
            await self.news.wait_for(lambda: len(self.arrivals) >= count)
        return self.arrivals[:count]


@asynccontextmanager
async def open_webhook() -> AsyncIterator[Webhook]:
    webhook = Webhook()
    webhook.gate.set()
    app = web.Application()
    app.router.add_post("/webhook", webhook.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    port = free_port()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    webhook.url = f"http://127.0.0.1:{port}/webhook"
    yield webhook
    webhook.gate.set()
    await runner.cleanup()


async def until(condition: Callable[[], Json], what: str) -> Json:
    """Asks again and again until the answer is true."""
    deadline = time.monotonic() + DEADLINE
    while True:
        answer = await condition()
        if answer:
            return answer
        assert time.monotonic() < deadline, what
        await asyncio.sleep(0.02)
