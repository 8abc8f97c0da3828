"""KIE's envelope and what stands before every call: the key, and the knobs that spoil answers.

The HTTP status is 200 for errors too; the code inside tells.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.values import Json, JsonObject, compact, parse_object

Answer = Callable[[web.Request], Awaitable[Json]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
BODY_LIMIT = 16 * 1024 * 1024
_WORDS = {
    401: "You do not have access permissions",
    404: "Not Found",
    429: "Your call frequency is too high. Please try again later.",
    433: "The current number of points used by apiKey has exceeded the daily limit",
    455: "The service is under maintenance. Please try again later.",
    500: "Internal error, please try again later.",
    501: "Generation failed",
    505: "This feature is disabled",
}


class Gate:
    """Checks the key and turns what a call returns, or refuses, into the envelope."""

    def __init__(self, knobs: KnobBoard, key: str) -> None:
        self._knobs = knobs
        self._expected = f"Bearer {key}".encode()

    def guard_upload(self, answer: Answer) -> Handler:
        """The handler for an upload: the same, in the envelope of the upload host."""
        return self.guard("upload", answer, succeed=uploaded)

    def guard(
        self, calls: str, answer: Answer, succeed: Callable[[Json], web.Response] | None = None
    ) -> Handler:
        """The handler for one kind of call (a word of `knobs.CALLS`)."""
        wrap = succeed or success

        async def handle(request: web.Request) -> web.StreamResponse:
            await asyncio.sleep(self._knobs.number("latency", 0, calls=calls))
            status = int(self._knobs.number("http_status", 0, calls=calls))
            if status:
                return web.Response(
                    status=status, text="<html><body>upstream error</body></html>", content_type="text/html"
                )
            try:
                self._check(request, calls)
                return wrap(await answer(request))
            except RefusalError as refusal:
                return refused(refusal)

        return handle

    def _check(self, request: web.Request, calls: str) -> None:
        told = request.headers.get("Authorization", "").encode()
        if not hmac.compare_digest(told, self._expected):
            raise RefusalError(401, _WORDS[401])
        code = int(self._knobs.number("code", 0, calls=calls))
        if code:
            raise RefusalError(code, said(code))


def success(data: Json) -> web.Response:
    """Code 200."""
    return web.json_response({"code": 200, "msg": "success", "data": data}, dumps=compact)


def uploaded(data: Json) -> web.Response:
    """Code 200 as the upload host says it."""
    envelope: JsonObject = {"success": True, "code": 200, "msg": "File uploaded successfully", "data": data}
    return web.json_response(envelope, dumps=compact)


def refused(refusal: RefusalError) -> web.Response:
    """Any other code, HTTP 200 all the same."""
    return web.json_response({"code": refusal.code, "msg": refusal.message, "data": None}, dumps=compact)


def said(code: int) -> str:
    """KIE's words for a code."""
    return _WORDS.get(code, "error")


async def read_body(request: web.Request) -> bytes:
    """The body, 16 MB at most, whatever the limit of the application is; RefusalError 413 beyond."""
    parts: list[bytes] = []
    size = 0
    async for part in request.content.iter_chunked(65_536):
        size += len(part)
        if size > BODY_LIMIT:
            raise RefusalError(413, "The request is too large")
        parts.append(part)
    return b"".join(parts)


async def read_object(request: web.Request) -> JsonObject:
    """The JSON object of the body; RefusalError 400 when it is none."""
    body = parse_object(await read_body(request))
    if body is None:
        raise RefusalError(400, "The request body is not valid JSON")
    return body
