"""A person's money, as screens read it."""

from app.db import Database
from app.ledger import Balance, Ledger


class Balances:
    """Reads from the ledger in a snapshot of its own."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    async def of(self, user_id: int) -> Balance:
        """What the person has now; raises StorageUnavailableError."""
        async with self._database.snapshot() as session:
            return await self._ledger.balance(session, user_id)
