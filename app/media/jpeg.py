"""Pictures that the provider does not read, or that are heavier than it takes, become JPEGs that it does."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.media.errors import UnreadableFileError

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

LARGEST_PICTURE: Final = 64_000_000
"""Pixels. The largest phones make 50 to 64 million; unpacked they take 200 MB."""

_WAYS: Final = ((1.0, 92), (1.0, 80), (0.7, 85), (0.5, 85), (0.35, 80))
"""Parts of its sides and JPEG qualities, the best first."""


def to_jpeg(path: Path, most_bytes: int | None) -> None:
    """See `convert_to_jpeg`. Raises UnreadableFileError, MemoryError."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only who converts a picture pays for it
    from pillow_heif import HeifImagePlugin  # noqa: PLC0415, F401 - it makes Pillow read what phones keep photos in

    try:
        with Image.open(path, formats=("HEIF", "JPEG", "PNG", "WEBP")) as image:
            if image.width * image.height > LARGEST_PICTURE:
                raise UnreadableFileError(f"{image.width} x {image.height} pixels")
            upright = _on_white(ImageOps.exif_transpose(image))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise UnreadableFileError("no picture that can be read") from error
    for part, quality in _WAYS:
        written = _written(upright, part, quality)
        if most_bytes is None or len(written) <= most_bytes:
            path.write_bytes(written)
            return
    raise UnreadableFileError("too heavy however small it is made")


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
