"""The stand-in's wall clock. A test may move it on, so that messages grow old without waiting."""

import time
from datetime import UTC, datetime

from app.sandbox.telegram.store import Store


class SandboxClock:
    """Machine time plus a remembered offset in seconds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._offset = float(store.note("clock_offset") or 0)

    def seconds(self) -> float:
        """Unix time as the people in the sandbox see it."""
        return time.time() + self._offset

    def now(self) -> datetime:
        return datetime.fromtimestamp(int(self.seconds()), UTC)

    def reset(self) -> None:
        """Machine time again."""
        self._offset = 0.0

    def advance(self, seconds: float) -> None:
        self._offset += seconds
        self._store.remember("clock_offset", str(self._offset))
