"""Pictures that the provider does not read, or that are heavier than it takes, become JPEGs that it does."""

import asyncio
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.catalogue import MediaRule
from app.generation.errors import RefusedError
from app.generation.states import FailureClass

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

JPEG: Final = "image/jpeg"

LARGEST_PICTURE: Final = 64_000_000
"""Pixels. The largest phones make 50 to 64 million; unpacked they take 200 MB, and one file is converted at a time."""

_BYTES_OF_A_MEGABYTE: Final = 1_000_000
_WAYS: Final = ((1.0, 92), (1.0, 80), (0.7, 85), (0.5, 85), (0.35, 80))
"""Parts of its sides and JPEG qualities, the best first."""


class Converter:
    """One picture at a time, beside the event loop."""

    def __init__(self) -> None:
        self._turn = asyncio.Lock()

    async def to_jpeg(self, path: Path, rule: MediaRule) -> None:
        """Writes the picture of this file over it, upright, no heavier than the rule allows.

        Raises RefusedError (bad input) for what is no picture, too large a one, or still too heavy.
        """
        most = None if rule.max_megabytes is None else int(rule.max_megabytes * _BYTES_OF_A_MEGABYTE)
        async with self._turn:
            await asyncio.to_thread(_convert, path, most)


def _convert(path: Path, most_bytes: int | None) -> None:
    # Only who converts a picture pays for them.
    from PIL import Image, ImageOps  # noqa: PLC0415
    from pillow_heif import HeifImagePlugin  # noqa: PLC0415, F401 - it makes Pillow read what phones keep photos in

    try:
        with Image.open(path, formats=("HEIF", "JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > LARGEST_PICTURE:
                raise _refused(f"{image.width} x {image.height} pixels")
            upright = _on_white(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise _refused("no picture that can be read") from error
    for part, quality in _WAYS:
        written = _written(upright, part, quality)
        if most_bytes is None or len(written) <= most_bytes:
            path.write_bytes(written)
            return
    raise _refused("too heavy however small it is made")


def _on_white(image: "Picture") -> "Picture":
    """A JPEG has nothing to look through."""
    from PIL import Image  # noqa: PLC0415

    if not image.has_transparency_data:
        return image.convert("RGB")
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, "white")
    ground.alpha_composite(seen)
    return ground.convert("RGB")


def _written(image: "Picture", part: float, quality: int) -> bytes:
    sides = max(1, round(image.width * part)), max(1, round(image.height * part))
    file = BytesIO()
    (image if part == 1 else image.resize(sides)).save(file, "JPEG", quality=quality)
    return file.getvalue()


def _refused(why: str) -> RefusedError:
    return RefusedError(FailureClass.BAD_INPUT, why)
