"""Everything a generation needs, over a real database and the fakes."""

import asyncio
import atexit
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from shutil import rmtree
from tempfile import gettempdir
from uuid import uuid4

from sqlalchemy import text

from app.catalogue import Catalogue, Inputs, Modality, ModelKey
from app.clock import SystemClock
from app.db import Database, Epoch
from app.files import FolderStore
from app.generation import (
    POLICIES,
    Budgets,
    CallbackTokens,
    CallbackUrls,
    Caps,
    Checker,
    Circuit,
    CircuitRule,
    Confirmation,
    Copier,
    CostCaps,
    Deliverer,
    Desk,
    EarlierResults,
    FreeAllowance,
    FreeTier,
    Gate,
    Generation,
    GenerationService,
    KieCallbackHandler,
    Neighbours,
    OriginalSender,
    Progress,
    Restorer,
    Settlement,
    Standings,
    Starter,
    State,
    Submission,
    Submitted,
    Sweeper,
    Teller,
    Timings,
    Uploads,
    Wakeups,
    job_functions,
)
from app.inbox import Event, Step
from app.jobs import JobQueue, Worker, WorkerLimits
from app.ledger import Balance, Corrections, Finding, HouseAccount, Ledger
from app.money import Kopecks
from app.offers import Offers, Rates
from app.users import ConsentService, Draft, DraftService, Person, UserService
from tests.fakes import FakeHost, FakeNotifier, FakeProvider, FakeSource, FakeStore, until
from tests.fakes.rates import rates_in_force
from tests.unit.users.specs import CATALOGUE, CLIP

NO_FREE_TIER = FreeAllowance(0, 0, "Europe/Moscow")

PRICE = Kopecks(4345)
"""55 credits x 0.005 USD x 79 x 2."""

INCOMING = Path(gettempdir()) / f"trt-uploads-{os.getpid()}"
"""Made by the first upload of this process, gone with it."""
atexit.register(rmtree, INCOMING, ignore_errors=True)

RESULTS = Path(gettempdir()) / f"trt-results-{os.getpid()}"
"""Our copies of results; empty unless a test puts one there."""
atexit.register(rmtree, RESULTS, ignore_errors=True)

CLIP_INPUTS: Inputs = {"prompt": "a cat", "duration": "5"}

EVENT = text("""
INSERT INTO inbox (source, scope, external_id, digest, lane, payload)
VALUES ('telegram', '1', :external_id, sha256('x'), '7', 'x') RETURNING id
""")

QUICK = Timings(
    creation_window=0.3,
    callback_grace=0.4,
    blind_grace=0.2,
    start_limit=0.5,
    down_limit=0.5,
    polls=((float("inf"), 0.03),),
    time_limits=dict.fromkeys(Modality, 0.6),
    unknown_grace=0.15,
    late_interval=0.05,
    late_limit=60.0,
    read_lease=2.0,
    fetch_lease=2.0,
    send_lease=0.5,
    fetch_retry=0.02,
    fetch_attempts=3,
    delivery_retry=0.02,
    delivery_attempts=3,
    progress_interval=0.0,
    progress_limit=0.5,
    resume_retry=0.05,
    resume_interval=0.1,
    sweep_interval=0.05,
    overdue=0.1,
    sweep_again=0.2,
)
"""A life in tenths of seconds."""

STEADY = replace(QUICK, read_lease=60.0, fetch_lease=60.0, send_lease=60.0, progress_limit=60.0)
"""As QUICK, but whoever has claimed something keeps it, however slow the machine."""

UNHURRIED = replace(
    STEADY,
    unknown_grace=60.0,
    callback_grace=60.0,
    blind_grace=60.0,
    start_limit=60.0,
    down_limit=60.0,
    time_limits=dict.fromkeys(Modality, 60.0),
)
"""As QUICK, but nothing is given up and no claim runs out while a test looks on."""


