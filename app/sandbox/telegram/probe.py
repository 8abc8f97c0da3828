"""What a file really is, found out as Telegram's servers do: by its bytes, not by its name."""

import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

RENDITIONS = (90, 320, 800, 1280)  # longest sides of the sizes that Telegram makes of a photo
PHOTO_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP")
LARGEST_SIDES = 10_000
LARGEST_RATIO = 20


@dataclass(frozen=True)
class Rendition:
    """One size of a photo: JPEG bytes and its dimensions in pixels."""

    data: bytes
    width: int
    height: int


@dataclass(frozen=True)
class Facts:
    """`shape`: image, gif, video, mp3 (or m4a), opus or other. Seconds and pixels are 0 where unknown."""

    shape: str
    mime: str
    width: int = 0
    height: int = 0
    duration: int = 0
    renditions: tuple[Rendition, ...] = ()

    @property
    def bad_dimensions(self) -> bool:
        """Telegram's limits for photos: sides of 10,000 together, one at most twenty times the other."""
        short, long = sorted((self.width, self.height))
        return self.width + self.height > LARGEST_SIDES or short == 0 or long / short > LARGEST_RATIO


def probe(path: Path) -> Facts:
    """Reads the file (slow: call it in a thread)."""
    with path.open("rb") as file:
        head = file.read(64)
    mime, shape = _sniffed(head)
    if shape in {"image", "gif"}:
        return _picture(path, mime, shape)
    if shape in {"video", "mp3", "opus"}:
        return _clip(path, mime, shape)
    return Facts(shape, mime)


def _sniffed(head: bytes) -> tuple[str, str]:  # noqa: PLR0911, C901 - a table of magic numbers
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg", "image"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png", "image"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp", "image"
    if head[:4] == b"GIF8":
        return "image/gif", "gif"
    if head[4:8] == b"ftyp":
        return ("audio/mp4", "mp3") if head[8:11] == b"M4A" else ("video/mp4", "video")
    if head[:3] == b"ID3" or head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "audio/mpeg", "mp3"
    if head[:4] == b"OggS":
        return "audio/ogg", "opus"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "audio/x-wav", "other"
    return ("video/webm" if head[:4] == b"\x1aE\xdf\xa3" else "application/octet-stream"), "other"


def _picture(path: Path, mime: str, shape: str) -> Facts:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - only who sends a picture pays for it

    try:
        with Image.open(path, formats=PHOTO_FORMATS) as image:
            facts = Facts(shape, mime, image.width, image.height)
            return facts if facts.bad_dimensions else _with_renditions(image, facts)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError):
        return Facts("broken", mime)


def _with_renditions(image: "Picture", facts: Facts) -> Facts:
    plain = image.convert("RGB")
    longest = max(image.size)
    sides = [side for side in RENDITIONS if side < longest] + [min(longest, RENDITIONS[-1])]
    renditions = []
    for side in dict.fromkeys(sides):
        copy = plain.copy()
        copy.thumbnail((side, side))
        buffer = io.BytesIO()
        copy.save(buffer, "JPEG", quality=87)
        renditions.append(Rendition(buffer.getvalue(), copy.width, copy.height))
    return Facts(facts.shape, facts.mime, facts.width, facts.height, 0, tuple(renditions))


def _clip(path: Path, mime: str, shape: str) -> Facts:
    import av  # noqa: PLC0415 - only who sends a clip pays for it

    try:
        with av.open(str(path)) as clip:
            seconds = round((clip.duration or 0) / 1_000_000)
            if shape != "video":
                return Facts(shape, mime, duration=seconds)
            if not clip.streams.video:
                return Facts("mp3", "audio/mp4", duration=seconds)
            stream = clip.streams.video[0]
            return Facts(shape, mime, stream.width, stream.height, seconds)
    except (av.FFmpegError, OSError, ValueError):
        return Facts("broken", mime)
