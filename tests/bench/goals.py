"""What was measured beside what it is compared with, and whether that is good enough."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A number and its baseline of the same run, in the same unit; the goal is their ratio or the number itself.

    `goal` is the least ratio; `most` and `least` bound the number itself instead.
    """

    name: str
    what: str
    measured: float
    baseline: float
    beside: str
    unit: str
    goal: float | None = None
    most: float | None = None
    least: float | None = None

    @property
    def reached(self) -> bool:
        """True when every bound is kept."""
        return (
            (self.goal is None or self.measured >= self.goal * self.baseline > 0)
            and (self.most is None or self.measured <= self.most)
            and (self.least is None or self.measured >= self.least)
        )

    def line(self) -> str:
        """One line of the table."""
        bounds = [
            *([] if self.goal is None else [f">= {self.goal:.2f} x"]),
            *([] if self.most is None else [f"<= {self.most:g} {self.unit}"]),
            *([] if self.least is None else [f">= {self.least:g} {self.unit}"]),
        ]
        ratio = f"{self.measured / self.baseline:6.2f} x" if self.baseline else " " * 8
        compared = f"{self.baseline:>8.0f}  {self.beside}" if self.baseline else f"{'':>8}  {self.beside}"
        verdict = "ok" if self.reached else "MISSED"
        return (
            f"{self.name:<4} {self.what:<38} {self.measured:>8.0f} {self.unit:<6} {ratio}  "
            f"goal {', '.join(bounds):<14} {verdict:<7}{compared}"
        )


def report(rows: Sequence[Row]) -> bool:
    """Prints the table; True when every goal is reached."""
    for row in rows:
        print(row.line())
    return all(row.reached for row in rows)
