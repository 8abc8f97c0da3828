"""A Telegram update on its way into the inbox, without Telegram's own types: those take seconds to import."""

import hashlib
import json
from collections.abc import Mapping
from typing import TypeAlias

from app.inbox.errors import MalformedEventError
from app.inbox.events import Incoming, Source

JsonObject: TypeAlias = dict[str, object]

CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"))

# Who acts, in order of preference: a person, a chat that speaks as a person, the chat where it happened.
ACTORS = ("from", "user", "sender_chat", "voter_chat", "actor_chat", "chat", "user_chat_id")


def incoming_update(raw: bytes, bot_id: int) -> Incoming:
    """The update as the inbox stores it, bytes unchanged.

    The lane is the acting person, so that a tap and a message of one person cannot race, wherever they come
    from. Raises MalformedEventError for what is no JSON, no object, or has no update_id.
    """
    update = parse_payload(raw)
    update_id = update.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool):
        raise MalformedEventError("no update_id")
    return Incoming(
        source=Source.TELEGRAM,
        scope=str(bot_id),
        external_id=str(update_id),
        lane=_lane(update) or f"update-{update_id}",
        payload=raw,
        digest=canonical_digest(update),
    )


def update_kind(update: Mapping[str, object]) -> str | None:
    """The name of the only field beside update_id that is an object: `message`, `callback_query`, …"""
    return next((name for name, value in update.items() if isinstance(value, dict)), None)


def parse_payload(raw: bytes) -> JsonObject:
    """The object that the bytes mean, free of NUL, which Postgres cannot hold in a text.

    Raises MalformedEventError.
    """
    try:
        parsed: object = json.loads(raw.replace(b"\0", b""))
        if b"\\u0000" in raw:
            parsed = _without_nul(parsed)
    except (ValueError, RecursionError) as error:
        raise MalformedEventError("not JSON") from error
    if not isinstance(parsed, dict):
        raise MalformedEventError("not an object")
    return parsed


def canonical_digest(value: object) -> bytes:
    """SHA-256 over the JSON with sorted keys and no spaces: equal content, equal digest."""
    return hashlib.sha256(CANONICAL.encode(value).encode()).digest()


def _without_nul(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\0", "")
    if isinstance(value, list):
        return [_without_nul(item) for item in value]
    if isinstance(value, dict):
        return {key.replace("\0", ""): _without_nul(item) for key, item in value.items()}
    return value


def _lane(update: Mapping[str, object]) -> str | None:
    kind = update_kind(update)
    body = update[kind] if kind else None
    if not isinstance(body, dict):
        return None
    for name in ACTORS:
        actor = body.get(name)
        number = actor.get("id") if isinstance(actor, dict) else actor
        if isinstance(number, int):
            return str(number)
    return None
