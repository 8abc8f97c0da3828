"""The work of a reign, built from the services: who answers which events and jobs, and what goes by the clock."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from app.admin import ADMIN_PERIODIC, ADMIN_POLICIES, AlertWatch, Herald, admin_jobs
from app.books import BOOKS_AUDIT, Auditor, NightlyAudit
from app.catalogue import Catalogue
from app.clock import SystemClock
from app.db import Database
from app.domains import Domains
from app.files import FileStore
from app.generation import (
    IMPROVE,
    IMPROVE_POLICY,
    IMPROVEMENT_SWEEP,
    KIE_BALANCE,
    POLICIES,
    PRUNING,
    CallbackTokens,
    CallbackUrls,
    Checker,
    Copier,
    CopyEraser,
    CreditsWatch,
    Deliverer,
    Desk,
    EarlierResults,
    ImprovementMoney,
    Improver,
    KieCallbackHandler,
    OriginalSender,
    Progress,
    Pruner,
    PublicResolver,
    Restorer,
    Starter,
    Sweeper,
    Teller,
    Timings,
    Uploads,
    Withdrawing,
    job_functions,
)
from app.generation.kie import KieClient, KieList, KieUploads, MeasuredKie
from app.generation.market import MARKET_LIST, MARKET_SCHEMAS, Known, MarketWatch
from app.inbox import FORGET, Forgetting, Inbox, Source
from app.jobs import JobFunction, JobQueue, Periodic
from app.ledger import Corrections
from app.observability import Mask, Meters
from app.payments import (
    PAYMENT_POLICIES,
    PAYMENTS_BY_THE_CLOCK,
    InviterTeller,
    Method,
    PaymentProvider,
    ReceiptReader,
    Refunder,
    RenewalStopper,
    StarsProvider,
    StarsReconciliation,
    SubscriptionService,
    payment_jobs,
)
from app.privacy import (
    PRIVACY_POLICIES,
    PRIVACY_SWEEP,
    Departures,
    Exporter,
    Purse,
    Usher,
    privacy_jobs,
)
from app.reign import TelegramSide, Work
from app.retention import RETENTION, Retention
from app.settings import SERVICE_URLS, Settings
from app.users import LeavingService

FORGETTING = Periodic(FORGET, "17 1 * * *")

BY_NIGHT = (BOOKS_AUDIT, FORGETTING, RETENTION, PRUNING)
BY_THE_CLOCK = (KIE_BALANCE, MARKET_LIST, MARKET_SCHEMAS, IMPROVEMENT_SWEEP, PRIVACY_SWEEP, *BY_NIGHT)


@dataclass(frozen=True)
class Premises:
    """What a process has and a reign works with."""

    settings: Settings
    database: Database
    domains: Domains
    http: aiohttp.ClientSession
    files: FileStore
    copier: Copier
    inbox: Inbox
    tokens: CallbackTokens
    catalogue: Catalogue
    known: Known
    meters: Meters


def work_of_a_reign(premises: Premises, telegram: TelegramSide) -> Work:
    """Events by source, jobs by name, some of them by the clock."""
    settings, domains = premises.settings, premises.domains
    client = KieClient(
        premises.http,
        base_url=settings.kie_api_url,
        key=settings.kie_key,
        endpoints=premises.catalogue.endpoints,
    )
    provider = MeasuredKie(client, premises.meters)
    jobs = _rounds(premises, telegram, provider) | _market_jobs(premises) | _payment_jobs(premises, telegram)
    jobs |= _improvement_jobs(premises, telegram, provider) | _privacy_jobs(premises, telegram)
    return Work(
        handlers={
            Source.TELEGRAM: telegram.events,
            Source.KIE: KieCallbackHandler(premises.database, premises.tokens, domains.wakeups),
        },
        jobs=jobs | _staff_jobs(premises, telegram) | _generation_jobs(premises, telegram, provider),
        policies={
            **POLICIES,
            **PAYMENT_POLICIES,
            **ADMIN_POLICIES,
            **PRIVACY_POLICIES,
            IMPROVE: IMPROVE_POLICY,
        },
        periodic=(*PAYMENTS_BY_THE_CLOCK, *ADMIN_PERIODIC, *BY_THE_CLOCK),
        sweeper=Sweeper(premises.database, domains.wakeups, Timings()),
        mask=Mask(settings.secrets),
    )


def _generation_jobs(
    premises: Premises, telegram: TelegramSide, provider: MeasuredKie
) -> dict[str, JobFunction]:
    """From the hold to the delivery."""
    settings, domains, timings = premises.settings, premises.domains, Timings()
    # Without a webhook nobody may be able to call us, whatever address is set.
    urls = CallbackUrls(premises.tokens, settings.webhook_base_url if settings.mode == "webhook" else None)
    host = KieUploads(premises.http, base_url=settings.kie_upload_url, key=settings.kie_key)
    earlier = EarlierResults(premises.database, premises.files)
    uploads = Uploads(
        premises.database, premises.catalogue, telegram.media, earlier, host, incoming_folder(settings)
    )
    desk = Desk(premises.database, domains.settlement, domains.wakeups, timings)
    progress = Progress(desk, telegram.notifier, SystemClock(), timings)
    creates = settings.kie_creates_per_10s
    return job_functions(
        Starter(desk, provider, progress, urls, uploads, creates_per_10s=creates),
        Checker(desk, provider, premises.copier, progress, urls),
        Deliverer(desk, telegram.notifier, progress, domains.ledger),
        Teller(desk, telegram.notifier, progress, domains.ledger),
        Restorer(desk, provider, premises.copier, telegram.notifier),
        OriginalSender(premises.database, telegram.notifier),
    )


def _improvement_jobs(
    premises: Premises, telegram: TelegramSide, provider: MeasuredKie
) -> dict[str, JobFunction]:
    """Better prompts."""
    domains = premises.domains
    improver = Improver(
        premises.database,
        premises.catalogue,
        domains.drafts,
        ImprovementMoney(domains.ledger, Corrections()),
        provider,
        telegram.improvement_news,
        JobQueue(),
    )
    return {IMPROVE: improver.improve, IMPROVEMENT_SWEEP.job: improver.sweep}


def _privacy_jobs(premises: Premises, telegram: TelegramSide) -> dict[str, JobFunction]:
    """Copies of people's data, and their deletion."""
    database, domains, clock = premises.database, premises.domains, SystemClock()
    usher = Usher(
        domains.users,
        LeavingService(database),
        Withdrawing(domains.settlement),
        Purse(domains.ledger, Corrections()),
        SubscriptionService(database, telegram.stars, clock),
        CopyEraser(premises.files),
    )
    exporter = Exporter(database, domains.users, telegram.privacy_news)
    return privacy_jobs(
        database, exporter, Departures(database, usher, telegram.privacy_news, JobQueue(), clock)
    )


