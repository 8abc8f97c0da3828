"""The services of the domains and how they are wired to each other. `app.main` wires them to the world."""

from dataclasses import dataclass

from app.catalogue import Catalogue
from app.clock import SystemClock
from app.db import Database
from app.generation import GenerationService, Neighbours, Popularity, Settlement, Wakeups
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Stars, from_roubles
from app.offers import Offers, Rates, RatesInForce
from app.payments import PaymentService, StarsTerms
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
    rates: RatesInForce
    offers: Offers
    payments: PaymentService
    generations: GenerationService
    popularity: Popularity
    ledger: Ledger
    settlement: Settlement
    wakeups: Wakeups


def build_domains(settings: Settings, database: Database, catalogue: Catalogue) -> Domains:
    """Pure wiring: nothing is opened here."""
    clock = SystemClock()
    ledger = Ledger()
    terms = StarsTerms(settings.star_rub, tuple(Stars(pack) for pack in settings.star_packs))
    users = UserService(database, ledger, welcome_bonus=from_roubles(settings.welcome_bonus_rub))
    drafts = DraftService(database, catalogue)
    rates = RatesInForce(database, Rates(settings.usd_rub, settings.price_markup, settings.star_rub))
    offers = Offers(catalogue, rates, clock)
    wakeups = Wakeups(JobQueue())
    settlement = Settlement(ledger, Corrections(), wakeups)
    neighbours = Neighbours(users=users, drafts=drafts, catalogue=catalogue, offers=offers, ledger=ledger)
    return Domains(
        users=users,
        drafts=drafts,
        attachments=AttachmentService(database),
        screens=ScreenService(database),
        favourites=FavouriteService(database),
        rates=rates,
        offers=offers,
        payments=PaymentService(database, ledger, Corrections(), users, terms, rates, clock),
        generations=GenerationService(
            database, neighbours, settlement, max_parallel=settings.max_parallel_generations
        ),
        popularity=Popularity(database),
        ledger=ledger,
        settlement=settlement,
        wakeups=wakeups,
    )
