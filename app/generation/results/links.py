"""Links to single files of results, for those that are too large for Telegram: signed, and they run out."""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from app.clock import Clock
from app.errors import AppError

# Keeps this use of the key apart from every other one.
PURPOSE = b"result-file:"
ID_BYTES = 8
NUMBER_BYTES = 2
MOMENT_BYTES = 5
SEAL_BYTES = 16
NAME_BYTES = ID_BYTES + NUMBER_BYTES + MOMENT_BYTES
PATH = "/files/"

LINK_LIFE = timedelta(days=7)
"""A new one is as near as History."""


class UnknownLinkError(AppError):
    """Not a link of ours, or of a file that never was."""

    def __init__(self) -> None:
        super().__init__("unknown link")


class ExpiredLinkError(AppError):
    """A link of ours, or its file, is too old."""

    def __init__(self) -> None:
        super().__init__("expired link")


@dataclass(frozen=True)
class FileName:
    """Which file of which result; numbers begin with 1."""

    generation_id: int
    number: int


@dataclass(frozen=True)
class FileLink:
    """A link and when it runs out."""

    url: str
    until: datetime


class FileTokens:
    """`key` is the signing key of the database, at least 32 random bytes."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock

    def make(self, name: FileName, until: datetime) -> str:
        """50 characters of lower-case base32: the name, the moment and 128 bits of HMAC-SHA256 over them."""
        raw = (
            name.generation_id.to_bytes(ID_BYTES, "big")
            + name.number.to_bytes(NUMBER_BYTES, "big")
            + int(until.timestamp()).to_bytes(MOMENT_BYTES, "big")
        )
        return base64.b32encode(raw + self._seal(raw)).decode().rstrip("=").lower()

    def read(self, token: str) -> FileName:
        """Raises UnknownLinkError for what we did not make, in the same time for any guess; ExpiredLinkError."""
        try:
            raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        except (binascii.Error, ValueError) as error:
            raise UnknownLinkError from error
        name, seal = raw[:NAME_BYTES], raw[NAME_BYTES:]
        if not hmac.compare_digest(seal, self._seal(name)):
            raise UnknownLinkError
        if int.from_bytes(name[-MOMENT_BYTES:], "big") <= self._clock.now().timestamp():
            raise ExpiredLinkError
        number = name[ID_BYTES : ID_BYTES + NUMBER_BYTES]
        return FileName(int.from_bytes(name[:ID_BYTES], "big"), int.from_bytes(number, "big"))

    def _seal(self, name: bytes) -> bytes:
        return hmac.digest(self._key, PURPOSE + name, sha256)[:SEAL_BYTES]


class FileLinks:
    """`base` is the public URL of this service without a slash at its end; None where nobody can come here."""

    def __init__(self, tokens: FileTokens, base: str | None, clock: Clock) -> None:
        self._tokens = tokens
        self._base = base
        self._clock = clock

    def make(self, name: FileName) -> FileLink | None:
        """A fresh link; None when there can be none."""
        if self._base is None:
            return None
        until = self._clock.now() + LINK_LIFE
        return FileLink(f"{self._base}{PATH}{self._tokens.make(name, until)}", until)
