"""The routes that strangers call: each proves who calls before it reads the body."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from aiohttp import web

from app.generation import CallbackTokens
from app.generation.kie import CallbackSignatures
from app.inbox import Inbox, Incoming, MalformedEventError, Source, canonical_digest
from app.web.forgeries import Forgeries
from app.web.intake import Intake

logger = logging.getLogger(__name__)

BODY_SECONDS = 20.0
"""A megabyte over the slowest line that a server has; whoever drips it is let go."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True)
class KieCallbacks:
    """What the KIE route needs; `tokens` raises StorageUnavailableError until the signing key was read."""

    inbox: Inbox
    tokens: Callable[[], Awaitable[CallbackTokens]]
    signatures: CallbackSignatures


def telegram_webhook(intake: Intake, secret: str, forgeries: Forgeries) -> Handler:
    """200 once the update is stored; 401 without the secret, 413 and 408 for a body too large or too slow."""
    expected = secret.encode()

    async def handle(request: web.Request) -> web.Response:
        given = request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")
        if not hmac.compare_digest(given.encode(errors="replace"), expected):
            await forgeries.refused()
            return web.json_response({"error": "unauthorized"}, status=401)
        await intake.take(await _body(request))
        return web.json_response({})

    return handle


def kie_webhook(callbacks: KieCallbacks, forgeries: Forgeries) -> Handler:
    """200 once the callback is stored; 404 for a token that we did not make, 401 where KIE's signature is amiss."""

    async def handle(request: web.Request) -> web.Response:
        token = request.match_info["token"]
        if (await callbacks.tokens()).read(token) is None:
            await forgeries.refused()
            return web.json_response({"error": "not found"}, status=404)
        body, headers = await _body(request), request.headers
        proof = headers.get("X-Webhook-Timestamp", ""), headers.get("X-Webhook-Signature", "")
        if not callbacks.signatures.accept(body, *proof):
            await forgeries.refused()
            logger.warning("a callback without a valid signature was refused")
            return web.json_response({"error": "unauthorized"}, status=401)
        await callbacks.inbox.accept(_callback(token, body))
        return web.json_response({})

    return handle


async def _body(request: web.Request) -> bytes:
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def _callback(token: str, raw: bytes) -> Incoming:
    """One lane per generation: what is told twice in the same words is one event."""
    try:
        digest = canonical_digest(json.loads(raw))
    except ValueError as error:
        raise MalformedEventError("not JSON") from error
    return Incoming(source=Source.KIE, scope="", external_id=token, lane=token, payload=raw, digest=digest)
