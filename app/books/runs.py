"""What a nightly proof of the books found, and what a rehearsal of a restore proved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2s

from app.ledger import Finding

SHOWN = 20
"""Findings that are kept in words; of the others the number is."""


@dataclass(frozen=True, slots=True)
class AuditRun:
    """One proof: `findings` rows did not fit, `shown` are the first of them; it took `took_ms` milliseconds.

    `moment` is the moment of the clock (Unix time, seconds) for which it ran; `digest` is the same for the same
    findings.
    """

    moment: int
    finished_at: datetime
    took_ms: int
    findings: int
    shown: tuple[Finding, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class RehearsalRun:
    """A rehearsal of a restore that passed: the backup had so many `bytes`, all of it took `took_ms` milliseconds."""

    finished_at: datetime
    backup_bytes: int
    took_ms: int


def digest_of(findings: Sequence[Finding]) -> str:
    """Sixteen hex digits, whatever the order of the findings."""
    lines = sorted(f"{it.rule}|{it.row}|{it.detail}" for it in findings)
    return blake2s("\n".join(lines).encode(), digest_size=8).hexdigest()
