"""Runs the checks one after the other, each within its time."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

from app.tools.smoke.buttons import check_buttons
from app.tools.smoke.database import check_database
from app.tools.smoke.environment import check_environment
from app.tools.smoke.models import check_models
from app.tools.smoke.payments import check_payments
from app.tools.smoke.verdicts import Outcome, Verdict, failed
from app.tools.smoke.webhook import check_webhook
from app.tools.system import System


@dataclass(frozen=True)
class Check:
    """`seconds`: how long it may take."""

    name: str
    look: Callable[[System], Awaitable[Verdict]]
    seconds: float


CHECKS = (
    Check("Environment Variables", check_environment, 5),
    Check("Database Connection/Schema", check_database, 30),
    Check("KIE Models", check_models, 45),
    Check("Telegram Webhook", check_webhook, 45),
    Check("Button Handlers", check_buttons, 300),
    Check("Payment Configuration", check_payments, 15),
)
"""All six are mandatory."""


@dataclass(frozen=True)
class Result:
    """What a check said, and how long it took."""

    name: str
    verdict: Verdict
    milliseconds: int

    @property
    def is_green(self) -> bool:
        """Only what was looked at and works."""
        return self.verdict.outcome in (Outcome.PASS, Outcome.WARN)


async def run_checks(system: System) -> AsyncIterator[Result]:
    """One result after the other, without any secret in it."""
    for check in CHECKS:
        began = time.monotonic()
        verdict = await _verdict(check, system)
        reasons = tuple(system.masked(reason) for reason in verdict.reasons)
        took = round((time.monotonic() - began) * 1000)
        yield Result(check.name, Verdict(verdict.outcome, reasons), took)


async def _verdict(check: Check, system: System) -> Verdict:
    looking = asyncio.wait_for(check.look(system), check.seconds)
    (outcome,) = await asyncio.gather(looking, return_exceptions=True)
    if isinstance(outcome, Verdict):
        return outcome
    if isinstance(outcome, TimeoutError):
        return failed(f"no answer within {check.seconds:g} seconds")
    # Its words may carry an address with a password in it.
    return failed(f"the check itself failed: {type(outcome).__name__}")
