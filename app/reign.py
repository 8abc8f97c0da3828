"""What runs only while this process is ACTIVE: the consumer, the job worker, the sweeper, and Telegram's side."""

import asyncio
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.admin import StaffAlerts, StaffNotices
from app.db import Database, Epoch
from app.errors import FencedOutError
from app.generation import ImprovementNews, MediaSource, Notifier, OperatorNews, Sweeper
from app.inbox import Consumer, EventHandler, Listener
from app.jobs import JobFunction, Periodic, RetryPolicy, Worker, WorkerLimits
from app.payments import PaymentNews, ReceiptSource, StarsApi
from app.privacy import PrivacyNews

logger = logging.getLogger(__name__)

# A handler answers within a second; a delivery in flight may take what the singleton gives (twenty).
HANDLER_SECONDS = 1.0


class Alerts(OperatorNews, StaffAlerts, Protocol):
    """Whatever operators are told of."""


class TelegramSide(Protocol):
    """The bot, as far as a reign needs it."""

    @property
    def events(self) -> EventHandler: ...

    @property
    def notifier(self) -> Notifier: ...

    @property
    def payment_news(self) -> PaymentNews: ...

    @property
    def privacy_news(self) -> PrivacyNews: ...

    @property
    def improvement_news(self) -> ImprovementNews: ...

    @property
    def stars(self) -> StarsApi: ...

    @property
    def media(self) -> MediaSource: ...

    @property
    def alerts(self) -> Alerts: ...

    @property
    def receipts(self) -> ReceiptSource: ...

    @property
    def staff_notices(self) -> StaffNotices: ...

    async def keep_connected(self) -> None:
        """Makes Telegram send us its updates, and keeps it so until cancelled."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True)
class Work:
    """What there is to do in a reign, wired to Telegram's side."""

    handlers: Mapping[str, EventHandler]
    jobs: Mapping[str, JobFunction]
    policies: Mapping[str, RetryPolicy]
    periodic: Sequence[Periodic]
    sweeper: Sweeper


@dataclass(frozen=True)
class Connections:
    """The database by its two ways: the pool, and a URL that leads past any transaction pooler."""

    database: Database
    direct_url: str
    holder: str


def end_process() -> None:
    """Takes this process down in good order; gunicorn starts another."""
    os.kill(os.getpid(), signal.SIGTERM)


class Reign:
    """The callbacks of the singleton. `load` imports and builds Telegram's side: seconds the first time.

    `give_up` is called when something that has to go on for the whole reign was cancelled by nobody.
    """

    def __init__(
        self,
        connections: Connections,
        load: Callable[[], Awaitable[TelegramSide]],
        assign: Callable[[TelegramSide], Work],
        give_up: Callable[[], None] = end_process,
    ) -> None:
        self._connections = connections
        self._load = load
        self._assign = assign
        self._give_up = give_up
        self._loading: asyncio.Task[TelegramSide] | None = None
        self._consumer: Consumer | None = None
        self._worker: Worker | None = None
        self._sweeper: Sweeper | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = False

    def prepare_beside(self) -> "asyncio.Task[TelegramSide]":
        """Begins to load Telegram's side, once, whoever asks first."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load_once())
        return self._loading

    def wake(self) -> bool:
        """Says that the inbox has news; False when nobody in this process works it off."""
        return self._consumer is not None and self._consumer.wake()

    async def on_active(self, epoch: Epoch) -> None:
        """Starts everything; what is stored meanwhile waits in the inbox."""
        telegram = await asyncio.shield(self.prepare_beside())
        work = self._assign(telegram)
        limits = WorkerLimits(application_name=self._connections.holder)
        listener = Listener(self._connections.direct_url, application_name=self._connections.holder)
        self._consumer = Consumer(self._connections.database, work.handlers, listener=listener)
        self._worker = Worker(
            self._connections.database,
            self._connections.direct_url,
            work.jobs,
            work.policies,
            limits,
            work.periodic,
        )
        self._sweeper = work.sweeper
        self._stopping = False
        self._start(self._consumer.run(epoch))
        self._start(self._worker.run(epoch))
        self._start(self._sweeper.run(epoch))
        self._start(telegram.keep_connected())

    async def on_passive(self, drain: float) -> None:
        """Stops taking first, then waits: a second for handlers, `drain` for jobs in flight."""
        self._stopping = True
        stopping: list[Coroutine[Any, Any, None]] = []
        if self._sweeper is not None:
            self._sweeper.stop()
        if self._consumer is not None:
            stopping.append(self._consumer.stop(min(drain, HANDLER_SECONDS)))
        if self._worker is not None:
            stopping.append(self._worker.stop(drain))
        await asyncio.gather(*stopping)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._consumer = self._worker = self._sweeper = None

    async def close(self) -> None:
        """Ends Telegram's side, if it was loaded."""
        if self._loading is not None and self._loading.done() and not self._loading.cancelled():
            await self._loading.result().close()

    async def _load_once(self) -> TelegramSide:
        return await self._load()

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        if task.cancelled() and not self._stopping:
            logger.critical("a part of the process was cancelled by nobody")
            self._give_up()
        end_process_on_error(task)


def end_process_on_error(task: "asyncio.Task[Any]") -> None:
    """A part that ended by an unexpected error takes the process down in good order; gunicorn starts another."""
    if task.cancelled() or task.exception() is None:
        return
    if isinstance(task.exception(), FencedOutError):
        logger.warning("a reign ended while it worked")
        return
    logger.critical("a part of the process failed", exc_info=task.exception())
    end_process()