@dataclass
class World:
    """One reign over one database. `epoch` may be raised by a test that takes over."""

    url: str
    database: Database
    epoch: Epoch
    timings: Timings
    provider: FakeProvider
    notifier: FakeNotifier
    store: FakeStore
    source: FakeSource
    host: FakeHost
    tokens: CallbackTokens
    ledger: Ledger
    users: UserService
    consents: ConsentService
    drafts: DraftService
    service: GenerationService
    settlement: Settlement
    gate: Gate
    starter: Starter
    checker: Checker
    deliverer: Deliverer
    teller: Teller
    restorer: Restorer
    sweeper: Sweeper
    callbacks: KieCallbackHandler

    async def next_step(self) -> Step:
        """Each call stores one more event and gives the step that answers it."""
        async with self.database.unfenced_unit_of_work() as session:
            event_id = (await session.execute(EVENT, {"external_id": uuid4().hex})).scalar_one()
        return Step(event_id, self.epoch)

    async def person(self, person_id: int = 7, *, cash: int = 100_000) -> int:
        """Somebody with so many kopecks, who has agreed to the terms."""
        await self.users.arrive(self.epoch, Person(person_id, "Anna", language_code="ru"))
        await self.consents.agree(self.epoch, person_id, self.consents.version)
        if cash:
            async with self.database.unit_of_work(self.epoch) as session:
                await self.ledger.credit(
                    session,
                    user_id=person_id,
                    amount=Kopecks(cash),
                    source="payments:stars",
                    key=f"given:{person_id}",
                )
        return person_id

    async def draft(self, person_id: int, key: ModelKey = CLIP, inputs: Inputs = CLIP_INPUTS) -> Draft:
        """A finished draft."""
        return await self.drafts.open(await self.next_step(), person_id, key, inputs)

    async def confirmation(self, draft: Draft) -> Confirmation:
        """The tap on the card of this draft."""
        card = await self.service.card(self.epoch, draft.user_id, draft.id)
        assert card is not None
        return Confirmation(
            draft.user_id, draft.id, draft.revision, card.quote.id, chat_id=draft.user_id, message_id=50
        )

    async def submit(self, confirmation: Confirmation) -> Submission:
        """Answers a new event with a submit."""
        return await self.service.submit(await self.next_step(), confirmation)

    async def submitted(self, person_id: int = 7) -> Generation:
        """A generation that was just submitted."""
        outcome = await self.submit(await self.confirmation(await self.draft(person_id)))
        assert isinstance(outcome, Submitted)
        return outcome.generation

    async def started(self, person_id: int = 7) -> Generation:
        """A generation that the provider accepted."""
        generation = await self.submitted(person_id)
        await self.starter.start(self.epoch, generation.id)
        return await self.now(generation)

    async def captured(self, person_id: int = 7) -> Generation:
        """A generation whose result is stored and paid."""
        generation = await self.started(person_id)
        assert generation.task_id is not None
        self.provider.succeed(generation.task_id)
        await self.check_when_due(generation)
        return await self.now(generation)

    async def now(self, generation: Generation) -> Generation:
        """As it is in the database."""
        found = await self.service.get(generation.user_id, generation.id)
        assert found is not None
        return found

    async def check_when_due(self, generation: Generation) -> None:
        """One look, as soon as one is due."""
        await self.become_due(generation)
        await self.checker.check(self.epoch, generation.id)

    async def become_due(self, generation: Generation) -> None:
        """Lets the time pass until the generation wants to be looked at."""

        async def due() -> bool:
            current = await self.now(generation)
            return current.next_check_at is not None and current.next_check_at <= current.seen_at

        await until(due)

    async def reach_state(self, generation: Generation, *states: State, seconds: float = 60.0) -> Generation:
        """Waits until it is in one of the states."""

        async def there() -> bool:
            return (await self.now(generation)).state in states

        await until(there, seconds)
        return await self.now(generation)

    async def callback(self, generation: Generation, task_id: str | None, *, event_id: int = 1) -> None:
        """The provider reports a task to the URL of this generation."""
        payload = (
            b'{"code":200,"msg":"x","data":{"taskId":"%s","state":"success"}}' % (task_id or "").encode()
        )
        token = self.tokens.make(generation.id)
        await self.callbacks.handle(
            Event(
                event_id,
                "kie",
                token,
                str(generation.id),
                payload,
                datetime.now(UTC),
                attempt=1,
                applied=False,
            ),
            self.epoch,
        )

    async def balance(self, person_id: int = 7) -> Balance:
        """The person's money."""
        async with self.database.snapshot() as session:
            return await self.ledger.balance(session, person_id)

    async def losses(self) -> int:
        """The house account of what nobody paid for, in kopecks."""
        async with self.database.snapshot() as session:
            return await Corrections().house_balance(session, HouseAccount.LOSSES)

    async def findings(self) -> list[Finding]:
        """What is wrong with the books."""
        async with self.database.snapshot() as session:
            return list(await self.ledger.audit(session))

    async def count(self, query: str, **values: object) -> int:
        """The one number that a query gives."""
        async with self.database.snapshot() as session:
            return int((await session.execute(text(query), values)).scalar_one())

    async def execute(self, statement: str, **values: object) -> None:
        """What a test does to the database by hand."""
        async with self.database.unfenced_unit_of_work() as session:
            await session.execute(text(statement), values)

    async def empty_the_queue(self) -> None:
        """Every wake-up is lost."""
        await self.execute("DELETE FROM procrastinate_jobs")

    async def take_over(self) -> Epoch:
        """The next reign begins."""
        await self.execute("UPDATE leader SET epoch = epoch + 1")
        self.epoch = Epoch(self.epoch + 1)
        return self.epoch

    @property
    def functions(self) -> Mapping[str, Callable[[Epoch, int], Awaitable[None]]]:
        """What a worker of this world runs."""
        originals = OriginalSender(self.database, self.notifier)
        return job_functions(
            self.starter, self.checker, self.deliverer, self.teller, self.restorer, originals
        )

    @asynccontextmanager
    async def working(self, *, sweeping: bool = True) -> AsyncIterator[Worker]:
        """A worker and a sweeper at work; whatever they raise comes out at the end."""
        limits = WorkerLimits("test-worker", concurrency=8, polling_interval=0.05)
        worker = Worker(self.database, self.url, self.functions, POLICIES, limits)
        async with asyncio.TaskGroup() as group:
            group.create_task(worker.run(self.epoch))
            if sweeping:
                group.create_task(self.sweeper.run(self.epoch))
            yield worker
            self.sweeper.stop()
            await worker.stop(drain=1.0)


