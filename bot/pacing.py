"""How fast we may speak: per chat for everybody, and one shared rate for what nobody asked for just now."""

import asyncio
import heapq
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from enum import IntEnum
from itertools import count

from app.clock import Clock

Sleep = Callable[[float], Awaitable[None]]

in_a_hurry: ContextVar[bool] = ContextVar("in_a_hurry", default=False)
"""Set while an update is answered at which an earlier process came to its end: its person has waited, and each second
that it is at work is one more in which another end is blamed on it. It waits for no turn; Telegram's 429 is obeyed.
"""


class Priority(IntEnum):
    """Who goes first among unsolicited sends; smaller is earlier."""

    RESULT = 0
    NOTICE = 1
    PROGRESS = 2


class Bucket:
    """A token bucket: `rate` tokens a second, at most `burst` of them saved up."""

    def __init__(self, rate: float, burst: float, clock: Clock) -> None:
        self._rate = rate
        self._burst = burst
        self._clock = clock
        self._tokens = burst
        self._at = clock.monotonic()

    def take(self) -> float:
        """Takes a token, on credit if need be, and says for how many seconds to wait before it is one's own."""
        self._refill()
        self._tokens -= 1
        return max(0.0, -self._tokens / self._rate)

    def wait(self) -> float:
        """Seconds until a token is there; takes nothing."""
        self._refill()
        # Sums of fractions may stay a hair below one for ever.
        return 0.0 if self._tokens > 1 - 1e-9 else (1 - self._tokens) / self._rate

    @property
    def is_full(self) -> bool:
        """True when this bucket remembers nothing: it may be forgotten."""
        self._refill()
        return self._tokens >= self._burst

    def _refill(self) -> None:
        now = self._clock.monotonic()
        self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now


class UnsolicitedRate:
    """TELEGRAM_RATE sends a second for results, notices and progress together, in this order."""

    def __init__(self, per_second: int, clock: Clock, sleep: Sleep = asyncio.sleep) -> None:
        self._bucket = Bucket(per_second, per_second, clock)
        self._sleep = sleep
        self._order = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []
        self._serving: asyncio.Task[None] | None = None

    async def admit(self, priority: Priority) -> None:
        """Returns when it is this send's turn."""
        if not self._waiting and self._bucket.wait() == 0:
            self._bucket.take()
            return
        turn = asyncio.get_running_loop().create_future()
        heapq.heappush(self._waiting, (priority, next(self._order), turn))
        if self._serving is None or self._serving.done():
            self._serving = asyncio.create_task(self._serve())
        await turn

    def admit_now(self) -> bool:
        """True when there is room at once; False drops the send (a progress that comes too thick)."""
        if self._waiting or self._bucket.wait() > 0:
            return False
        self._bucket.take()
        return True

    async def _serve(self) -> None:
        while self._waiting:
            wait = self._bucket.wait()
            if wait > 0:
                await self._sleep(wait)
                continue
            _, _, turn = heapq.heappop(self._waiting)
            # A sender that was cancelled while waiting takes no token.
            if not turn.done():
                self._bucket.take()
                turn.set_result(None)
