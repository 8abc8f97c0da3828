"""The services of the domains and how they are wired to each other. `app.main` wires them to the world."""

from dataclasses import dataclass

from app.catalogue import Catalogue
from app.clock import SystemClock
from app.db import Database
from app.generation import (
    Budgets,
    Caps,
    CostCaps,
    FreeAllowance,
    FreeTier,
    Gate,
    GenerationService,
    Neighbours,
    Popularity,
    Settlement,
    Wakeups,
)
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Stars, from_roubles
from app.offers import Offers, Rates
from app.payments import PaymentService, RefundService, StarsTerms
from app.settings import Settings
from app.users import AttachmentService, DraftService, FavouriteService, ScreenService, UserService


@dataclass(frozen=True)
class Domains:
    """The services that handlers and jobs call."""

    users: UserService
    drafts: DraftService
    attachments: AttachmentService
    screens: ScreenService
    favourites: FavouriteService
    offers: Offers
    payments: PaymentService
    refunds: RefundService
    generations: GenerationService
    gate: Gate
    popularity: Popularity
    ledger: Ledger
    settlement: Settlement
    wakeups: Wakeups


def build_domains(settings: Settings, database: Database, catalogue: Catalogue) -> Domains:
    """Pure wiring: nothing is opened here."""
    clock = SystemClock()
    ledger = Ledger()
    users = UserService(database, ledger, welcome_bonus=from_roubles(settings.welcome_bonus_rub))
    drafts = DraftService(database, catalogue)
    offers = Offers(catalogue, Rates(settings.usd_rub, settings.price_markup, settings.star_rub), clock)
    wakeups = Wakeups(JobQueue())
    gate = build_gate(settings, database)
    settlement = Settlement(ledger, Corrections(), wakeups, gate.free)
    neighbours = Neighbours(users, drafts, catalogue, offers, ledger, gate)
    return Domains(
        users=users,
        drafts=drafts,
        attachments=AttachmentService(database),
        screens=ScreenService(database),
        favourites=FavouriteService(database),
        offers=offers,
        payments=PaymentService(database, ledger, Corrections(), users, _terms(settings), clock),
        refunds=RefundService(database, ledger, Corrections(), JobQueue(), clock),
        generations=GenerationService(
            database, neighbours, settlement, max_parallel=settings.max_parallel_generations
        ),
        gate=gate,
        popularity=Popularity(database),
        ledger=ledger,
        settlement=settlement,
        wakeups=wakeups,
    )


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
    return Gate(
        free=FreeTier(database, allowance),
        budgets=Budgets(database, zone=settings.time_zone),
        caps=CostCaps(Caps(), zone=settings.time_zone),
    )
