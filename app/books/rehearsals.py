"""When a backup was last shown to be one that can be gone on from."""

from app.books import repository
from app.books.runs import RehearsalRun
from app.db import Database


class Rehearsals:
    """Keeps what `make restore-rehearsal` proved, for `/metrics`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def passed(self, run: RehearsalRun) -> None:
        """One more. An operator's machine writes it, which is never ACTIVE: it touches nothing else."""
        async with self._database.unfenced_unit_of_work() as session:
            await repository.put_rehearsal(session, run)

    async def last(self) -> RehearsalRun | None:
        """The newest one; None where none ever passed."""
        async with self._database.snapshot() as session:
            return await repository.last_rehearsal(session)
