"""The real bot on a restored database, without a way out: what it sends is dropped, what it asks is made up."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from app.clock import Clock, SystemClock
from app.db import Database, Epoch, Installation, claim_installation, read_owner
from app.domains import build_domains
from app.files import FolderStore
from app.generation import CallbackTokens, FileLinks, FileTokens, KieCallbackHandler
from app.inbox import Consumer, EventHandler, Pace, Source
from app.launch import SANDBOX_DEFAULTS
from app.main import Furniture, bot_dependencies, load_content
from app.settings import Settings, settings_of
from app.tools.buttons.chat import Chat, RecordingSession
from app.tools.restoring import repository
from bot.factory import build
from bot.line import Line

STILL_SECONDS = 60.0
"""So long no event ends before the rehearsal says that it hangs."""

LOOK_SECONDS = 0.05
DRAIN_SECONDS = 5.0


@dataclass(frozen=True)
class Replayed:
    """How the unprocessed events ended: `done`, given up (`dead`, with why), or not at all (`left`).

    `twice` is true when doing them again, as after a crash before the mark, had an effect.
    """

    done: int
    dead: dict[int, str]
    left: int
    twice: bool


class Replay:
    """Ends what the inbox of the restored database holds."""

    def __init__(self, database: Database, folder: Path, clock: Clock | None = None) -> None:
        self._database = database
        self._folder = folder
        self._clock = clock or SystemClock()

    async def run(self) -> Replayed:
        """Each unprocessed event once, and all of them once more."""
        async with self._database.snapshot() as session:
            ids = await repository.unprocessed(session)
        if not ids:
            return Replayed(0, {}, 0, twice=False)
        async with self._database.unfenced_unit_of_work() as session:
            epoch = await repository.begin_reign(session)
        handlers = await self._handlers()
        left = await self._work(handlers, epoch)
        before = await self._effects()
        async with self._database.unit_of_work(epoch) as session:
            await repository.forget_marks(session, ids)
        left = max(left, await self._work(handlers, epoch))
        return await self._told(ids, left, twice=await self._effects() != before)

    async def _told(self, ids: Sequence[int], left: int, *, twice: bool) -> Replayed:
        async with self._database.snapshot() as session:
            dead = await repository.dead(session, ids)
        return Replayed(len(ids) - len(dead) - left, dead, left, twice)

    async def _effects(self) -> tuple[int, ...]:
        async with self._database.snapshot() as session:
            return await repository.effects(session)

    async def _handlers(self) -> dict[str, EventHandler]:
        owner = await read_owner(self._database) or (1, "sandbox")
        installation = await claim_installation(self._database, bot_id=owner[0], kind=owner[1])
        settings = settings_of(
            {
                **SANDBOX_DEFAULTS,
                "TELEGRAM_BOT_TOKEN": f"{installation.bot_id}:rehearsal",
                "KIE_API_KEY": "rehearsal",
                "STORAGE_DIR": str(self._folder),
            }
        )
        return self._bot(settings, installation)

    def _bot(self, settings: Settings, installation: Installation) -> dict[str, EventHandler]:
        content = load_content(settings)
        domains = build_domains(settings, self._database, content.catalogue)
        links = FileLinks(FileTokens(installation.signing_key, self._clock), None, self._clock)
        furniture = Furniture(self._database, domains, content, FolderStore(self._folder), links)
        line = Line(
            token=settings.bot_token,
            api_url="http://rehearsal.invalid",
            unsolicited_rate=10**6,
            session=lambda _api, _timeout: RecordingSession(Chat()),
        )
        tokens = CallbackTokens(installation.signing_key)
        return {
            Source.TELEGRAM: build(bot_dependencies(settings, furniture, line)).events,
            Source.KIE: KieCallbackHandler(self._database, tokens, domains.wakeups),
        }

    async def _work(self, handlers: dict[str, EventHandler], epoch: Epoch) -> int:
        """Until nothing is new any more, or nothing moves; how many are left."""
        consumer = Consumer(self._database, handlers, pace=Pace(retry_delays=(0.2, 0.5)))
        working = asyncio.create_task(consumer.run(epoch))
        moved, last = self._clock.monotonic(), -1
        while not working.done():
            async with self._database.snapshot() as session:
                waiting = len(await repository.unprocessed(session))
            if waiting != last:
                moved, last = self._clock.monotonic(), waiting
            if waiting == 0 or self._clock.monotonic() - moved > STILL_SECONDS:
                break
            await asyncio.sleep(LOOK_SECONDS)
        await consumer.stop(DRAIN_SECONDS)
        await working
        return last
