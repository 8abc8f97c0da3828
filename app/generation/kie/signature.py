"""KIE's signature of a callback. It does not cover the body: a valid one only says that KIE has called."""

import base64
import hashlib
import hmac
from datetime import datetime

from app.clock import Clock
from app.generation.kie.events import read_callback

TOLERANCE_SECONDS = 300
"""How far the sender's clock may be from ours; KIE names no window, this is our choice."""


class CallbackSignatures:
    """Without a key nothing is asked for: then the token of the URL speaks alone."""

    def __init__(self, key: str | None, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def accept(self, body: bytes, timestamp: str, signature: str) -> bool:
        """Whether KIE has signed a callback with this body and these headers, just now."""
        if self._key is None:
            return True
        hint = read_callback(body)
        task_id = "" if hint is None else hint.task_id
        return signature_is_valid(self._key, task_id, timestamp, signature, self._clock.now())


def signature_is_valid(key: str, task_id: str, timestamp: str, signature: str, now: datetime) -> bool:
    """Was this callback signed with `key`, at most five minutes before or after `now` (aware)?

    `timestamp` (Unix seconds) and `signature` are the headers X-Webhook-Timestamp and X-Webhook-Signature as
    they came; whatever is malformed is simply not valid, and nothing is with an empty key. The comparison takes
    constant time.
    """
    if not key or not (timestamp.isascii() and timestamp.isdigit()) or len(timestamp) > 12:
        return False
    if abs(now.timestamp() - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    digest = hmac.digest(key.encode(), f"{task_id}.{timestamp}".encode("utf-8", "replace"), hashlib.sha256)
    return hmac.compare_digest(base64.b64encode(digest), signature.encode("utf-8", "replace"))
