"""The whole bot over real services on a real Postgres; only Telegram is a stand-in."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import text

from app.catalogue import Catalogue, load_catalogue
from app.clock import SystemClock
from app.db import Database, Epoch
from app.generation import GenerationService, Neighbours, Settlement, Wakeups
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.offers import Offers, Rates
from app.payments import PaymentService, StarsTerms
from app.users import DraftService, ScreenService, UserService
from bot.balances import Balances
from bot.factory import BotDependencies, BotSide, Line, build
from bot.texts import load_texts
from tests.unit.bot.fake_telegram import FakeTelegram
from tests.unit.bot.people import Somebody, Wire

ROOT = Path(__file__).resolve().parents[3]
WELCOME = Kopecks(30_000)


class Folder:
    """Results in a folder."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def path(self, key: str) -> Path:
        return self._place / key


@dataclass(frozen=True)
class House:
    """The bot and the services behind it."""

    side: BotSide
    telegram: FakeTelegram
    wire: Wire
    database: Database
    catalogue: Catalogue
    users: UserService
    drafts: DraftService
    generations: GenerationService
    balances: Balances
    epoch: Epoch


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue(ROOT / "models")


@pytest.fixture
def house(database: Database, epoch: Epoch, catalogue: Catalogue, tmp_path: Path) -> House:
    """Everything wired as the composition root does it."""
    clock, ledger, telegram = SystemClock(), Ledger(), FakeTelegram()
    users = UserService(database, ledger, welcome_bonus=WELCOME)
    drafts = DraftService(database, catalogue)
    offers = Offers(catalogue, Rates(Decimal(79), Decimal(2)), clock)
    neighbours = Neighbours(users=users, drafts=drafts, catalogue=catalogue, offers=offers, ledger=ledger)
    settlement = Settlement(ledger, Wakeups(JobQueue()))
    generations = GenerationService(database, neighbours, settlement, max_parallel=3)
    balances = Balances(database, ledger)
    side = build(
        BotDependencies(
            line=Line("4242:test-token", "http://127.0.0.1:1", 25, telegram.session),
            clock=clock,
            texts=load_texts(),
            catalogue=catalogue,
            users=users,
            drafts=drafts,
            screens=ScreenService(database),
            offers=offers,
            generations=generations,
            balances=balances,
            payments=PaymentService(database, ledger, Corrections(), users, StarsTerms(Decimal(1)), clock),
            files=Folder(tmp_path),
        )
    )

    async def store(number: int, payload: bytes) -> int:
        async with database.unfenced_unit_of_work() as session:
            inserted = await session.execute(
                text(
                    "INSERT INTO inbox (source, scope, external_id, digest, lane, payload)"
                    " VALUES ('telegram', '', :number, '\\x00', 'lane', :payload) RETURNING id"
                ),
                {"number": str(number), "payload": payload},
            )
            return int(inserted.scalar_one())

    wire = Wire(telegram, side.events, epoch, store)
    return House(side, telegram, wire, database, catalogue, users, drafts, generations, balances, epoch)


@pytest.fixture
def ivan(house: House) -> Somebody:
    return Somebody(house.wire)
