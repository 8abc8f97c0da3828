"""What a file of a result really is, by its bytes: FFmpeg's libraries and Pillow, both inside their wheels.

No `ffmpeg` program is needed on the host.
"""

import io
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from app.media.facts import Facts, Kind

if TYPE_CHECKING:
    from av import VideoFrame
    from PIL.Image import Image as Picture

THUMBNAIL_SIDE = 320
"""Pixels (Bot API, thumbnail: at most 320 on a side, JPEG, 200 kB)."""
THUMBNAIL_BYTES = 200_000
LARGEST_PICTURE = 80_000_000
"""Pixels of a picture that is looked into: decoded it takes four bytes each, for a moment."""

_PICTURES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "GIF": "image/gif"}
_QUALITIES = (85, 60, 30)


def probe(path: Path) -> Facts | None:
    """None for what cannot be understood, or is broken: then nothing is promised of it."""
    with path.open("rb") as file:
        head = file.read(64)
    if _is_picture(head):
        return _picture(path)
    stream = _stream_format(head)
    return None if stream is None else _stream(path, *stream)


def _is_picture(head: bytes) -> bool:
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8")) or (
        head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    )


def _stream_format(head: bytes) -> tuple[str, str] | None:
    """FFmpeg's name of the container and the usual type. Named, because a guess may follow a playlist elsewhere."""
    brand = head[8:12] if head[4:8] == b"ftyp" else b""
    if brand:
        return "mp4", {b"qt  ": "video/quicktime", b"M4A ": "audio/mp4"}.get(brand, "video/mp4")
    if head[:3] == b"ID3" or (head[:1] == b"\xff" and head[1:2] in {b"\xfb", b"\xf3", b"\xf2", b"\xfa"}):
        return "mp3", "audio/mpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return "wav", "audio/x-wav"
    return {
        b"OggS": ("ogg", "audio/ogg"),
        b"fLaC": ("flac", "audio/flac"),
        b"\x1aE\xdf\xa3": ("matroska", "video/webm"),
    }.get(head[:4])


def _picture(path: Path) -> Facts | None:
    from PIL import Image  # noqa: PLC0415 - only who fetches a picture pays for it

    try:
        with warnings.catch_warnings(), Image.open(path, formats=list(_PICTURES)) as image:
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted here
            if image.width * image.height > LARGEST_PICTURE:
                return None
            mime, (width, height) = _PICTURES[image.format or ""], image.size
            moves = getattr(image, "n_frames", 1) > 1
            image.draft("RGB", (THUMBNAIL_SIDE, THUMBNAIL_SIDE))
            thumbnail = _thumbnail(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return None
    return Facts(Kind.IMAGE, mime, width, height, int(moves), thumbnail=thumbnail)


def _stream(path: Path, container: str, mime: str) -> Facts | None:
    import av  # noqa: PLC0415 - only who fetches a clip or sound pays for it

    try:
        # Read through a file object: whatever the bytes say, FFmpeg opens nothing else.
        with path.open("rb") as file, av.open(file, "r", format=container) as stream:
            seconds = max(1, round((stream.duration or 0) / av.time_base))
            if not stream.streams.video:
                sound = mime.replace("video/", "audio/")
                return Facts(Kind.AUDIO, sound, seconds=seconds) if stream.streams.audio else None
            if mime.startswith("audio/"):
                return Facts(Kind.AUDIO, mime, seconds=seconds)  # its picture is a cover
            picture = _upright(next(stream.decode(video=0)))
    except (av.FFmpegError, OSError, ValueError, StopIteration):
        return None
    width, height = picture.size
    return Facts(Kind.VIDEO, mime, width, height, seconds, _is_streamable(path), _thumbnail(picture))


def _upright(frame: "VideoFrame") -> "Picture":
    """As it is shown: phones film lying and say so."""
    from PIL import Image  # noqa: PLC0415

    plain = frame.reformat(format="rgb24")
    plane, size = plain.planes[0], (plain.width, plain.height)
    picture = Image.frombytes("RGB", size, bytes(plane), "raw", "RGB", plane.line_size)
    return picture.rotate(frame.rotation, expand=True)


def _is_streamable(path: Path) -> bool:
    """Whether the index (`moov`) of an MP4 stands before its contents (`mdat`)."""
    with path.open("rb") as file:
        while len(head := file.read(8)) == 8:
            size, name = int.from_bytes(head[:4], "big"), head[4:]
            if name in {b"moov", b"mdat"}:
                return name == b"moov"
            if size < 8:
                return False
            file.seek(size - 8, io.SEEK_CUR)
    return False


def _thumbnail(picture: "Picture") -> bytes:
    """Raises OSError for a picture that is cut off."""
    small = picture.convert("RGB")
    small.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE))
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=quality)
        if buffer.tell() <= THUMBNAIL_BYTES:
            return buffer.getvalue()
    return b""
