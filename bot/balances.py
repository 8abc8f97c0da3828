"""A person's money, as screens read it."""

from app.db import Database
from app.generation import transfer_keys
from app.ledger import Balance, Ledger, StatementLine

FILE_LINES = 10_000
"""The most lines of a file; whoever has more gets the newest."""


class Balances:
    """Reads from the ledger in a snapshot of its own."""

    def __init__(self, database: Database, ledger: Ledger) -> None:
        self._database = database
        self._ledger = ledger

    async def of(self, user_id: int) -> Balance:
        """What the person has now; raises StorageUnavailableError."""
        async with self._database.snapshot() as session:
            return await self._ledger.balance(session, user_id)

    async def statement(self, user_id: int, *, before: int | None, limit: int) -> list[StatementLine]:
        """One page of the person's transfers, the newest first; raises StorageUnavailableError."""
        async with self._database.snapshot() as session:
            return await self._ledger.statement(session, user_id, before=before, limit=limit)

    async def for_generation(self, user_id: int, generation_id: int) -> list[StatementLine]:
        """What the person paid for a generation and got back for it, the newest first."""
        async with self._database.snapshot() as session:
            return await self._ledger.statement(session, user_id, keys=transfer_keys(generation_id))
