"""The door for the bot: `/bot<token>/<method>` and `/file/bot<token>/<path>`, with Telegram's envelope."""

import asyncio
import hmac
import inspect
from contextlib import suppress

from aiohttp import web
from pydantic import JsonValue

from app.sandbox.telegram.errors import RefusedError
from app.sandbox.telegram.faults import Fault, FaultKind
from app.sandbox.telegram.methods import METHODS, Method, known_to_telegram
from app.sandbox.telegram.params import Request, fetch_links, loggable, read_request, to_method
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.wire import Answer, to_json

LOOK_FOR_HANGUP_SECONDS = 0.1


class BotApi:
    """Translates: HTTP in, one method in one transaction, envelope out; every call ends up in the journal."""

    def __init__(self, standin: StandIn) -> None:
        self._standin = standin

    async def call(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        if not self._is_ours(request):
            return _envelope(self._noted(name, RefusedError(401, "Unauthorized")))
        method = METHODS.get(name.lower())
        if method is None:
            unknown = RefusedError(404, "Not Found: method not found")
            missing = RefusedError(501, f"Not Implemented: sandbox violation: {name} is not in the sandbox")
            return _envelope(self._noted(name, missing if known_to_telegram(name) else unknown))
        try:
            incoming = await read_request(request, self._standin.files.incoming)
        except RefusedError as error:
            return _envelope(self._noted(name, error))
        try:
            return await self._answer(request, method, incoming)
        finally:
            incoming.discard()

    async def download(self, request: web.Request) -> web.StreamResponse:
        if not self._is_ours(request):
            return _envelope(RefusedError(401, "Unauthorized"))
        fault = self._standin.faults.of_call("download", None)
        if fault is not None:
            return await self._fail(request, "download", {}, fault)
        shelved = self._standin.files.public(request.match_info["path"])
        if shelved is None:
            return _envelope(RefusedError(404, "Not Found"))
        return web.FileResponse(shelved.path, headers={"Content-Type": "application/octet-stream"})

    async def _answer(self, request: web.Request, method: Method, incoming: Request) -> web.StreamResponse:
        shown = loggable(method.model, incoming)
        fault = self._standin.faults.of_call(method.name, _chat_of(shown))
        if fault is not None and fault.kind is not FaultKind.LOST:
            return await self._fail(request, method.name, shown, fault)
        try:
            result = to_json(await self._run(method, incoming))
        except RefusedError as error:
            self._standin.journal.record(method.name, shown, error=error, fault=None)
            return _envelope(error)
        if method.name != "getUpdates":
            self._standin.journal.record(method.name, shown, error=None, fault=fault.kind if fault else None)
        if fault is not None and request.transport is not None:
            request.transport.abort()
        return web.json_response({"ok": True, "result": result})

    async def _run(self, method: Method, incoming: Request) -> Answer:
        await fetch_links(incoming, self._standin.files.incoming)
        call = to_method(method.model, incoming)
        with self._standin.store.transaction():
            result = method.run(self._standin, call)
        return await result if inspect.isawaitable(result) else result

    async def _fail(
        self, request: web.Request, method: str, shown: dict[str, JsonValue], fault: Fault
    ) -> web.StreamResponse:
        error = {
            FaultKind.FLOOD: RefusedError(
                429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after
            ),
            FaultKind.SERVER_ERROR: RefusedError(502, "Bad Gateway"),
        }.get(fault.kind, RefusedError(504, "never answered"))
        self._standin.journal.record(method, shown, error=error, fault=fault.kind)
        if fault.kind is FaultKind.SILENCE:
            await _hung_up(request, self._standin.closing)
        return _envelope(error)

    def _is_ours(self, request: web.Request) -> bool:
        return hmac.compare_digest(request.match_info["token"].encode(), self._standin.token.encode())

    def _noted(self, name: str, error: RefusedError) -> RefusedError:
        self._standin.journal.record(name, {}, error=error, fault=None)
        return error


async def _hung_up(request: web.Request, closing: asyncio.Event) -> None:
    """Until the client loses patience. aiohttp tells nobody when it goes, so it is looked for."""
    while not closing.is_set() and request.transport is not None and not request.transport.is_closing():
        with suppress(TimeoutError):
            await asyncio.wait_for(closing.wait(), LOOK_FOR_HANGUP_SECONDS)


def _chat_of(shown: dict[str, JsonValue]) -> int | None:
    chat = shown.get("chat_id")
    return chat if isinstance(chat, int) else None


def _envelope(error: RefusedError) -> web.Response:
    body: dict[str, JsonValue] = {"ok": False, "error_code": error.code, "description": error.description}
    if error.retry_after is not None:
        body["parameters"] = {"retry_after": error.retry_after}
    return web.json_response(body, status=error.code)
