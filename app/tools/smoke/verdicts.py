"""What a check says."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """The worst of what was found: SKIP is what could not be looked at."""

    PASS = "PASS"  # noqa: S105 - no password
    WARN = "WARN"
    SKIP = "SKIP"
    FAIL = "FAIL"


ORDER = (Outcome.PASS, Outcome.WARN, Outcome.SKIP, Outcome.FAIL)


@dataclass(frozen=True)
class Verdict:
    """An outcome and its reasons, one line each."""

    outcome: Outcome
    reasons: tuple[str, ...]


def passed(*reasons: str) -> Verdict:
    """It works."""
    return Verdict(Outcome.PASS, reasons)


def warned(*reasons: str) -> Verdict:
    """It works, and an operator should know."""
    return Verdict(Outcome.WARN, reasons)


def skipped(*reasons: str) -> Verdict:
    """It could not be looked at."""
    return Verdict(Outcome.SKIP, reasons)


def failed(*reasons: str) -> Verdict:
    """It does not work."""
    return Verdict(Outcome.FAIL, reasons)


def together(verdicts: Sequence[Verdict]) -> Verdict:
    """The worst outcome; what is worse is said first."""
    ordered = sorted(verdicts, key=lambda it: -ORDER.index(it.outcome))
    return Verdict(ordered[0].outcome, tuple(reason for it in ordered for reason in it.reasons))
