"""The token in a callback URL: it names a generation, and only we can make it."""

import base64
import binascii
import hmac
from hashlib import sha256

# Keeps this use of the key apart from every other one.
PURPOSE = b"generation-callback:"
ID_BYTES = 8
SEAL_BYTES = 16
PATH = "/webhook/kie/"


class CallbackTokens:
    """`key` is the signing key of the database, at least 32 random bytes."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, generation_id: int) -> str:
        """39 characters of lower-case base32: the id and 128 bits of HMAC-SHA256 over it."""
        name = generation_id.to_bytes(ID_BYTES, "big")
        return base64.b32encode(name + self._seal(name)).decode().rstrip("=").lower()

    def read(self, token: str) -> int | None:
        """The generation's id; None for everything that we did not make. Takes the same time for any guess."""
        try:
            raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
        except (binascii.Error, ValueError):
            return None
        name, seal = raw[:ID_BYTES], raw[ID_BYTES:]
        if not hmac.compare_digest(seal, self._seal(name)):
            return None
        return int.from_bytes(name, "big")

    def _seal(self, name: bytes) -> bytes:
        return hmac.digest(self._key, PURPOSE + name, sha256)[:SEAL_BYTES]


class CallbackUrls:
    """`base` is the public URL of this service without a slash at its end; None where nobody can call us."""

    def __init__(self, tokens: CallbackTokens, base: str | None) -> None:
        self._tokens = tokens
        self._base = base

    @property
    def reachable(self) -> bool:
        """Whether callbacks can come at all."""
        return self._base is not None

    def make(self, generation_id: int) -> str | None:
        """Where the provider shall report; None when it cannot."""
        return None if self._base is None else f"{self._base}{PATH}{self._tokens.make(generation_id)}"

    def names(self, url: str | None, generation_id: int) -> bool:
        """Whether a URL that the provider has on record for a task is the one of this generation."""
        return url is not None and self._tokens.read(url.rpartition("/")[2]) == generation_id
