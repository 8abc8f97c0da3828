"""By what a receipt is known again: its bytes, and for a picture what it looks like."""

from hashlib import sha256

from app.media import likeness_of
from app.payments.receipts.receipt import Fingerprint

ALIKE_BITS = 24
"""Up to so many different bits of 1024 two pictures count as the same to the eye."""


async def fingerprint_of(content: bytes) -> Fingerprint:
    """Of a picture or a document."""
    return Fingerprint(sha256(content).digest(), await likeness_of(content))


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether two likenesses belong to one picture."""
    differing = int.from_bytes(one) ^ int.from_bytes(other)
    return differing.bit_count() <= ALIKE_BITS
