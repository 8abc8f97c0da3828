"""A server on the loopback that quotes whatever it was sent, and one that never answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer


async def _quote(request: web.Request) -> web.Response:
    """Refuses, in the form of the Bot API and of KIE at once, with everything that it was sent."""
    said = " ".join([str(request.url), request.raw_path, *map(str, request.headers.values())])
    said += (await request.read()).decode(errors="replace")
    body = {"ok": False, "error_code": 400, "description": said, "code": 422, "msg": said, "data": None}
    return web.json_response(body, status=400)


async def _hang(_: web.Request) -> web.Response:
    await asyncio.Event().wait()
    raise AssertionError


@asynccontextmanager
async def quoting_server() -> AsyncIterator[str]:
    """Its address; below /silent/ it never answers."""
    application = web.Application()
    application.router.add_route("*", "/silent/{tail:.*}", _hang)
    application.router.add_route("*", "/{tail:.*}", _quote)
    async with TestServer(application, shutdown_timeout=0) as server:
        yield f"http://127.0.0.1:{server.port}"
