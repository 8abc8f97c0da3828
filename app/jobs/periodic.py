"""What runs by the clock and not because somebody asked."""

from dataclasses import dataclass

CATCH_UP = 24 * 3600.0
"""Seconds for which a moment that nobody was there for is made up, once, by the next reign."""


@dataclass(frozen=True)
class Periodic:
    """The job function named `job` gets the moment (Unix time, seconds) as its id at each moment of `cron` (UTC).

    One run for each moment, whichever reign is there: the engine's own table remembers the moments. The first reign
    ever makes up the moment before it, so a schedule begins at once. It may run late, and like any job twice.
    """

    job: str
    cron: str
