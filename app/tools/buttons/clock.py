"""Time on the stage: nobody is waiting at the other end, so a pause is over at once."""

from app.clock import SystemClock


class LeapingClock(SystemClock):
    """The machine's clock, ahead of it by every pause that was leapt over."""

    def __init__(self) -> None:
        self._leapt = 0.0

    def monotonic(self) -> float:
        """Seconds, leaps included: whoever paused sees that the pause has passed."""
        return super().monotonic() + self._leapt

    async def leap(self, seconds: float) -> None:
        """Instead of a pause of so many seconds."""
        self._leapt += seconds
