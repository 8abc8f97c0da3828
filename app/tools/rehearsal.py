"""A scratch house for operators' rehearsals: the real services on a real Postgres, only the outside is scripted."""

import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from itertools import count
from pathlib import Path

from app.books import Auditor
from app.catalogue import (
    Catalogue,
    Inputs,
    MediaFile,
    ModelSpec,
    ParameterKind,
    load_catalogue,
    validate_inputs,
)
from app.clock import SystemClock
from app.db import Database, Epoch, read_lease
from app.db.embedded import EmbeddedPostgres
from app.db.migration import migrate
from app.domains import Domains, build_domains
from app.files import FolderStore
from app.generation import (
    CallbackTokens,
    CallbackUrls,
    Checker,
    Confirmation,
    Copies,
    Deliverer,
    Delivery,
    Desk,
    EarlierResults,
    FailureClass,
    Generation,
    Progress,
    RefusedError,
    Stage,
    Starter,
    StoredFile,
    Submission,
    TaskReport,
    TaskState,
    Timings,
    Uploads,
)
from app.inbox import Inbox, Incoming, Source, Step
from app.ledger import Balance, Finding
from app.money import Kopecks
from app.payments import RefundService
from app.settings import Settings
from app.users import Person

ROOT = Path(__file__).resolve().parents[2]
PROMPT = "a red cat on a roof"
AT_ONCE = Timings(polls=((float("inf"), 0.0),))
"""Every look is due at once."""


class Outside:
    """Provider, store of results and messenger: everything succeeds, unless the next creation shall `fail`."""

    def __init__(self) -> None:
        self.fail = False
        self._tasks = count(1)

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        """Accepts, or refuses once."""
        if self.fail:
            self.fail = False
            raise RefusedError(FailureClass.PROVIDER_DOWN)
        return f"rehearsal-{next(self._tasks)}"

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        """Done."""
        return TaskReport(TaskState.SUCCESS, (f"https://results.invalid/{task_id}",))

    async def credits(self) -> Decimal:
        """Enough."""
        return Decimal(1_000_000)

    async def fetch(self, generation: Generation, urls: Collection[str]) -> Copies:
        """Copies nothing."""
        return Copies(tuple(StoredFile(url, generation.produces, "image/png", 1) for url in urls))

    async def upload(self, path: Path, *, name: str, mime: str) -> str:
        """A rehearsal sends no files."""
        raise RefusedError(FailureClass.BAD_INPUT)

    async def progress(self, generation: Generation, stage: Stage) -> None:
        """Nobody looks."""

    async def end_progress(self, generation: Generation) -> None:
        """Nobody looks."""

    async def deliver(self, generation: Generation, balance: Balance | None = None) -> Delivery:
        """Arrives."""
        return Delivery((generation.id,), generation.results)

    async def original(self, generation: Generation) -> Delivery:
        """Arrives."""
        return Delivery((generation.id,), generation.results)

    async def gone(self, generation: Generation) -> None:
        """Arrives."""

    async def failed(self, generation: Generation, returned: Kopecks, balance: Balance) -> None:
        """Arrives."""