def make_world(
    url: str,
    database: Database,
    epoch: Epoch,
    *,
    timings: Timings = UNHURRIED,
    public: bool = True,
    creates: int = 100,
    max_parallel: int = 100,
    provider: FakeProvider | None = None,
    copier: Copier | None = None,
    free: FreeAllowance = NO_FREE_TIER,
    caps: Caps = Caps(),  # noqa: B008 - frozen
    catalogue: Catalogue = CATALOGUE,
) -> World:
    """A world with these rules; `public` says whether callbacks can come."""
    provider = provider or FakeProvider()
    ledger = Ledger()
    wakeups = Wakeups(JobQueue())
    circuit = Circuit(CircuitRule())
    gate = Gate(
        FreeTier(database, free),
        Budgets(database, zone=free.zone),
        CostCaps(caps, zone=free.zone),
        circuit,
        Standings(database, circuit),
    )
    settlement = Settlement(ledger, Corrections(), wakeups, gate.free)
    desk = Desk(database, settlement, wakeups, timings)
    tokens = CallbackTokens(b"k" * 32)
    urls = CallbackUrls(tokens, "https://bot.example" if public else None)
    notifier, store, source, host = FakeNotifier(), FakeStore(), FakeSource(), FakeHost()
    earlier = EarlierResults(database, FolderStore(RESULTS))
    uploads = Uploads(database, catalogue, source, earlier, host, INCOMING)
    progress = Progress(desk, notifier, SystemClock(), timings)
    users = UserService(database, ledger, welcome_bonus=Kopecks(0))
    consents = ConsentService(database, version="1")
    drafts = DraftService(database, catalogue, consents)
    offers = Offers(catalogue, rates_in_force(Rates(Decimal(79), Decimal(2))), SystemClock())
    neighbours = Neighbours(users, drafts, catalogue, offers, ledger, gate)
    return World(
        url=url,
        database=database,
        epoch=epoch,
        timings=timings,
        provider=provider,
        notifier=notifier,
        store=store,
        source=source,
        host=host,
        tokens=tokens,
        ledger=ledger,
        users=users,
        consents=consents,
        drafts=drafts,
        service=GenerationService(database, neighbours, settlement, max_parallel=max_parallel),
        settlement=settlement,
        gate=gate,
        starter=Starter(desk, provider, progress, urls, uploads, creates_per_10s=creates),
        checker=Checker(desk, provider, copier or store, progress, urls),
        deliverer=Deliverer(desk, notifier, progress, ledger),
        teller=Teller(desk, notifier, progress, ledger),
        restorer=Restorer(desk, provider, store, notifier),
        sweeper=Sweeper(database, wakeups, timings),
        callbacks=KieCallbackHandler(database, tokens, wakeups),
    )
