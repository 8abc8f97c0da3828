"""How long a process reads its catalogue before it can sell."""

import time
from pathlib import Path
from statistics import median

from app.catalogue import load_catalogue
from tests.bench.goals import Row

MODELS = Path(__file__).parents[2] / "models"
TRIES = 9
MOST_MS = 300


def rows() -> list[Row]:
    """Milliseconds from files to specs, checks included; the median of some tries."""
    found = [_measured() for _ in range(TRIES)]
    models = len(load_catalogue(MODELS).models)
    told = f"{models} models for sale; {min(found):.0f}-{max(found):.0f} ms"
    return [Row("C1", "the whole catalogue loads", median(found), 0, told, "ms", most=MOST_MS)]


def _measured() -> float:
    started = time.perf_counter()
    load_catalogue(MODELS)
    return (time.perf_counter() - started) * 1000
