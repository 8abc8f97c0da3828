"""The side that answers wake-ups: procrastinate's worker for the length of one reign."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker as Engine
from sqlalchemy import text

from app.db import Database, Epoch
from app.errors import FencedOutError, StorageUnavailableError
from app.jobs.dead import bury
from app.jobs.periodic import CATCH_UP, Periodic
from app.jobs.queue import QUEUE
from app.jobs.retry import PolicyStrategy, RetryPolicy

logger = logging.getLogger(__name__)

JobFunction: TypeAlias = Callable[[Epoch, int], Awaitable[None]]
"""Gets the reign it works for and the id it was enqueued with; may run twice at once for the same id."""

# The engine's finish call does not look who began a job, so this happens before a worker starts and only then:
# nobody of an earlier reign finishes anything any more, its sessions were ended by the take-over.
REQUEUE = text("""
    UPDATE procrastinate_jobs
       SET status = 'todo', worker_id = NULL, abort_requested = false
     WHERE status = 'doing'
""")


@dataclass(frozen=True)
class WorkerLimits:
    """How much a worker takes. `application_name` lets a take-over find and end its sessions."""

    application_name: str
    concurrency: int = 12
    polling_interval: float = 1.0
    """Seconds between looks for jobs whose time has come; new ones are heard of by NOTIFY."""
    pool_size: int = 2
    """Connections beside the one that listens: three in all."""
    drain: float = 1.0
    """Seconds that jobs in flight get when `run` is cancelled instead of stopped."""
    reconnect_delay: float = 1.0


class Worker:
    """Runs `functions` by name, those of `periodic` by the clock. Policies not given are the default RetryPolicy."""

    def __init__(
        self,
        database: Database,
        dsn: str,
        functions: Mapping[str, JobFunction],
        policies: Mapping[str, RetryPolicy],
        limits: WorkerLimits,
        periodic: Sequence[Periodic] = (),
    ) -> None:
        self._database = database
        self._dsn = dsn
        self._functions = functions
        self._policies = policies
        self._limits = limits
        self._periodic = periodic
        self._stopping = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()
        self._engine: _Engine | None = None

    async def run(self, epoch: Epoch) -> None:
        """Works until stopped, through outages of the database; raises FencedOutError when the reign is over.

        Everything that an earlier worker left in `doing` is requeued before the first job starts.
        """
        self._stopping.clear()
        self._idle.clear()
        try:
            while not self._stopping.is_set():
                await self._reign(epoch)
        finally:
            self._idle.set()

    async def stop(self, drain: float) -> None:
        """Takes no new job, gives those in flight `drain` seconds, sends the others back to the queue."""
        self._stopping.set()
        if self._engine is not None:
            self._engine.shutdown_graceful_timeout = drain
            self._engine.stop()
        await self._idle.wait()

    async def _reign(self, epoch: Epoch) -> None:
        try:
            async with self._database.unit_of_work(epoch) as session:
                await session.execute(REQUEUE)
            await self._work(epoch)
        except (StorageUnavailableError, ConnectorException, psycopg.Error) as error:
            logger.warning("job worker lost the database", extra={"reason": type(error).__name__})
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._limits.reconnect_delay)

    async def _work(self, epoch: Epoch) -> None:
        app = self._app(epoch)
        try:
            if await self._opened(app):
                # No await between here and the engine's own start, which forgets earlier requests to stop.
                self._engine = self._new_engine(app)
                await self._engine.run()
        finally:
            self._engine = None
            await app.close_async()

    async def _opened(self, app: App) -> bool:
        """Whether the connections are there; False when there was a request to stop. An outage takes half a
        minute to be noticed, and stopping does not wait for that.
        """
        opening = asyncio.create_task(_open(app))
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({opening, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not opening.done():
                opening.cancel()
                await asyncio.gather(opening, return_exceptions=True)
        return not opening.cancelled() and opening.result() is None and not self._stopping.is_set()

    def _new_engine(self, app: App) -> "_Engine":
        """Finished jobs are deleted: the domain's tables are the truth, and the engine's event table, three rows
        for each job, would grow for ever. What failed for good stays visible.
        """
        return Engine(
            app,
            queues=[QUEUE],
            concurrency=self._limits.concurrency,
            fetch_job_polling_interval=self._limits.polling_interval,
            shutdown_graceful_timeout=self._limits.drain,
            delete_jobs=DeleteJobCondition.SUCCESSFUL,
            install_signal_handlers=False,
        )

    def _app(self, epoch: Epoch) -> App:
        connector = PsycopgConnector(
            conninfo=self._dsn,
            min_size=1,
            max_size=self._limits.pool_size,
            kwargs={"application_name": self._limits.application_name},
        )
        app = App(connector=connector, periodic_defaults={"max_delay": CATCH_UP})
        for name, function in self._functions.items():
            policy = self._policies.get(name, RetryPolicy())
            task = self._task(function, policy, epoch)
            app.task(name=name, queue=QUEUE, retry=PolicyStrategy(policy), pass_context=True)(task)
        for periodic in self._periodic:
            app.periodic(cron=periodic.cron)(app.tasks[periodic.job])
        return app

    def _task(
        self, function: JobFunction, policy: RetryPolicy, epoch: Epoch
    ) -> Callable[..., Awaitable[None]]:
        """What the engine calls: the engine forgets why a job failed, so its last error is kept here."""

        async def task(context: JobContext, **arguments: int) -> None:
            try:
                await function(epoch, arguments["id"] if "id" in arguments else arguments["timestamp"])
            except FencedOutError:
                raise
            except Exception as error:
                if policy.delay(context.job.attempts + 1) is None:
                    await self._bury(epoch, context.job.id, error)
                raise

        return task

    async def _bury(self, epoch: Epoch, job_id: int | None, error: Exception) -> None:
        if job_id is None:
            return
        try:
            async with self._database.unit_of_work(epoch) as session:
                await bury(session, job_id, error)
        except StorageUnavailableError:
            logger.warning("why a job died was not kept", extra={"job_id": job_id})


class _Engine(Protocol):
    """What is used of the engine's worker, with the types that its own source leaves out."""

    shutdown_graceful_timeout: float | None

    async def run(self) -> None: ...

    def stop(self) -> None: ...


async def _open(app: App) -> None:
    await app.open_async()
