"""By what a receipt is known again: its bytes, and for a picture what it looks like; pure.

The likeness is a difference hash: the picture in grey at 33 x 32 points, and for each point one bit, whether it is
clearly brighter than its right neighbour. Another compression or size changes few of the 1024 bits.
"""

from hashlib import sha256
from io import BytesIO

from PIL import Image, UnidentifiedImageError

from app.payments.receipts.receipt import Fingerprint

SIDE = 32
CLEARLY = 4
"""Of 255 shades: less is the noise of a compression."""

ALIKE_BITS = 24
"""Up to so many different bits of 1024 two pictures count as the same to the eye."""

MOST_PIXELS = 50_000_000
"""A picture of more is not opened: Telegram's photos have at most 2560 x 2560."""


def fingerprint_of(content: bytes) -> Fingerprint:
    """Of a picture or a document; takes milliseconds of a processor, so call it in a thread."""
    return Fingerprint(sha256(content).digest(), _likeness(content))


def look_alike(one: bytes, other: bytes) -> bool:
    """Whether two likenesses belong to one picture."""
    differing = int.from_bytes(one) ^ int.from_bytes(other)
    return differing.bit_count() <= ALIKE_BITS


def _likeness(content: bytes) -> bytes | None:
    try:
        with Image.open(BytesIO(content)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return None
            grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    shades = grey.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            left = row * (SIDE + 1) + column
            bits = bits << 1 | (shades[left] > shades[left + 1] + CLEARLY)
    return bits.to_bytes(SIDE * SIDE // 8)
