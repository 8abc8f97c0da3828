"""What the tests of the KIE stand-in drive it with: HTTP, as a client of KIE would."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp
from aiohttp import web

from app.sandbox.kie import add_kie_routes

KEY = "a-key"
HMAC_KEY = "a-webhook-key"
PATIENCE = 60.0
Found = TypeVar("Found")
PICTURE = {"model": "z-image", "input": {"prompt": "a red kite over the sea", "aspect_ratio": "16:9"}}


@dataclass
class Kie:
    """A client of a running stand-in. Answers are KIE's envelopes, `data` what is in them."""

    url: str
    session: aiohttp.ClientSession
    key: str = KEY

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.key}"}

    async def call(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        async with self.session.request(method, self.url + path, headers=self.headers, **more) as answer:
            assert answer.status == 200, answer.status
            body: dict[str, Any] = await answer.json()
            return body

    async def create(self, body: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
        return await self.call("POST", "/kie/api/v1/jobs/createTask", json={**(body or PICTURE), **more})

    async def made(self, body: dict[str, Any] | None = None, **more: Any) -> str:
        answer = await self.create(body, **more)
        assert answer["code"] == 200, answer
        task_id: str = answer["data"]["taskId"]
        return task_id

    async def read(self, task_id: str) -> dict[str, Any]:
        return await self.call("GET", "/kie/api/v1/jobs/recordInfo", params={"taskId": task_id})

    async def ended(self, task_id: str) -> dict[str, Any]:
        """The record once the task has ended."""

        async def look() -> dict[str, Any] | None:
            shown = (await self.shown(task_id))["record"]
            return shown if shown["completeTime"] else None

        return await until(look)

    async def knobs(self, **knobs: Any) -> None:
        async with self.session.post(self.url + "/sandbox/kie/knobs", json=knobs) as answer:
            assert answer.status == 200, await answer.text()

    async def look(self, what: str) -> Any:
        async with self.session.get(f"{self.url}/sandbox/kie/{what}") as answer:
            return (await answer.json())[what.partition("?")[0]]

    async def shown(self, task_id: str) -> dict[str, Any]:
        found: dict[str, Any] = next(task for task in await self.look("tasks") if task["taskId"] == task_id)
        return found

    async def credits(self) -> float:
        return float((await self.call("GET", "/kie/api/v1/chat/credit"))["data"])

    async def give_credits(self, amount: float) -> None:
        await self.session.post(self.url + "/sandbox/kie/credits", json={"credits": amount})


@dataclass
class Receiver:
    """Where callbacks arrive. It answers with the statuses in `answers`, then with 200."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    async def take(self, request: web.Request) -> web.Response:
        self.bodies.append(await request.json())
        self.headers.append(dict(request.headers))
        return web.Response(status=self.answers.pop(0) if self.answers else 200)

    async def count(self, many: int) -> None:
        """Waits until so many have come."""

        async def enough() -> bool:
            return len(self.bodies) >= many

        await until(enough)


@asynccontextmanager
async def running_standin(data: Path, hmac_key: str | None = HMAC_KEY) -> AsyncIterator[Kie]:
    """A stand-in on its own port."""
    sock = bound_socket()
    url = f"http://127.0.0.1:{sock.getsockname()[1]}"
    app = web.Application()
    await add_kie_routes(app, data=data, key=KEY, public_url=url, hmac_key=hmac_key)
    async with serving(app, sock), aiohttp.ClientSession() as session:
        yield Kie(url, session)


@asynccontextmanager
async def running_receiver() -> AsyncIterator[Receiver]:
    """A receiver of callbacks on its own port."""
    sock = bound_socket()
    receiver = Receiver(f"http://127.0.0.1:{sock.getsockname()[1]}/webhook/kie/token")
    app = web.Application()
    app.router.add_post("/webhook/kie/token", receiver.take)
    async with serving(app, sock):
        yield receiver


@asynccontextmanager
async def serving(app: web.Application, sock: socket.socket) -> AsyncIterator[None]:
    """The application on this socket."""
    runner = web.AppRunner(app, shutdown_timeout=2)
    await runner.setup()
    await web.SockSite(runner, sock).start()
    try:
        yield
    finally:
        await runner.cleanup()


def bound_socket() -> socket.socket:
    """A socket on a free port of loopback."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", 0))
    return sock


async def until(look: Callable[[], Awaitable[Found | None]]) -> Found:
    """What `look` finds, asked again and again until a deadline."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        found = await look()
        if found:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen in time")
