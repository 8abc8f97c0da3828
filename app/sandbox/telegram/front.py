"""The routes of the stand-in, there at once; what answers them comes as soon as aiogram is imported."""

import asyncio
import importlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from aiohttp import web

PREFIX = "/sandbox/telegram"
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class TelegramOptions:
    """`data`: folder of the state; `retry_scale` shortens the pauses between deliveries, for tests."""

    data: Path
    token: str
    retry_scale: float = 1.0


def add_telegram_routes(app: web.Application, options: TelegramOptions) -> None:
    """Mounts /bot…, /file/bot… and /sandbox/telegram, and begins with the application."""
    front = Front(options)
    app.cleanup_ctx.append(front.run)
    app.router.add_route("*", "/bot{token}/{method}", front.bot_api)
    app.router.add_get("/file/bot{token}/{path:.+}", front.file)
    app.router.add_route("*", PREFIX + "/{tail:.*}", front.client_api)


class Front:
    """Holds requests back until the stand-in is loaded."""

    def __init__(self, options: TelegramOptions) -> None:
        self._options = options
        self._loaded: asyncio.Future[ModuleType] | None = None
        self._doors: dict[str, Serve] = {}
        self._open = asyncio.Event()

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        task = asyncio.create_task(self._serve(), name="telegram stand-in")
        yield
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task

    async def bot_api(self, request: web.Request) -> web.StreamResponse:
        return await self._through("bot_api", request)

    async def file(self, request: web.Request) -> web.StreamResponse:
        return await self._through("file", request)

    async def client_api(self, request: web.Request) -> web.StreamResponse:
        return await self._through("client_api", request)

    async def _through(self, door: str, request: web.Request) -> web.StreamResponse:
        await self._open.wait()
        return await self._doors[door](request)

    async def _serve(self) -> None:
        module = await asyncio.to_thread(importlib.import_module, "app.sandbox.telegram.doors")
        doors = module.Doors(self._options.data, self._options.token, retry_scale=self._options.retry_scale)
        self._doors = {"bot_api": doors.bot_api, "file": doors.file, "client_api": doors.client_api}
        self._open.set()
        await doors.run()
