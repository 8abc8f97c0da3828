"""The routes of the stand-in, there at once; what answers them comes as soon as aiogram is imported."""

import asyncio
import importlib
import threading
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Protocol

from aiohttp import web

PREFIX = "/sandbox/telegram"


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
    app.on_shutdown.append(front.stop)
    app.router.add_route("*", "/bot{token}/{method}", front.bot_api)
    app.router.add_get("/file/bot{token}/{path:.+}", front.file)
    app.router.add_route("*", PREFIX + "/{tail:.*}", front.client_api)


class Behind(Protocol):
    """What answers: `app.sandbox.telegram.doors.Doors`, named here by its shape because it imports aiogram."""

    def run(self) -> Awaitable[None]: ...

    def close(self) -> None: ...

    def bot_api(self, request: web.Request) -> Awaitable[web.StreamResponse]: ...

    def file(self, request: web.Request) -> Awaitable[web.StreamResponse]: ...

    def client_api(self, request: web.Request) -> Awaitable[web.StreamResponse]: ...


class Front:
    """Holds requests back until the stand-in is loaded; if that fails, every request fails."""

    def __init__(self, options: TelegramOptions) -> None:
        self._options = options
        self._task: asyncio.Task[Behind] | None = None

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        self._task = asyncio.create_task(self._load(), name="load the telegram stand-in")
        working = asyncio.create_task(self._work(self._task), name="telegram stand-in")
        yield
        working.cancel()
        with suppress(asyncio.CancelledError):
            await working

    async def stop(self, _app: web.Application) -> None:
        """Before the server waits for its requests to end: long polls are asked to go."""
        if self._task is not None and self._task.done():
            self._task.result().close()

    async def bot_api(self, request: web.Request) -> web.StreamResponse:
        return await (await self._behind()).bot_api(request)

    async def file(self, request: web.Request) -> web.StreamResponse:
        return await (await self._behind()).file(request)

    async def client_api(self, request: web.Request) -> web.StreamResponse:
        return await (await self._behind()).client_api(request)

    async def _behind(self) -> Behind:
        if self._task is None:
            raise web.HTTPServiceUnavailable
        return await asyncio.shield(self._task)

    async def _load(self) -> Behind:
        module = await _imported("app.sandbox.telegram.doors")
        options = self._options
        doors: Behind = module.Doors(options.data, options.token, retry_scale=options.retry_scale)
        return doors

    async def _work(self, loading: "asyncio.Task[Behind]") -> None:
        await (await loading).run()


async def _imported(name: str) -> ModuleType:
    """Imports beside the event loop. The thread is a daemon, because a SIGTERM shall not wait for aiogram."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[ModuleType] = loop.create_future()

    def load() -> None:
        module: ModuleType | None = None
        try:
            module = importlib.import_module(name)
        finally:  # an error is printed by the thread itself
            with suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_settle, done, module)

    threading.Thread(target=load, name=f"import {name}", daemon=True).start()
    return await done


def _settle(done: "asyncio.Future[ModuleType]", module: ModuleType | None) -> None:
    if done.done():
        return
    if module is None:
        done.set_exception(ImportError("the telegram stand-in cannot be imported; its thread said why"))
    else:
        done.set_result(module)
