"""A process that sends one refund and dies at the fail point it was given.

`python -m tests.integration.payments.victim URL POINT REFUND FILE`: charges that were sent back are appended to
FILE before the answer, as Telegram would remember them.
"""

import asyncio
import sys
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from app.clock import SystemClock
from app.db import Database, Epoch
from app.failpoints import FailPoint, arm
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.payments import (
    AlreadyRefundedError,
    Method,
    Refunder,
    RefundService,
    StarsProvider,
    StarsTerms,
)
from app.users import UserService
from tests.fakes.stars import FakeStars
from tests.integration.payments.conftest import inviting


@dataclass
class RememberingStars(FakeStars):
    """What it sent back outlives its process."""

    memory: Path = field(kw_only=True)

    async def refund(self, user_id: int, charge_id: str) -> None:
        if self.memory.exists() and charge_id in self.memory.read_text().splitlines():
            raise AlreadyRefundedError(charge_id)
        with self.memory.open("a") as file:
            file.write(f"{charge_id}\n")


async def send_back(url: str, point: FailPoint, refund_id: int, memory: Path) -> None:
    """The refund's job."""
    database = Database(url, application_name="victim", max_connections=4)
    users = UserService(database, Ledger(), welcome_bonus=Kopecks(0))
    invitations = inviting(database, users)
    refunds = RefundService(database, Ledger(), Corrections(), invitations, JobQueue(), SystemClock())
    provider = StarsProvider(RememberingStars(memory=memory), lambda: StarsTerms(Decimal(1)))
    arm(point)
    await Refunder(database, refunds, {Method.STARS: provider}).send_back(Epoch(1), refund_id)


if __name__ == "__main__":
    _, url, point, refund_id, memory = sys.argv
    asyncio.run(send_back(url, FailPoint(point), int(refund_id), Path(memory)))
