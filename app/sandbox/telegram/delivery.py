"""Telegram's side of the webhook: one post at a time per queue, again and again until 2xx."""

import asyncio
import logging
from dataclasses import dataclass, replace

import aiohttp

from app.sandbox.telegram.faults import FaultKind, Faults
from app.sandbox.telegram.updates import Updates, Waiting, Webhook

log = logging.getLogger(__name__)

ANSWER_SECONDS = 60.0
LONGEST_PAUSE = 60.0
LONGEST_RETRY_AFTER = 3600.0


@dataclass(frozen=True)
class Outcome:
    """One post: the HTTP status or None, Telegram's words for what went wrong, and the bot's Retry-After."""

    status: int | None
    error: str | None = None
    retry_after: float | None = None

    @property
    def accepted(self) -> bool:
        return self.error is None


def pause_after(failures: int, retry_after: float | None) -> float:
    """Seconds until the next attempt: at once, then 2, 4, 8 … 60; the bot's own Retry-After goes first."""
    if retry_after is not None:
        return min(retry_after, LONGEST_RETRY_AFTER)
    return 0.0 if failures <= 1 else min(2.0 ** (failures - 1), LONGEST_PAUSE)


class Delivery:
    """A task per queue that has something to say, at most `max_connections` posts at a time.

    `scale` shortens every pause between attempts, for tests.
    """

    def __init__(self, updates: Updates, faults: Faults, *, scale: float) -> None:
        self._updates = updates
        self._faults = faults
        self._scale = scale
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None
        self._webhook = Webhook()
        self._slots = asyncio.Semaphore(1)
        updates.listen(self._start)

    async def open(self) -> None:
        """Begins, with whatever waited when the process was killed."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(limit=0), timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS)
        )
        self.webhook_changed()

    async def close(self) -> None:
        tasks = self._stop()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def webhook_changed(self) -> None:
        """Takes up the new settings; posts in flight to an old address are abandoned and made again."""
        webhook = replace(self._updates.webhook(), error=None, error_at=None)
        if webhook == self._webhook:
            return
        self._stop()
        self._webhook = webhook
        self._slots = asyncio.Semaphore(self._webhook.max_connections)
        for queue in self._updates.queues():
            self._start(queue)

    def _stop(self) -> list[asyncio.Task[None]]:
        tasks = list(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        return tasks

    def _start(self, queue: str) -> None:
        if self._session is None or not self._webhook.url or queue in self._tasks:
            return
        task = asyncio.create_task(self._drain(queue, self._session), name=f"deliver {queue}")
        self._tasks[queue] = task
        task.add_done_callback(lambda done: self._ended(queue, done))

    def _ended(self, queue: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(queue) is task:
            del self._tasks[queue]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("delivery failed", exc_info=error, extra={"queue": queue})
        elif not task.cancelled() and self._updates.head(queue) is not None:
            self._start(queue)

    async def _drain(self, queue: str, session: aiohttp.ClientSession) -> None:
        while (waiting := self._updates.head(queue)) is not None:
            await self._deliver(queue, waiting, session)

    async def _deliver(self, queue: str, waiting: Waiting, session: aiohttp.ClientSession) -> None:
        if self._faults.of_update(FaultKind.DROP, waiting.kind) is not None:
            self._updates.settle(waiting, "dropped")
            return
        failures = 0
        while self._updates.head(queue) == waiting:
            outcome = await self._post_once_or_twice(waiting, session)
            if not outcome.accepted:
                failures += 1
                self._updates.failed(outcome.error or "")
                await asyncio.sleep(self._scale * pause_after(failures, outcome.retry_after))
            elif self._faults.of_update(FaultKind.REDELIVER, waiting.kind) is None:
                self._updates.settle(waiting, "delivered")
                return

    async def _post_once_or_twice(self, waiting: Waiting, session: aiohttp.ClientSession) -> Outcome:
        copies = 2 if self._faults.of_update(FaultKind.DUPLICATE, waiting.kind) is not None else 1
        outcomes = await asyncio.gather(*(self._post(waiting, session) for _ in range(copies)))
        return outcomes[0]

    async def _post(self, waiting: Waiting, session: aiohttp.ClientSession) -> Outcome:
        headers = {"Content-Type": "application/json"}
        if self._webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self._webhook.secret
        async with self._slots:
            try:
                async with session.post(
                    self._webhook.url, data=waiting.payload, headers=headers, allow_redirects=False
                ) as response:
                    await response.read()
                    outcome = _judge(response)
            except TimeoutError:
                outcome = Outcome(None, "Read timeout expired")
            except aiohttp.ClientConnectionError as error:
                refused = isinstance(error, aiohttp.ClientConnectorError)
                outcome = Outcome(None, "Connection refused" if refused else "Connection closed")
        self._updates.tried(waiting, status=outcome.status, error=outcome.error)
        return outcome


def _judge(response: aiohttp.ClientResponse) -> Outcome:
    if 200 <= response.status < 300:
        return Outcome(response.status)
    asked = response.headers.get("Retry-After", "")
    return Outcome(
        response.status,
        f"Wrong response from the webhook: {response.status} {response.reason}",
        float(asked) if asked.isdecimal() else None,
    )
