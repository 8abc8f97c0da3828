"""Everything that is not the sandbox's own goes to the real server, so that one port shows both."""

from collections.abc import AsyncIterator

import aiohttp
from aiohttp import web
from yarl import URL

# Names that belong to one connection, not to the message (RFC 9110, 7.6.1), and what the two sides set themselves.
HOP = frozenset(
    (
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
        "host",
        "content-length",
        "date",
        "server",
    )
)
ANSWER_SECONDS = 60.0
RETRY_AFTER = {"Retry-After": "2"}


def add_proxy_routes(app: web.Application, server_url: str) -> None:
    """Mounts a catch-all: add it last. The server away → 503 with Retry-After: 2."""
    proxy = Proxy(server_url.rstrip("/"))
    app.cleanup_ctx.append(proxy.run)
    app.router.add_route("*", "/{tail:.*}", proxy.forward)


class Proxy:
    """Hands requests and answers through as they stream."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._session: aiohttp.ClientSession | None = None

    async def run(self, _app: web.Application) -> AsyncIterator[None]:
        self._session = aiohttp.ClientSession(
            auto_decompress=False,
            connector=aiohttp.TCPConnector(limit=0),
            timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS, connect=5),
        )
        yield
        await self._session.close()

    async def forward(self, request: web.Request) -> web.StreamResponse:
        if self._session is None:
            return web.Response(status=503, headers=RETRY_AFTER)
        headers = [(name, value) for name, value in request.headers.items() if name.lower() not in HOP]
        try:
            async with self._session.request(
                request.method,
                URL(f"{self._server_url}{request.raw_path}", encoded=True),
                headers=headers,
                data=request.content if request.can_read_body else None,
                allow_redirects=False,
            ) as answer:
                return await _passed_on(request, answer)
        except (aiohttp.ClientConnectionError, TimeoutError):
            return web.Response(status=503, text="the server is away", headers=RETRY_AFTER)


async def _passed_on(request: web.Request, answer: aiohttp.ClientResponse) -> web.StreamResponse:
    response = web.StreamResponse(status=answer.status, reason=answer.reason)
    for name, value in answer.headers.items():
        if name.lower() not in HOP:
            response.headers.add(name, value)
    if answer.content_length is not None:
        response.content_length = answer.content_length
    await response.prepare(request)
    async for chunk in answer.content.iter_any():
        await response.write(chunk)
    await response.write_eof()
    return response
