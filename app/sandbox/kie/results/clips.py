"""Clips: three seconds of shapes drifting over a scene, H.264 in MP4 with the index in front, with a melody."""

import math
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
from PIL import Image, ImageDraw

from app.sandbox.kie.results.canvas import Brief, palette
from app.sandbox.kie.results.pictures import draw
from app.sandbox.kie.results.probing import frame_of
from app.sandbox.kie.results.sound import RATE, frames, melody

SECONDS = 3
_FPS = 16


def film(brief: Brief, file: Path, *, sound: bool) -> None:
    """Writes the clip; about half a second of one core at 640 pixels."""
    with av.open(str(file), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        picture_stream = _video_stream(container, brief)
        sound_stream = container.add_stream("aac", rate=RATE, layout="mono") if sound else None
        for number, picture in enumerate(scenes(brief)):
            frame = frame_of(picture).reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, _FPS)
            container.mux(picture_stream.encode(frame))
        container.mux(picture_stream.encode(None))
        if sound_stream is not None:
            _add_sound(container, sound_stream, brief.words)


def scenes(brief: Brief) -> Iterator[Image.Image]:
    """The pictures of the clip, one after the other."""
    scene = draw(brief)
    _, _, bright, second = palette(brief.seed)
    for number in range(SECONDS * _FPS):
        picture = scene.copy()
        turn = number / (SECONDS * _FPS)
        pen = ImageDraw.Draw(picture, "RGBA")
        for shape, colour in enumerate((bright, second, (255, 255, 255))):
            _drift(pen, brief, turn + shape / 3, (*colour, 210))
        yield picture


def still(brief: Brief, *, last: bool) -> Image.Image:
    """The first or the last picture of the clip."""
    pictures = list(scenes(brief))
    return pictures[-1 if last else 0]


def _drift(pen: ImageDraw.ImageDraw, brief: Brief, turn: float, colour: tuple[int, int, int, int]) -> None:
    angle = 2 * math.pi * turn
    x = brief.width * (0.5 + 0.36 * math.cos(angle))
    y = brief.height * (0.32 + 0.2 * math.sin(2 * angle))
    radius = min(brief.width, brief.height) * 0.06
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=colour)


def _video_stream(container: av.container.OutputContainer, brief: Brief) -> av.VideoStream:
    if "libx264" in av.codecs_available:
        stream = container.add_stream("libx264", rate=_FPS, options={"preset": "ultrafast", "crf": "26"})
    else:
        stream = container.add_stream("mpeg4", rate=_FPS)
    stream.width, stream.height, stream.pix_fmt = brief.width, brief.height, "yuv420p"
    return stream


def _add_sound(container: av.container.OutputContainer, stream: av.AudioStream, words: str) -> None:
    for frame in frames(melody(words, SECONDS), str(stream.format.name)):
        container.mux(stream.encode(frame))
    container.mux(stream.encode(None))