def incoming_folder(settings: Settings) -> Path:
    """Where people's files pass through."""
    return Path(settings.storage_dir) / "incoming"


def fetching_folder(settings: Settings) -> Path:
    """Where results pass through: on the disk of STORAGE_DIR, since they are moved."""
    return Path(settings.storage_dir) / "fetching"


def _rounds(premises: Premises, telegram: TelegramSide, provider: MeasuredKie) -> dict[str, JobFunction]:
    """KIE's balance by the minute; by night the books, what is past its time, and our copies of results."""
    settings = premises.settings
    watch = CreditsWatch(premises.database, provider, telegram.alerts, low=settings.kie_low_credits)
    audit = NightlyAudit(premises.database, Auditor(premises.domains.ledger), SystemClock())
    forgetting = Forgetting(premises.inbox)
    passages = (incoming_folder(settings), fetching_folder(settings))
    pruner = Pruner(premises.files, passages, days=settings.result_copy_days)
    return {
        KIE_BALANCE.job: watch.look,
        BOOKS_AUDIT.job: audit.run,
        FORGET: forgetting.forget,
        RETENTION.job: Retention(premises.database).prune,
        PRUNING.job: pruner.prune,
    }


def _market_jobs(premises: Premises) -> dict[str, JobFunction]:
    """KIE's own catalogue: its list by the hour, its schemas in the course of a day."""
    settings = premises.settings
    listing = KieList(premises.http, base_url=settings.kie_api_url, key=settings.kie_key)
    watch = MarketWatch(
        premises.database, listing, premises.catalogue, premises.known, premises.domains.rates
    )
    return {MARKET_LIST.job: watch.look_at_list, MARKET_SCHEMAS.job: watch.look_at_schemas}


def _staff_jobs(premises: Premises, telegram: TelegramSide) -> dict[str, JobFunction]:
    """Receipts and what the staff has to say."""
    desks, users = premises.domains.desks, premises.domains.users
    return admin_jobs(
        ReceiptReader(premises.database, telegram.receipts, JobQueue(), SystemClock()),
        Herald(premises.database, desks.staff, desks.receipts, users, telegram.staff_notices),
        AlertWatch(premises.database, telegram.alerts),
        desks.refund_runner,
    )


def _payment_jobs(premises: Premises, telegram: TelegramSide) -> dict[str, JobFunction]:
    """Refunds and reconciliation: what of payments needs Telegram, and is nobody's tap."""
    domains, database, clock = premises.domains, premises.database, SystemClock()
    payments, refunds = domains.payments, domains.refunds
    stars = StarsProvider(telegram.stars, lambda: payments.terms)
    reconciliation = StarsReconciliation(
        database, payments, refunds, telegram.stars, domains.users, telegram.payment_news, clock
    )
    providers: dict[Method, PaymentProvider] = {stars.method: stars, domains.bank.method: domains.bank}
    subscriptions = SubscriptionService(database, telegram.stars, clock)
    stopper = RenewalStopper(database, subscriptions, domains.users, telegram.payment_news)
    teller = InviterTeller(database, domains.users, telegram.payment_news)
    refunder = Refunder(database, refunds, providers)
    return payment_jobs(payments, refunds, refunder, stopper, teller, reconciliation)


def http_session(settings: Settings) -> aiohttp.ClientSession:
    """What KIE is called over.

    An address that an operator has set may lead anywhere; one of ours only into the public internet.
    """
    named = (getattr(settings, name) for name in SERVICE_URLS if name in settings.model_fields_set)
    resolver = PublicResolver({urlsplit(url).hostname or "" for url in named})
    # Connections are not kept: a creation that meets one which the server is just closing would be ambiguous.
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(force_close=True, limit=100, resolver=resolver)
    )
