"""What the makers of results are given and what they give back; free of Pillow and PyAV."""

from dataclasses import dataclass
from pathlib import Path

from app.sandbox.kie.schemas import ModelFacts
from app.sandbox.kie.tasks import Task


@dataclass(frozen=True)
class Commission:
    """One result to make: of this task, from these pictures and clips (pictures first), into this file."""

    model: ModelFacts
    task: Task
    sources: tuple[Path, ...]
    file: Path


@dataclass(frozen=True)
class Probe:
    """`seconds` of a clip or sound (0 for a picture), `pixels` of a picture or clip (None for sound)."""

    seconds: float
    pixels: tuple[int, int] | None
