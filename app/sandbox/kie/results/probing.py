"""How long a clip or a sound lasts, and how large a picture is."""

from pathlib import Path

import av
from PIL import Image

from app.sandbox.kie.results.commission import Probe

_TIME_BASE = 1_000_000


def probe(file: Path) -> Probe:
    """What the file says of itself; nothing known when it is no medium at all."""
    try:
        with Image.open(file) as picture:
            return Probe(0.0, picture.size)
    except (OSError, ValueError):
        return _probe_stream(file)


def picture_of(file: Path) -> Image.Image | None:
    """The picture in this file, or the first of a clip; None when it is neither."""
    try:
        with Image.open(file) as opened:
            return opened.convert("RGB")
    except (OSError, ValueError):
        pass
    try:
        with av.open(str(file)) as container:
            return next((_image_of(frame) for frame in container.decode(video=0)), None)
    except (av.FFmpegError, OSError, IndexError):
        return None


def _probe_stream(file: Path) -> Probe:
    try:
        with av.open(str(file)) as container:
            seconds = (container.duration or 0) / _TIME_BASE
            videos = container.streams.video
            return Probe(seconds, (videos[0].width, videos[0].height) if videos else None)
    except (av.FFmpegError, OSError):
        return Probe(0.0, None)


def frame_of(picture: Image.Image) -> av.VideoFrame:
    """A picture as a frame of a clip."""
    frame = av.VideoFrame(picture.width, picture.height, "rgb24")
    plane = frame.planes[0]
    row, gap = picture.width * 3, b"\0" * (plane.line_size - picture.width * 3)
    pixels = picture.tobytes()
    rows = (pixels[start : start + row] + gap for start in range(0, len(pixels), row))
    plane.update(b"".join(rows) if gap else pixels)
    return frame


def _image_of(frame: av.VideoFrame) -> Image.Image:
    plain = frame.reformat(format="rgb24")
    plane = plain.planes[0]
    return Image.frombytes("RGB", (plain.width, plain.height), bytes(plane), "raw", "RGB", plane.line_size)
