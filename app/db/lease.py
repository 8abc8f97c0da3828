"""Who is ACTIVE, as the database knows it."""

from dataclasses import dataclass

from sqlalchemy import text

from app.db.database import Database

# Ten seconds by the database's clock: the lease's time to live (see app.singleton).
LEASE = text(
    "SELECT epoch, instance, holder IS NOT NULL "
    "AND coalesce(renewed_at > clock_timestamp() - interval '10 seconds', false) AS alive FROM leader"
)


@dataclass(frozen=True)
class Lease:
    """The current reign; `alive` while its holder renews it and has not given it back."""

    epoch: int
    instance: str | None
    alive: bool


async def read_lease(database: Database) -> Lease:
    """Raises StorageUnavailableError when the database is away."""
    async with database.snapshot() as session:
        row = (await session.execute(LEASE)).one()
    return Lease(epoch=row.epoch, instance=row.instance, alive=row.alive)
