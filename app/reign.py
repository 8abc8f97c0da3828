"""What runs only while this process is ACTIVE: the consumer, the job worker, the sweeper, and Telegram's side."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from app.admin import StaffAlerts, StaffNotices
from app.db import Database, Epoch
from app.errors import FencedOutError
from app.generation import ImprovementNews, MediaSource, Notifier, OperatorNews, Sweeper
from app.inbox import Consumer, EventHandler, Listener, MeasuredHandler
from app.jobs import JobFunction, Periodic, RetryPolicy, Worker, WorkerLimits
from app.observability import Mask, Meters
from app.payments import PaymentNews, ReceiptSource, StarsApi
from app.privacy import PrivacyNews
from app.web import Poller

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
class PollingSide:
    """Telegram's side where there is no webhook: being connected means to poll."""

    side: TelegramSide
    poller: Poller

    @property
    def events(self) -> EventHandler:
        return self.side.events

    @property
    def media(self) -> MediaSource:
        return self.side.media

    @property
    def notifier(self) -> Notifier:
        return self.side.notifier

    @property
    def alerts(self) -> Alerts:
        return self.side.alerts

    @property
    def receipts(self) -> ReceiptSource:
        return self.side.receipts

    @property
    def staff_notices(self) -> StaffNotices:
        return self.side.staff_notices

    @property
    def payment_news(self) -> PaymentNews:
        return self.side.payment_news

    @property
    def privacy_news(self) -> PrivacyNews:
        return self.side.privacy_news

    @property
    def improvement_news(self) -> ImprovementNews:
        return self.side.improvement_news

    @property
    def stars(self) -> StarsApi:
        return self.side.stars

    async def keep_connected(self) -> None:
        await self.side.keep_connected()
        await self.poller.run()

    async def close(self) -> None:
        await self.side.close()


@dataclass(frozen=True)
class Work:
    """What there is to do in a reign, wired to Telegram's side."""

    handlers: Mapping[str, EventHandler]
    jobs: Mapping[str, JobFunction]
    policies: Mapping[str, RetryPolicy]
    periodic: Sequence[Periodic]
    sweeper: Sweeper
    mask: Mask


@dataclass(frozen=True)
class Connections:
    """The database by its two ways: the pool, and a URL that leads past any transaction pooler; what is counted."""

    database: Database
    direct_url: str
    holder: str
    meters: Meters


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

    def prepare(self, *, then: Callable[[], None]) -> None:
        """Loads Telegram's side now, for who is alone in its instance and will be the one to take over.

        `then` is called when it is there, so its seconds are no part of a hand-over. Where it cannot be loaded,
        `then` is not called, and the process does not live on as if it could reign.
        """

        def loaded(loading: "asyncio.Task[TelegramSide]") -> None:
            if loading.cancelled():
                return
            if (error := loading.exception()) is None:
                then()
            else:
                logger.critical("Telegram's side cannot be loaded", exc_info=error)
                self._give_up()

        self.prepare_beside().add_done_callback(loaded)

    @property
    def is_prepared(self) -> bool:
        """Whether Telegram's side is loaded, or on its way."""
        return self._loading is not None

    def wake(self) -> bool:
        """Says that the inbox has news; False when nobody in this process works it off."""
        return self._consumer is not None and self._consumer.wake()

    async def on_active(self, epoch: Epoch) -> None:
        """Starts everything; what is stored meanwhile waits in the inbox."""
        begun = time.monotonic()
        telegram = await asyncio.shield(self.prepare_beside())
        work = self._assign(telegram)
        limits = WorkerLimits(application_name=self._connections.holder)
        listener = Listener(self._connections.direct_url, application_name=self._connections.holder)
        self._consumer = Consumer(
            self._connections.database, self._measured(work), listener=listener, mask=work.mask
        )
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
        self._connections.meters.took_over(time.monotonic() - begun)

    async def on_passive(self, drain: float) -> None:
        """Takes no job any more, gives those in flight `drain` seconds and handlers a second.

        People's taps are handled until the jobs have ended, since nobody else may: a deploy is no pause of twenty
        seconds. Where the lease is lost there is no `drain`, and nothing is taken from this moment on.
        """
        self._stopping = True
        if self._sweeper is not None:
            self._sweeper.stop()
        if drain:
            await self._stop_jobs(drain)
        await asyncio.gather(self._stop_events(min(drain, HANDLER_SECONDS)), self._stop_jobs(0.0))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        self._consumer = self._worker = self._sweeper = None

    async def close(self) -> None:
        """Ends Telegram's side, if it was loaded."""
        loading = self._loading
        if loading is not None and loading.done() and not (loading.cancelled() or loading.exception()):
            await loading.result().close()

    async def _stop_jobs(self, drain: float) -> None:
        if self._worker is not None:
            await self._worker.stop(drain)

    async def _stop_events(self, drain: float) -> None:
        if self._consumer is not None:
            await self._consumer.stop(drain)

    def prepare_beside(self) -> "asyncio.Task[TelegramSide]":
        """Begins to load Telegram's side, once, whoever asks first."""
        if self._loading is None:
            self._loading = asyncio.create_task(self._load_once())
        return self._loading

    def _measured(self, work: Work) -> Mapping[str, EventHandler]:
        meters = self._connections.meters
        return {source: MeasuredHandler(handler, meters) for source, handler in work.handlers.items()}

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
