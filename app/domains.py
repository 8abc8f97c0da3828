"""The services of the domains and how they are wired to each other. `app.main` wires them to the world."""

from dataclasses import dataclass
from pathlib import Path

from app.admin import Desks, Rules, StaffNeighbours, build_desks
from app.catalogue import Catalogue
from app.clock import SystemClock
from app.db import Database
from app.files import Bucket, BucketStore, FileStore, FolderStore
from app.generation import (
    Budgets,
    Caps,
    Circuit,
    CircuitRule,
    CostCaps,
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
from app.money import Stars, from_roubles
from app.offers import Offers, Rates, RatesInForce
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
from app.settings import Settings
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


@dataclass(frozen=True)
class Domains:
    """The services that handlers and jobs call."""

    users: UserService
    consents: ConsentService
    drafts: DraftService
    attachments: AttachmentService
    screens: ScreenService
    favourites: FavouriteService
    rates: RatesInForce
    offers: Offers
    invitations: Invitations
    payments: PaymentService
    refunds: RefundService
    generations: GenerationService
    gate: Gate
    popularity: Popularity
    ledger: Ledger
    settlement: Settlement
    wakeups: Wakeups
    bank: BankProvider
    transfers: BankTransfers
    desks: Desks
    originals: Originals


def build_domains(settings: Settings, database: Database, catalogue: Catalogue) -> Domains:
    """Pure wiring: nothing is opened here."""
    clock, ledger, books = SystemClock(), Ledger(), Corrections()
    users = UserService(database, ledger, welcome_bonus=from_roubles(settings.welcome_bonus_rub))
    consents = ConsentService(database, version=words_in_force(settings.terms_url))
    drafts = DraftService(database, catalogue, consents)
    rates = RatesInForce(database, Rates(settings.usd_rub, settings.price_markup, settings.star_rub))
    offers = Offers(catalogue, rates, clock)
    wakeups, gate = Wakeups(JobQueue()), build_gate(settings, database)
    settlement = Settlement(ledger, books, wakeups, gate.free)
    neighbours = Neighbours(users, drafts, catalogue, offers, ledger, gate)
    till = _till(settings, database, users, consents, rates)
    at_once = settings.max_parallel_generations
    generations = GenerationService(database, neighbours, settlement, max_parallel=at_once)
    cures, transfers = Remedies(settlement, wakeups), till.transfers
    near = StaffNeighbours(users, generations, cures, transfers, till.review, till.refunds, ledger, books)
    return Domains(
        users=users,
        consents=consents,
        drafts=drafts,
        attachments=AttachmentService(database, consents),
        screens=ScreenService(database),
        favourites=FavouriteService(database),
        rates=rates,
        offers=offers,
        invitations=till.invitations,
        payments=till.payments,
        refunds=till.refunds,
        generations=generations,
        gate=gate,
        popularity=Popularity(database),
        ledger=ledger,
        settlement=settlement,
        wakeups=wakeups,
        bank=BankProvider(bank_account(settings)),
        transfers=transfers,
        desks=_desks(settings, database, near, catalogue, rates),
        originals=Originals(database, JobQueue()),
    )


@dataclass(frozen=True)
class _Till:
    """Where money from outside comes in and goes back."""

    invitations: Invitations
    payments: PaymentService
    refunds: RefundService
    review: PaymentReview
    transfers: BankTransfers


def _till(
    settings: Settings,
    database: Database,
    users: UserService,
    consents: ConsentService,
    rates: RatesInForce,
) -> _Till:
    ledger, books, queue, clock = Ledger(), Corrections(), JobQueue(), SystemClock()
    bonus, limit = (
        from_roubles(it) for it in (settings.referral_bonus_rub, settings.approval_second_over_rub)
    )
    invitations = Invitations(database, users, ledger, books, queue, bonus=bonus)
    payers, terms = Payers(users, consents, invitations), _terms(settings)
    payments = PaymentService(database, ledger, books, payers, terms, rates, clock)
    review = PaymentReview(ledger, users, invitations, clock)
    return _Till(
        invitations,
        payments,
        RefundService(database, ledger, books, invitations, queue, clock),
        review,
        BankTransfers(database, users, payments, review, queue, clock, second_over=limit),
    )


def build_files(settings: Settings) -> FileStore:
    """Where copies of results are kept: the bucket of the S3_* settings, else STORAGE_DIR."""
    endpoint, name, region = settings.s3_endpoint, settings.s3_bucket, settings.s3_region
    access, secret = settings.s3_access_key, settings.s3_secret_key
    if endpoint is None or name is None or region is None or access is None or secret is None:
        return FolderStore(Path(settings.storage_dir))
    return BucketStore(Bucket(endpoint, name, region, access.get_secret_value(), secret.get_secret_value()))


def _desks(
    settings: Settings, database: Database, near: StaffNeighbours, catalogue: Catalogue, rates: RatesInForce
) -> Desks:
    rules = Rules(settings.admin_ids, from_roubles(settings.approval_second_over_rub))
    return build_desks(database, near, catalogue, rates, JobQueue(), rules)


def bank_account(settings: Settings) -> BankAccount | None:
    """Where people transfer to; None unless every detail is set (F61)."""
    card, phone = settings.payment_card, settings.payment_phone
    bank, holder = settings.payment_bank, settings.payment_card_holder
    if not bank or not holder or card is None or phone is None:
        return None
    return BankAccount(bank, card.get_secret_value(), holder, phone.get_secret_value())


def _terms(settings: Settings) -> StarsTerms:
    monthly = settings.star_subscription
    return StarsTerms(
        settings.star_rub,
        tuple(Stars(pack) for pack in settings.star_packs),
        monthly=None if monthly is None else Stars(monthly),
    )


def build_gate(settings: Settings, database: Database) -> Gate:
    """The guards on money; their day begins at midnight in TIME_ZONE."""
    allowance = FreeAllowance(settings.free_per_day, settings.free_per_hour, settings.time_zone)
    circuit = Circuit(CircuitRule())
    return Gate(
        free=FreeTier(database, allowance),
        budgets=Budgets(database, zone=settings.time_zone),
        caps=CostCaps(Caps(), zone=settings.time_zone),
        circuit=circuit,
        standings=Standings(database, circuit),
    )


def build_improvements(database: Database, domains: Domains, catalogue: Catalogue) -> Improvements:
    """Better prompts; their day is that of the free tier."""
    near = ImprovementNeighbours(domains.users, domains.drafts, catalogue, domains.rates, domains.gate)
    rule = FreeImprovements(domains.gate.free.allowance.zone)
    money = ImprovementMoney(domains.ledger, Corrections())
    return Improvements(database, near, money, JobQueue(), rule)


def build_privacy(database: Database, domains: Domains) -> PrivacyService:
    """What people may ask about their own data."""
    leaving = LeavingService(database)
    return PrivacyService(database, domains.users, leaving, domains.ledger, JobQueue())
