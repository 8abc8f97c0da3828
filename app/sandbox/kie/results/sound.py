"""Sound composed from words: each letter picks a note of a scale that is pleasant whatever the order."""

import math
import random
from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import av

Samples: TypeAlias = "array[int]"

RATE = 22_050
_BEAT = 0.25
_SCALE = (0, 2, 4, 7, 9, 12, 14, 16)
_BASE = 220.0


def compose(words: str, file: Path, seconds: float) -> None:
    """Writes a melody of this length as MP3 or WAV, by the ending of the name."""
    with av.open(str(file), "w", format=file.suffix.lstrip(".")) as container:
        codec: Literal["mp3", "pcm_s16le"] = "mp3" if file.suffix == ".mp3" else "pcm_s16le"
        stream = container.add_stream(codec, rate=RATE)
        stream.layout = "mono"
        for frame in frames(melody(words, seconds), str(stream.format.name)):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def melody(words: str, seconds: float) -> Samples:
    """Samples of 16 bits at 22050 Hz, mono."""
    samples = array("h", bytes(2 * int(RATE * seconds)))
    dice = random.Random(words)  # noqa: S311 - a melody needs no secret
    root = _BASE * 2 ** (dice.randrange(12) / 12)
    letters = [ord(letter) for letter in words if letter.isalnum()] or [7]
    for beat in range(int(seconds / _BEAT)):
        step = _SCALE[letters[beat % len(letters)] % len(_SCALE)]
        _pluck(samples, int(beat * _BEAT * RATE), root * 2 ** (step / 12), 9000)
        if beat % 4 == 0:
            _pluck(samples, int(beat * _BEAT * RATE), root / 2, 7000)
    return samples


def frames(samples: Samples, sample_format: str) -> Iterator[av.AudioFrame]:
    """The samples as frames in the format an encoder wants."""
    resampler = av.AudioResampler(format=sample_format, layout="mono", rate=RATE, frame_size=1152)
    for start in range(0, len(samples), 4608):
        part = samples[start : start + 4608]
        frame = av.AudioFrame(format="s16", layout="mono", samples=len(part))
        frame.planes[0].update(part.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate = RATE
        frame.pts = start
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _pluck(samples: Samples, start: int, pitch: float, loudness: float) -> None:
    turn = 2 * math.pi * pitch / RATE
    for offset in range(min(int(RATE * _BEAT * 1.8), len(samples) - start)):
        fading = math.exp(-offset / (RATE * 0.16))
        value = samples[start + offset] + int(loudness * fading * math.sin(turn * offset))
        samples[start + offset] = max(-32_000, min(32_000, value))
