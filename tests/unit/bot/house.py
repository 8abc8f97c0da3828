"""The bot over real services, wired as the composition root does it; only Telegram is a stand-in."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

from app.admin import Desks, Rules, StaffNeighbours, build_desks
from app.catalogue import Catalogue, load_catalogue
from app.clock import SystemClock
from app.db import Database
from app.files import FolderStore
from app.generation import (
    Budgets,
    Caps,
    Circuit,
    CircuitRule,
    CostCaps,
    FileLinks,
    FileTokens,
    FreeAllowance,
    FreeImprovements,
    FreeTier,
    Gate,
    GenerationService,
    ImprovementMoney,
    ImprovementNeighbours,
    Improvements,
    Neighbours,
    Originals,
    Popularity,
    Remedies,
    Settlement,
    Standings,
    Wakeups,
)
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks, Stars
from app.offers import Offers, Rates, RatesInForce, Showcase, load_showcase
from app.payments import (
    BankAccount,
    BankProvider,
    BankTransfers,
    Invitations,
    Payers,
    PaymentReview,
    PaymentService,
    RefundService,
    StarsTerms,
)
from app.privacy import PrivacyService
from app.users import (
    AttachmentService,
    ConsentService,
    DraftService,
    FavouriteService,
    LeavingService,
    ScreenService,
    UserService,
    words_in_force,
)
from bot.balances import Balances
from bot.configured import Configured
from bot.factory import BotDependencies, BotSide, build
from bot.line import Line
from bot.texts import Texts, load_texts
from tests.unit.bot.fake_telegram import FakeTelegram

ROOT = Path(__file__).resolve().parents[3]
WELCOME = Kopecks(30_000)
RATES = Rates(Decimal(79), Decimal(2))
TERMS = StarsTerms(Decimal(1), tuple(Stars(pack) for pack in (50, 100, 250, 500, 1000)), monthly=Stars(300))
ZONE = "Europe/Moscow"
NO_FREE_TIER = FreeAllowance(0, 0, ZONE)
REFERRAL = Kopecks(5_000)
CONFIGURED = Configured(welcome_bonus=WELCOME, result_copy_days=30, referral_bonus=REFERRAL)
ACCOUNT = BankAccount("Test Bank", "0000 1111", "TEST HOLDER", "+70001112233")
OWNERS = (901, 902)
SECOND_OVER = Kopecks(500_000)
LINKS = FileLinks(FileTokens(b"k" * 32, SystemClock()), "https://bot.example", SystemClock())


class HurriedClock(SystemClock):
    """Sleeping passes the time at once: the pace itself is proven in test_pacing."""

    def __init__(self) -> None:
        self._slept = 0.0

    def monotonic(self) -> float:
        """The machine's, and what was slept."""
        return super().monotonic() + self._slept

    async def sleep(self, seconds: float) -> None:
        """Returns at once, that much later."""
        self._slept += seconds


@dataclass(frozen=True)
class House:
    """The bot and the services behind it."""

    side: BotSide
    telegram: FakeTelegram
    catalogue: Catalogue
    users: UserService
    consents: ConsentService
    drafts: DraftService
    generations: GenerationService
    invitations: Invitations
    payments: PaymentService
    refunds: RefundService
    balances: Balances
    favourites: FavouriteService
    transfers: BankTransfers
    desks: Desks
    ledger: Ledger
    rates: RatesInForce
    improvements: Improvements


@cache
def real_catalogue() -> Catalogue:
    """The models that are for sale; immutable, so all tests of a process share them."""
    return load_catalogue(ROOT / "models")


@cache
def real_texts() -> Texts:
    """All words of the bot in UTC; reading them takes a third of a second."""
    return load_texts()


@cache
def real_showcase() -> Showcase:
    """The quick actions and the best models of the operator."""
    return load_showcase(ROOT / "models" / "showcase", real_catalogue())


def build_house(
    database: Database,
    files: Path,
    telegram: FakeTelegram | None = None,
    configured: Configured = CONFIGURED,
    *,
    balances: Balances | None = None,
    catalogue: Catalogue | None = None,
    free: FreeAllowance = NO_FREE_TIER,
    account: BankAccount | None = ACCOUNT,
) -> House:
    """Opens nothing: a database that is never reached will do for what needs none."""
    clock, ledger, catalogue = HurriedClock(), Ledger(), catalogue or real_catalogue()
    telegram = telegram or FakeTelegram()
    users = UserService(database, ledger, welcome_bonus=WELCOME)
    consents = ConsentService(database, version=words_in_force(configured.terms_url))
    drafts = DraftService(database, catalogue, consents)
    rates = RatesInForce(database, RATES)
    offers = Offers(catalogue, rates, clock)
    circuit = Circuit(CircuitRule())
    gate = Gate(
        FreeTier(database, free),
        Budgets(database, zone=ZONE),
        CostCaps(Caps(), zone=ZONE),
        circuit,
        Standings(database, circuit),
    )
    neighbours = Neighbours(users, drafts, catalogue, offers, ledger, gate)
    settlement = Settlement(ledger, Corrections(), Wakeups(JobQueue()), gate.free)
    generations = GenerationService(database, neighbours, settlement, max_parallel=3)
    near_texts = ImprovementNeighbours(users, drafts, catalogue, rates, gate)
    paid_texts = ImprovementMoney(ledger, Corrections())
    improvements = Improvements(database, near_texts, paid_texts, JobQueue(), FreeImprovements(ZONE))
    balances = balances or Balances(database, ledger)
    invitations = Invitations(
        database, users, ledger, Corrections(), JobQueue(), bonus=configured.referral_bonus
    )
    payers = Payers(users, consents, invitations)
    payments = PaymentService(database, ledger, Corrections(), payers, TERMS, rates, clock)
    refunds = RefundService(database, ledger, Corrections(), invitations, JobQueue(), clock)
    favourites = FavouriteService(database)
    review = PaymentReview(ledger, users, invitations, clock)
    transfers = BankTransfers(database, users, payments, review, JobQueue(), clock, second_over=SECOND_OVER)
    remedies = Remedies(settlement, Wakeups(JobQueue()))
    near = StaffNeighbours(users, generations, remedies, transfers, review, refunds, ledger, Corrections())
    desks = build_desks(database, near, catalogue, rates, JobQueue(), Rules(OWNERS, SECOND_OVER))
    side = build(
        BotDependencies(
            line=Line("4242:test-token", "http://127.0.0.1:1", 25, telegram.session, sleep=clock.sleep),
            database=database,
            clock=clock,
            texts=real_texts(),
            catalogue=catalogue,
            users=users,
            privacy=PrivacyService(database, users, LeavingService(database), ledger, JobQueue()),
            consents=consents,
            drafts=drafts,
            screens=ScreenService(database),
            rates=rates,
            offers=offers,
            generations=generations,
            gate=gate,
            improvements=improvements,
            balances=balances,
            invitations=invitations,
            payments=payments,
            refunds=refunds,
            favourites=favourites,
            popularity=Popularity(database),
            showcase=real_showcase(),
            configured=configured,
            files=FolderStore(files),
            links=LINKS,
            originals=Originals(database, JobQueue()),
            attachments=AttachmentService(database, consents),
            bank=BankProvider(account),
            transfers=transfers,
            desks=desks,
        )
    )
    return House(
        side,
        telegram,
        catalogue,
        users,
        consents,
        drafts,
        generations,
        invitations,
        payments,
        refunds,
        balances,
        favourites,
        transfers,
        desks,
        ledger,
        rates,
        improvements,
    )
