"""Who is ACTIVE, as every instance reads it."""

from sqlalchemy import text

from app.db import Database, Epoch, read_lease


async def test_a_lease_that_was_given_back_is_not_alive(database: Database, epoch: Epoch) -> None:
    assert (await read_lease(database)).alive
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET holder = NULL, renewed_at = clock_timestamp()"))
    lease = await read_lease(database)
    assert (lease.epoch, lease.alive) == (epoch, False)
