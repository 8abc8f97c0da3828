"""An event whose handler fails for good."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy import text

from app.inbox import Consumer, Event
from app.observability import Mask
from tests.integration.canaries.bench import Bench
from tests.integration.inbox.conftest import QUICK, Diary, a_message, inbox_on, until_settled

ERROR = text("SELECT error FROM inbox WHERE status = 'dead'")


async def parked(bench: Bench, act: Callable[[Event], object]) -> str:
    """What the database keeps of it."""
    mask = Mask(bench.settings.secrets)
    consumer = Consumer(bench.database, {"telegram": Diary(act)}, pace=QUICK, mask=mask)
    async with inbox_on(bench.database) as inbox, running(consumer, bench):
        await inbox.accept(a_message(1))
        await until_settled(bench.database)
    async with bench.database.snapshot() as session:
        return str((await session.execute(ERROR)).scalar_one())


@asynccontextmanager
async def running(consumer: Consumer, bench: Bench) -> AsyncIterator[None]:
    """The consumer at work."""
    work = asyncio.create_task(consumer.run(bench.epoch))
    try:
        yield
    finally:
        await consumer.stop(5)
        await work