@dataclass
class House:
    """One person (`customer`) and every service that their money meets."""

    database: Database
    epoch: Epoch
    domains: Domains
    refunds: RefundService
    catalogue: Catalogue
    outside: Outside = field(default_factory=Outside)
    customer: int = 1

    def __post_init__(self) -> None:
        self._inbox = Inbox(self.database, wake_consumer=lambda: True)
        self._events = count(1)

    async def step(self) -> Step:
        """A new event to answer; in a scratch database their ids count from one."""
        number = next(self._events)
        text = str(number)
        event = Incoming(Source.TELEGRAM, "rehearsal", text, text, b"{}", sha256(text.encode()).digest())
        await self._inbox.accept(event)
        return Step(number, self.epoch)

    async def arrive(self) -> None:
        """The customer's first visit."""
        await self.domains.users.arrive(self.epoch, Person(self.customer, "Anna", language_code="ru"))

    async def agree(self) -> None:
        """The customer's consent to the terms."""
        consents = self.domains.consents
        await consents.agree(self.epoch, self.customer, consents.version)

    async def balance(self) -> Balance:
        """The customer's money."""
        async with self.database.snapshot() as session:
            return await self.domains.ledger.balance(session, self.customer)

    async def confirmation(self) -> Confirmation:
        """A tap on the card of a model that asks for words only and is not free."""
        drafts = self.domains.drafts
        spec, inputs = self._simple_model()
        draft = await drafts.open(await self.step(), self.customer, spec.key, inputs)
        card = await self.domains.generations.card(self.epoch, self.customer, draft.id)
        quote = 0 if card is None else card.quote.id
        return Confirmation(self.customer, draft.id, draft.revision, quote, self.customer, None)

    async def submit(self, confirmation: Confirmation) -> Submission:
        """The tap, as a new event."""
        return await self.domains.generations.submit(await self.step(), confirmation)

    async def carry_out(self, generation: Generation) -> Generation | None:
        """Everything the jobs do for it, until nothing is left to do."""
        domains, outside = self.domains, self.outside
        desk = Desk(self.database, domains.settlement, domains.wakeups, AT_ONCE)
        progress = Progress(desk, outside, SystemClock(), AT_ONCE)
        urls = CallbackUrls(CallbackTokens(b"rehearsal"), None)
        unused = Path("unused")
        earlier = EarlierResults(self.database, FolderStore(unused))
        uploads = Uploads(self.database, self.catalogue, _NoFiles(), earlier, outside, unused)
        starter = Starter(desk, outside, progress, urls, uploads, creates_per_10s=1000)
        await starter.start(self.epoch, generation.id)
        await Checker(desk, outside, outside, progress, urls).check(self.epoch, generation.id)
        await Deliverer(desk, outside, progress, self.domains.ledger).deliver(self.epoch, generation.id)
        return await domains.generations.get(self.customer, generation.id)

    async def findings(self) -> list[Finding]:
        """What is wrong with the books."""
        async with self.database.snapshot() as session:
            return await Auditor(self.domains.ledger).audit(session)

    async def close(self) -> None:
        """Ends what was opened here."""
        await self._inbox.close()

    def _simple_model(self) -> tuple[ModelSpec, Inputs]:
        for spec in self.domains.offers.for_sale():
            inputs = {
                it.name: PROMPT if it.kind is ParameterKind.TEXT else it.default
                for it in spec.parameters
                if it.required
            }
            known = {name: value for name, value in inputs.items() if value is not None}
            if not spec.free and not validate_inputs(spec, known):
                return spec, known
        raise LookupError("no model asks for words only")


class _NoFiles:
    async def fetch(self, file: MediaFile, target: Path) -> None:
        raise RefusedError(FailureClass.BAD_INPUT)


async def furnish(database: Database, settings: Settings) -> House:
    """The house over a migrated database that nobody else uses."""
    catalogue = load_catalogue(ROOT / "models")
    domains = build_domains(settings, database, catalogue)
    epoch = Epoch((await read_lease(database)).epoch)
    return House(database, epoch, domains, domains.refunds, catalogue)


@contextmanager
def scratch_database() -> Iterator[str]:
    """The URL of a migrated database of a Postgres of its own, gone at the end.

    Raises MissingPostgresError where this install carries none.
    """
    folder = Path(tempfile.mkdtemp(prefix="trt-rehearsal-"))
    folder.chmod(0o711)
    postgres = EmbeddedPostgres(folder, {"fsync": "off"})
    try:
        postgres.start()
        migrate(postgres.url)
        yield postgres.url
    finally:
        postgres.stop()
        shutil.rmtree(folder, ignore_errors=True)
