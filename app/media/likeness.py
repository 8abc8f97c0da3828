"""What a picture looks like, as bits.

A difference hash: the picture in grey at 33 x 32 points, and for each point one bit, whether it is clearly brighter
than its right neighbour. Another compression or size changes few of the 1024 bits.
"""

from io import BytesIO

from PIL import Image

SIDE = 32
CLEARLY = 4
"""Of 255 shades: less is the noise of a compression."""

MOST_PIXELS = 50_000_000
"""A picture of more is not opened: Telegram's photos have at most 2560 x 2560."""

_FORMATS = ("JPEG", "PNG", "WEBP")


def likeness(content: bytes) -> bytes:
    """See `likeness_of`; empty for what is no picture that can be opened. Raises MemoryError."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                return b""
            grey = picture.convert("L").resize((SIDE + 1, SIDE), Image.Resampling.LANCZOS)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return b""
    shades = grey.tobytes()
    bits = 0
    for row in range(SIDE):
        for column in range(SIDE):
            left = row * (SIDE + 1) + column
            bits = bits << 1 | (shades[left] > shades[left + 1] + CLEARLY)
    return bits.to_bytes(SIDE * SIDE // 8)
