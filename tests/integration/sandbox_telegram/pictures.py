"""Files to send: small, real, and made here."""

import io
from fractions import Fraction

import av
from PIL import Image


def picture(width: int = 400, height: int = 300, kind: str = "PNG") -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(buffer, kind)
    return buffer.getvalue()


def clip(width: int = 64, height: int = 48, seconds: int = 2) -> bytes:
    """An mp4 without sound."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("mpeg4", rate=5)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        for number in range(5 * seconds):
            frame = av.VideoFrame(width, height, "yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, 5)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


def sound(kind: str = "mp3", seconds: int = 1) -> bytes:
    """Silence, as mp3 or as ogg with Opus."""
    codec, container_format, rate = (
        ("libmp3lame", "mp3", 44_100) if kind == "mp3" else ("libopus", "ogg", 48_000)
    )
    buffer = io.BytesIO()
    with av.open(buffer, "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        frame = av.AudioFrame(format="s16", layout="mono", samples=rate * seconds)
        frame.planes[0].update(bytes(rate * seconds * 2))
        frame.sample_rate, frame.pts = rate, 0
        for each in av.AudioResampler(format=stream.format, layout="mono", rate=rate).resample(frame):
            container.mux(stream.encode(each))
        container.mux(stream.encode())
    return buffer.getvalue()
