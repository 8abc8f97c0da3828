"""The rates in force: what operators said last, and the settings until they say anything."""

from app.db import Database, ReadSession, Session
from app.offers import repository
from app.offers.rates import Rates


class RatesInForce:
    """One for all: every price and every Stars order of this process looks here. `first` are the settings.

    What it remembers is read again at the beginning of each update (`refresh`), so a change is in force at once
    on whichever instance answers; what is frozen (a quote, an order) is read in the unit that freezes it.
    """

    def __init__(self, database: Database, first: Rates) -> None:
        self._database = database
        self._first = first
        self._now = first

    @property
    def now(self) -> Rates:
        """As last read."""
        return self._now

    async def refresh(self) -> None:
        """Reads what is in force; raises StorageUnavailableError."""
        async with self._database.snapshot() as session:
            await self.read(session)

    async def read(self, session: ReadSession) -> Rates:
        """What is in force in this unit or snapshot."""
        self._now = await repository.newest_rates(session) or self._first
        return self._now

    async def lock(self, session: Session) -> Rates:
        """What is in force, and nobody else changes it before this unit has ended."""
        await repository.lock_rates(session)
        return await self.read(session)

    async def put(self, session: Session, rates: Rates) -> None:
        """After `lock`: other rates are in force from this unit's commit on."""
        await repository.insert_rates(session, rates)
