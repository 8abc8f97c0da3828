"""When a job that raised is tried again. Always given explicitly: the engine's own default is never."""

import asyncio
from dataclasses import dataclass

from procrastinate import BaseRetryStrategy, RetryDecision
from procrastinate.jobs import Job

from app.errors import FencedOutError


@dataclass(frozen=True)
class RetryPolicy:
    """`attempts` in all; the first retry after `first_delay` seconds, each later one `factor` times as long."""

    attempts: int = 8
    first_delay: float = 1.0
    factor: float = 3.0
    longest: float = 300.0

    def delay(self, attempt: int) -> float | None:
        """Seconds to wait after attempt number `attempt` (from 1) failed; None when it was the last one."""
        if attempt >= self.attempts:
            return None
        return min(self.first_delay * self.factor ** (attempt - 1), self.longest)


class PolicyStrategy(BaseRetryStrategy):
    """A RetryPolicy as the engine asks for it."""

    def __init__(self, policy: RetryPolicy) -> None:
        self._policy = policy

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """A job that was cut off by the end of a reign did nothing wrong: it goes back without a limit."""
        if isinstance(exception, (asyncio.CancelledError, FencedOutError)):
            return RetryDecision(retry_in={"seconds": 0})
        delay = self._policy.delay(job.attempts + 1)
        if delay is None:
            return None
        return RetryDecision(retry_in={"milliseconds": round(delay * 1000)})
