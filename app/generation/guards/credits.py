"""KIE's own balance: read now and then, told of when low, and a stop when it does not suffice."""

import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from app.db import Database, Epoch, ReadSession
from app.generation.errors import AccountRefusedError, TryLaterError
from app.generation.guards import repository
from app.generation.guards.refusals import SoldOut
from app.jobs import Periodic
from app.money import Credits

KIE_BALANCE = Periodic("kie.balance", "* * * * *")

NOTHING = Credits(Decimal(0))
SMALLEST = Decimal("0.1")
"""Below this no model is made."""

logger = logging.getLogger(__name__)


class CreditsSource(Protocol):
    """Who knows our balance at KIE."""

    async def credits(self) -> Decimal:
        """Raises TryLaterError when it cannot be read now, AccountRefusedError when KIE refuses our key."""
        ...


class OperatorNews(Protocol):
    """Tells the operators what needs a hand. Raises TryLaterError when nothing was sent."""

    async def credits_low(self, left: Decimal) -> None:
        """Our credits at KIE fell below KIE_LOW_CREDITS."""
        ...


@dataclass(frozen=True, slots=True)
class KieBalance:
    """What was left of our credits when KIE was asked last."""

    credits: Decimal
    read_at: datetime


class CreditsWatch:
    """Asks KIE for our balance and tells operators once per fall below `low` credits.

    A refused key is kept as well: nothing is sold until a later look finds it accepted again.
    """

    def __init__(self, database: Database, source: CreditsSource, news: OperatorNews, *, low: int) -> None:
        self._database = database
        self._source = source
        self._news = news
        self._low = low

    async def look(self, epoch: Epoch, _moment: int) -> None:
        """The job `kie.balance`: one reading. A KIE that cannot be asked changes nothing: what was known last holds."""
        try:
            left = await self._source.credits()
        except AccountRefusedError as error:
            logger.warning("KIE refuses our account", extra={"code": error.code})
            async with self._database.unit_of_work(epoch) as session:
                await repository.put_kie_refusal(session, error.code)
            return
        except TryLaterError:
            logger.warning("KIE did not tell our balance")
            return
        is_low = left < self._low
        if is_low and not await self._told():
            logger.error("our credits at KIE are low", extra={"credits": str(left), "low": self._low})
            await self._news.credits_low(left)
        async with self._database.unit_of_work(epoch) as session:
            await repository.put_kie_balance(session, left, low=is_low)
            await repository.delete_kie_refusal(session)

    async def _told(self) -> bool:
        async with self._database.snapshot() as session:
            known = await repository.kie_balance(session)
        return known is not None and known[2]


async def refusal(session: ReadSession, credits_: Credits = NOTHING) -> SoldOut | None:
    """Whether the balance that was read last does not pay for these credits; unknown is enough.

    Without an amount: whether it pays for nothing at all.
    """
    known = await repository.kie_balance(session)
    return SoldOut() if known is not None and known[0] < max(credits_, SMALLEST) else None


async def balance(session: ReadSession) -> KieBalance | None:
    """What was read last; None before the first reading."""
    known = await repository.kie_balance(session)
    return None if known is None else KieBalance(known[0], known[1])
