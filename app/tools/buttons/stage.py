"""The real bot on a rehearsal's database: only Telegram and the provider are made up."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from secrets import randbelow
from tempfile import TemporaryDirectory
from typing import Any

from app.catalogue import ModelSpec
from app.clock import SystemClock
from app.db import Epoch, Mark, Rehearsal, read_lease
from app.domains import Domains, build_domains, build_improvements
from app.files import FolderStore
from app.generation import (
    CallbackTokens,
    CallbackUrls,
    Checker,
    Deliverer,
    Desk,
    EarlierResults,
    FileLinks,
    FileTokens,
    Generation,
    Improvement,
    ImprovementMoney,
    Improvements,
    Improver,
    Progress,
    Starter,
    State,
    Teller,
    Timings,
    Uploads,
)
from app.inbox import Event, Step
from app.jobs import JobQueue
from app.launch import SANDBOX_DEFAULTS
from app.ledger import Corrections
from app.main import Content, Furniture, bot_dependencies
from app.money import Kopecks
from app.offers import Suspensions
from app.settings import Settings, settings_of
from app.tools.buttons.chat import Chat, RecordingSession, Shown
from app.tools.buttons.clock import LeapingClock
from app.tools.buttons.crowd import crowded
from app.tools.buttons.handlers import Census, Probe
from app.tools.buttons.repository import insert_event, kill_event, read_receipts, strand
from app.tools.buttons.workshop import Ending, Messenger, Workshop
from bot.factory import BotSide, build
from bot.line import Line

NOBODY = 2**52
"""Telegram's ids have at most 52 bits, so nobody has this one or a greater one."""

OFFERS = (
    "star_subscription",
    "payment_bank",
    "payment_card",
    "payment_card_holder",
    "payment_phone",
    "referral_bonus_rub",
)
"""Settings without which a way of paying, or the bonus for friends, is not offered."""

BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""When the first update of an audit came."""

# Every look is due at once.
TIMINGS = Timings(polls=((float("inf"), 0.0),))


@dataclass(frozen=True)
class Moment:
    """What `Stage.go_back` takes: the database and the chat as they were."""

    mark: Mark
    messages: dict[int, Shown]


class Stage:
    """The bot, its one person and their chat. Every event is fed as the consumer feeds it."""

    def __init__(self, rehearsal: Rehearsal, settings: Settings, content: Content, folder: Path) -> None:
        self.person = NOBODY + randbelow(2**40)
        self.chat = Chat()
        self.content = content
        # The person may do what an owner may, so that the staff's screens are seen, too.
        owners = {"admin_ids": (*settings.admin_ids, self.person)}
        self.settings = settings.model_copy(update=_every_method(settings) | owners)
        self.domains: Domains = build_domains(self.settings, rehearsal, content.catalogue)
        self.workshop = Workshop(folder)
        self.improvements: Improvements = build_improvements(rehearsal, self.domains, content.catalogue)
        self._rehearsal = rehearsal
        self._numbers = count(1)
        self._clock = LeapingClock()
        clock = SystemClock()
        links = FileLinks(FileTokens(bytes(32), clock), "https://rehearsal.invalid", clock)
        furniture = Furniture(rehearsal, self.domains, content, FolderStore(folder), links)
        dependencies = bot_dependencies(self.settings, furniture, self._line())
        self.side: BotSide = build(replace(dependencies, clock=self._clock))
        self.census = Census(self.side.dispatcher)
        self.probe = Probe()
        self.side.dispatcher.callback_query.outer_middleware(self.probe)
        self.side.dispatcher.callback_query.middleware(self.probe.put_off)
        self.epoch = Epoch(0)

    @property
    def customer(self) -> int:
        """Somebody whom the staff has to do with."""
        return self.person + 1

    @property
    def colleague(self) -> int:
        """One of the staff, but no owner."""
        return self.person + 2

    @property
    def stranger(self) -> int:
        """Nobody in particular."""
        return self.person + 3

    async def begin(self) -> None:
        """Reads which reign it is; once, inside the performance."""
        self.epoch = Epoch((await read_lease(self._rehearsal)).epoch)

    def with_much(self) -> "Stage":
        """The same person before a bot that sells more than today's."""
        stage = Stage(self._rehearsal, self.settings, crowded(self.content), self.workshop.folder)
        stage.person, stage.epoch = self.person, self.epoch
        return stage

    async def mark(self) -> Moment:
        """Remembers this moment."""
        return Moment(await self._rehearsal.mark(), dict(self.chat.messages))

    async def go_back(self, moment: Moment) -> None:
        """Everything since that moment did not happen."""
        await self._rehearsal.go_back(moment.mark)
        self.chat.messages = dict(moment.messages)

    async def feed(self, update: dict[str, Any]) -> None:
        """One update; raises whatever its handler raises."""
        event = await self.event(update)
        await self.side.events.handle(event, self.epoch)

    async def step(self) -> Step:
        """For a service that is called without an update."""
        return Step((await self.event({})).id, self.epoch)

    async def event(self, update: dict[str, Any]) -> Event:
        """Stores an update."""
        number = next(self._numbers)
        payload = json.dumps({"update_id": number, **update}).encode()
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            stored = await insert_event(session, number=number, person=self.person, payload=payload)
        # Ten seconds apart, however fast they are pressed: an audit is no flood.
        moment = BEGINNING + timedelta(seconds=10 * number)
        return Event(
            stored, "telegram", str(number), str(self.person), payload, moment, attempt=1, applied=False
        )

    async def agree(self, user_id: int) -> None:
        """The person's consent, without the question for it."""
        consents = self.domains.consents
        await consents.agree(self.epoch, user_id, consents.version)

    async def give(self, user_id: int, kopecks: Kopecks) -> None:
        """Money to spend, by the ledger's own way."""
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            key = f"rehearsal:{user_id}"
            await self.domains.ledger.bonus(session, user_id=user_id, amount=kopecks, key=key)

    async def read_receipts(self, user_id: int) -> None:
        """What the job does that fetches the files of receipts."""
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            await read_receipts(session, user_id)

    async def strand(self, generation: Generation) -> None:
        """It waits in vain; a job and an event of its person are dead."""
        event = (await self.event({})).id
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            await strand(session, generation.id)
            await kill_event(session, event, generation.user_id)

    async def suspend(self, spec: ModelSpec) -> None:
        """It is off sale."""
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            await Suspensions().begin(session, spec, None)

    async def spend_everything(self) -> None:
        """Sets all money aside, so that nothing can be bought."""
        async with self._rehearsal.unit_of_work(self.epoch) as session:
            balance = await self.domains.ledger.balance(session, self.person)
            at_hand = balance.cash - balance.cash_held + balance.bonus - balance.bonus_held
            if at_hand > 0:
                await self.domains.ledger.hold(
                    session, user_id=self.person, amount=Kopecks(at_hand), key=f"rehearsal:{self.person}:all"
                )

    async def newest(self) -> Generation | None:
        """The person's last generation."""
        found = await self.domains.generations.history(self.person, limit=1)
        return found[0] if found else None

    async def finish(self, generation: Generation, ending: Ending) -> State:
        """Drives the real jobs until the person has the result, or the news of the failure."""
        self.workshop.ending = ending
        starter, checker, deliverer, teller = self._jobs()
        for work in (starter.start, checker.check, deliverer.deliver, teller.tell):
            await work(self.epoch, generation.id)
        ended = await self.domains.generations.get(generation.user_id, generation.id)
        return generation.state if ended is None else ended.state

    async def improve(self, improvement: Improvement) -> None:
        """Drives the real job until the better text is there."""
        domains, money = self.domains, ImprovementMoney(self.domains.ledger, Corrections())
        news = self.side.improvement_news
        improver = Improver(
            self._rehearsal, self.content.catalogue, domains.drafts, money, self.workshop, news, JobQueue()
        )
        await improver.improve(self.epoch, improvement.id)

    def _jobs(self) -> tuple[Starter, Checker, Deliverer, Teller]:
        notifier, domains = self.side.notifier, self.domains
        desk = Desk(self._rehearsal, domains.settlement, domains.wakeups, TIMINGS)
        progress = Progress(desk, notifier, SystemClock(), TIMINGS)
        urls = CallbackUrls(CallbackTokens(bytes(32)), None)
        folder = self.workshop.folder
        earlier = EarlierResults(self._rehearsal, FolderStore(folder))
        uploads = Uploads(
            self._rehearsal, self.content.catalogue, Messenger(), earlier, self.workshop, folder / "incoming"
        )
        return (
            Starter(desk, self.workshop, progress, urls, uploads, creates_per_10s=10**6),
            Checker(desk, self.workshop, self.workshop, progress, urls),
            Deliverer(desk, notifier, progress, domains.ledger),
            Teller(desk, notifier, progress, domains.ledger),
        )

    def _line(self) -> Line:
        return Line(
            token=self.settings.bot_token or "1:rehearsal",
            api_url="http://rehearsal.invalid",
            unsolicited_rate=10**6,
            session=lambda _api, _timeout: RecordingSession(self.chat),
            sleep=self._clock.leap,
        )


@asynccontextmanager
async def open_stage(url: str, settings: Settings, content: Content) -> AsyncIterator[Stage]:
    """A stage on the database of `url`, of which nothing is left at the end."""
    rehearsal = Rehearsal(url, application_name="audit-buttons")
    try:
        with TemporaryDirectory(prefix="trt-buttons-") as folder:
            async with rehearsal.performance():
                stage = Stage(rehearsal, settings, content, Path(folder))
                await stage.begin()
                yield stage
    finally:
        await rehearsal.close()


def _every_method(settings: Settings) -> dict[str, object]:
    """What a deployment does not offer is offered here as in the sandbox: its buttons must work the day it is."""
    sandbox = settings_of(SANDBOX_DEFAULTS)
    return {name: getattr(sandbox, name) for name in OFFERS if not getattr(settings, name)}
