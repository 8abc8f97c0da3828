"""How the bot gets its updates: webhook or long polling, never both."""

import asyncio
import json
import re
from datetime import UTC, datetime
from urllib.parse import urlsplit

from aiogram.methods import DeleteWebhook, GetUpdates, GetWebhookInfo, SetWebhook
from aiogram.types import Update, WebhookInfo

from app.sandbox.telegram.errors import BadRequestError, RefusedError, ViolationError
from app.sandbox.telegram.params import LOOPBACK
from app.sandbox.telegram.standin import StandIn
from app.sandbox.telegram.updates import Waiting, Webhook
from app.sandbox.telegram.wire import Json

SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
KINDS = frozenset(Update.model_fields) - {"update_id"}
POLLING = "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
SECOND_POLLER = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


def set_webhook(standin: StandIn, call: SetWebhook) -> bool:
    """`allowed_updates` left out keeps the list that was there."""
    if not call.url:
        return delete_webhook(standin, DeleteWebhook(drop_pending_updates=call.drop_pending_updates))
    _check_url(call.url)
    if call.secret_token is not None and not SECRET.fullmatch(call.secret_token):
        raise BadRequestError("secret token contains unallowed characters")
    connections = 40 if call.max_connections is None else call.max_connections
    if not 1 <= connections <= 100:
        raise ViolationError("max_connections must be 1-100")
    before = standin.updates.webhook()
    _drop(standin, drop=call.drop_pending_updates)
    standin.updates.set_webhook(
        Webhook(
            url=call.url,
            secret=call.secret_token,
            max_connections=connections,
            allowed=_allowed(call.allowed_updates, before.allowed),
        )
    )
    standin.delivery.webhook_changed()
    _attend(standin)
    return True


def delete_webhook(standin: StandIn, call: DeleteWebhook) -> bool:
    _drop(standin, drop=call.drop_pending_updates)
    standin.updates.set_webhook(Webhook(allowed=standin.updates.webhook().allowed))
    standin.delivery.webhook_changed()
    return True


def get_webhook_info(standin: StandIn, _call: GetWebhookInfo) -> WebhookInfo:
    webhook = standin.updates.webhook()
    return WebhookInfo(
        url=webhook.url,
        has_custom_certificate=False,
        pending_update_count=standin.updates.pending_count(),
        ip_address="127.0.0.1" if webhook.url else None,
        last_error_date=datetime.fromtimestamp(webhook.error_at, UTC) if webhook.error_at else None,
        last_error_message=webhook.error,
        max_connections=webhook.max_connections if webhook.url else None,
        allowed_updates=list(webhook.allowed) or None,
    )


async def get_updates(standin: StandIn, call: GetUpdates) -> Json:
    """Long polling; a second request takes the place of the first, which is told so by 409."""
    if standin.updates.webhook().url:
        raise RefusedError(409, POLLING)
    _attend(standin)
    _remember_allowed(standin, call.allowed_updates)
    turn = standin.store.next_number("poller", first=1)
    limit = min(max(call.limit or 100, 1), 100)
    _confirm(standin, call.offset or 0)
    deadline = asyncio.get_running_loop().time() + min(call.timeout or 0, 50)
    standin.updates.arrived.send()
    while not (found := standin.updates.pending(limit=limit)):
        left = deadline - asyncio.get_running_loop().time()
        if left <= 0 or standin.closing.is_set():
            break
        await standin.updates.arrived.wait(left)
        _check_turn(standin, turn)
    return [_opened(waiting) for waiting in found]


def _attend(standin: StandIn) -> None:
    if not standin.updates.is_attended:
        standin.updates.attend()
        standin.changes.record("attended", None, {})


def _check_turn(standin: StandIn, turn: int) -> None:
    if standin.updates.webhook().url:
        raise RefusedError(409, "Conflict: terminated by setWebhook request")
    if int(standin.store.note("poller") or turn) != turn:
        raise RefusedError(409, SECOND_POLLER)


def _opened(waiting: Waiting) -> Json:
    update: Json = json.loads(waiting.payload)
    return update


def _confirm(standin: StandIn, offset: int) -> None:
    if offset < 0:
        newest = standin.updates.pending(limit=-offset, newest=True)
        offset = newest[0].update_id if newest else 0
    standin.updates.confirm(offset)


def _remember_allowed(standin: StandIn, asked: list[str] | None) -> None:
    if asked is not None:
        standin.updates.set_webhook(Webhook(allowed=_allowed(asked, ())))


def _allowed(asked: list[str] | None, before: tuple[str, ...]) -> tuple[str, ...]:
    if asked is None:
        return before
    if unknown := set(asked) - KINDS:
        raise ViolationError(f"unknown kinds of updates: {', '.join(sorted(unknown))}")
    return tuple(asked)


def _drop(standin: StandIn, *, drop: bool | None) -> None:
    if drop:
        standin.changes.record("dropped_updates", None, {"count": standin.updates.drop_all()})


def _check_url(url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadRequestError("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.hostname not in LOOPBACK:
        raise BadRequestError("bad webhook: Failed to resolve host: Name or service not known")
