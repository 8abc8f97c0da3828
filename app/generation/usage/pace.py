"""How long a model takes, from the tap on the price to the result in the chat."""

from app.catalogue import ModelSpec
from app.db import ReadSession
from app.generation.entities import Pace
from app.generation.usage import repository

ENOUGH = 5
"""Deliveries below which a model's own history says nothing yet."""


async def pace_of(session: ReadSession, spec: ModelSpec) -> Pace | None:
    """From the deliveries of the last thirty days; until there are enough, what the catalogue says, if anything."""
    measured = await repository.delivery_times(session, spec.key, days=30, limit=100)
    if measured.deliveries < ENOUGH:
        return None if spec.expected_seconds is None else Pace(spec.expected_seconds)
    usual, slow = rounded(measured.median), rounded(measured.ninth)
    return Pace(usual, slow if slow > usual else None)


def rounded(seconds: float) -> int:
    """As people say it: to seconds, from twenty on to five, from two minutes on to half minutes. Never 0."""
    step = 1 if seconds < 20 else 5 if seconds < 120 else 30
    return max(step * round(seconds / step), 1)
