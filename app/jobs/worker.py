"""The side that answers wake-ups: procrastinate's worker for the length of one reign."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias

import psycopg
from procrastinate import App, JobContext
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import DeleteJobCondition
from procrastinate.worker import Worker as Engine
from sqlalchemy import text

from app.db import Database, Epoch
from app.errors import AppError, FencedOutError, StorageBusyError, StorageUnavailableError
from app.jobs.connections import EngineConnections
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
    last_words: float = 3.0
    """Seconds after the drain that the engine gets to write down how its jobs ended."""


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
        self._connections: EngineConnections | None = None

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
        """Takes no new job, gives those in flight `drain` seconds, sends the others back to the queue.

        Where the database does not answer, the engine's connections are cut: the next reign requeues what is left.
        """
        self._stopping.set()
        if self._engine is not None:
            self._engine.shutdown_graceful_timeout = drain
            self._engine.stop()
        try:
            async with asyncio.timeout(drain + self._limits.last_words):
                await self._idle.wait()
        except TimeoutError:
            if self._connections is not None:
                logger.warning("the job worker's connections are cut")
                await self._connections.cut()
            await self._idle.wait()

    async def _reign(self, epoch: Epoch) -> None:
        try:
            if await self._unless_stopped(self._requeue(epoch)):
                await self._work(epoch)
        except (StorageUnavailableError, StorageBusyError, ConnectorException, psycopg.Error) as error:
            logger.warning("job worker lost the database", extra={"reason": type(error).__name__})
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._limits.reconnect_delay)

    async def _requeue(self, epoch: Epoch) -> None:
        async with self._database.unit_of_work(epoch) as session:
            await session.execute(REQUEUE)

    async def _work(self, epoch: Epoch) -> None:
        self._connections = EngineConnections(
            self._dsn, application_name=self._limits.application_name, most=self._limits.pool_size
        )
        app = self._app(epoch, self._connections)
        try:
            if await self._unless_stopped(_open(app)):
                # No await between here and the engine's own start, which forgets earlier requests to stop.
                self._engine = self._new_engine(app)
                await self._engine.run()
        finally:
            self._engine = None
            await app.close_async()
            self._connections = None

    async def _unless_stopped(self, step: Coroutine[Any, Any, None]) -> bool:
        """Whether it was done; False when there was a request to stop. An outage takes half a minute to be
        noticed, and stopping does not wait for that.
        """
        going_on = asyncio.create_task(step)
        stopping = asyncio.create_task(self._stopping.wait())
        try:
            await asyncio.wait({going_on, stopping}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            stopping.cancel()
            if not going_on.done():
                going_on.cancel()
                await asyncio.gather(going_on, return_exceptions=True)
        return not going_on.cancelled() and going_on.result() is None and not self._stopping.is_set()

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

    def _app(self, epoch: Epoch, connections: EngineConnections) -> App:
        app = App(connector=connections, periodic_defaults={"max_delay": CATCH_UP})
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
                # The engine itself says it where nobody looks.
                logger.warning(
                    "a job failed",
                    extra={
                        "job": context.job.task_name,
                        "subject": arguments,
                        "reason": type(error).__name__,
                    },
                    exc_info=not isinstance(error, AppError),
                )
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
        except (StorageUnavailableError, StorageBusyError):
            logger.warning("why a job died was not kept", extra={"job_id": job_id})


class _Engine(Protocol):
    """What is used of the engine's worker, with the types that its own source leaves out."""

    shutdown_graceful_timeout: float | None

    async def run(self) -> None: ...

    def stop(self) -> None: ...


async def _open(app: App) -> None:
    await app.open_async()
