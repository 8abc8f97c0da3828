"""The jobs of privacy, and how often each is tried."""

from collections.abc import Mapping
from types import MappingProxyType

from app.db import Database, Epoch
from app.jobs import JobFunction, JobQueue, Periodic, RetryPolicy
from app.privacy import repository
from app.privacy.departing import Departures
from app.privacy.exporting import Exporter
from app.privacy.service import EXPORT, LEAVE

PRIVACY_SWEEP = Periodic("privacy.sweep", "*/5 * * * *")

PRIVACY_POLICIES: Mapping[str, RetryPolicy] = MappingProxyType(
    # Telegram or the storage may be away for hours; nobody shall have to ask twice.
    {name: RetryPolicy(attempts=30, first_delay=2.0, factor=2.0, longest=600.0) for name in (EXPORT, LEAVE)}
)


def privacy_jobs(database: Database, exporter: Exporter, departures: Departures) -> dict[str, JobFunction]:
    """What the worker runs, by name."""

    async def sweep(epoch: Epoch, _moment: int) -> None:
        """Wakes what was left behind: the rows are the truth, jobs are wake-ups."""
        queue = JobQueue()
        async with database.unit_of_work(epoch) as session:
            for departure_id in await repository.forgotten_departures(session):
                await queue.enqueue(session, LEAVE, departure_id)
            for export_id in await repository.unsent_exports(session):
                await queue.enqueue(session, EXPORT, export_id)

    return {EXPORT: exporter.export, LEAVE: departures.go_on, PRIVACY_SWEEP.job: sweep}
