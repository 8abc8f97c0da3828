"""The composition root: reads top to bottom what the product is made of.

`create_app` is what gunicorn calls in each worker. It returns before the database is asked for anything, so a
worker listens at once; the rest starts beside it.
"""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from aiohttp import web

from app import failpoints
from app.books import AuditRuns, Rehearsals
from app.catalogue import Catalogue, load_catalogue
from app.clock import SystemClock
from app.db import Database, Installation, UnusableDatabaseError, claim_installation, require_sessions
from app.domains import Domains, build_domains, build_files, build_improvements, build_privacy
from app.errors import StorageBusyError, StorageUnavailableError
from app.files import FileStore
from app.garbage import lasting
from app.generation import (
    CallbackTokens,
    Census,
    Copier,
    Downloads,
    FetchRules,
    FileLinks,
    FileTokens,
)
from app.generation.kie import CallbackSignatures, result_places
from app.generation.market import Known, load_known
from app.inbox import Inbox
from app.jobs import JobCensus
from app.money import from_roubles
from app.observability import Meters
from app.offers import Showcase, load_showcase
from app.reign import Connections, PollingSide, Reign, TelegramSide, Work, end_process_on_error
from app.settings import Settings, load_settings
from app.singleton import Singleton, SingletonConfig, holder_name, wait_until_next
from app.web import (
    FilePages,
    Intake,
    KieCallbacks,
    Metrics,
    Parts,
    Poller,
    Status,
    TelegramApi,
    make_application,
)
from app.work import Premises, fetching_folder, http_session, work_of_a_reign
from bot.balances import Balances
from bot.configured import Configured
from bot.texts import Texts, link_words, load_texts, refusal_words

if TYPE_CHECKING:
    from bot.factory import BotDependencies
    from bot.line import Line

ROOT = Path(__file__).resolve().parents[1]
# Of DB_MAXCONN, which is eight at least: the lock, the standby's watch, the inbox's ears, and the job worker's
# three.
OUTSIDE_THE_POOL = 6
RETRY_SECONDS = 0.5
WEIGH_SECONDS = 5.0

logger = logging.getLogger(__name__)


async def create_app() -> web.Application:
    """The aiohttp application of one worker; raises SettingsError, CatalogueError and ShowcaseError."""
    settings = load_settings()
    failpoints.arm(settings.fail_point)
    with lasting():
        process = Process(settings, load_content(settings))
    application = make_application(process.parts)
    application.cleanup_ctx.append(process.lifetime)
    return application


@dataclass(frozen=True)
class Content:
    """What is read once from files."""

    catalogue: Catalogue
    known: Known
    showcase: Showcase
    texts: Texts


def load_content(settings: Settings) -> Content:
    """The models, the showcase and the words; raises CatalogueError, ShowcaseError and TextsError."""
    catalogue = load_catalogue(ROOT / "models")
    return Content(
        catalogue=catalogue,
        known=load_known(ROOT / "models"),
        showcase=load_showcase(ROOT / "models" / "showcase", catalogue),
        texts=load_texts(zone=ZoneInfo(settings.time_zone)),
    )


@dataclass(frozen=True)
class Furniture:
    """What the bot stands on."""

    database: Database
    domains: Domains
    content: Content
    files: FileStore
    links: FileLinks


def bot_dependencies(settings: Settings, furniture: Furniture, line: "Line") -> "BotDependencies":
    """Everything that Telegram's side needs, beside the line to Telegram."""
    from bot.factory import BotDependencies  # noqa: PLC0415 - see Process

    domains, content = furniture.domains, furniture.content
    return BotDependencies(
        line=line,
        database=furniture.database,
        clock=SystemClock(),
        texts=content.texts,
        catalogue=content.catalogue,
        users=domains.users,
        privacy=build_privacy(furniture.database, domains),
        consents=domains.consents,
        drafts=domains.drafts,
        screens=domains.screens,
        rates=domains.rates,
        offers=domains.offers,
        balances=Balances(furniture.database, domains.ledger),
        invitations=domains.invitations,
        payments=domains.payments,
        refunds=domains.refunds,
        generations=domains.generations,
        gate=domains.gate,
        improvements=build_improvements(furniture.database, domains, content.catalogue),
        favourites=domains.favourites,
        popularity=domains.popularity,
        showcase=content.showcase,
        configured=_configured(settings),
        files=furniture.files,
        links=furniture.links,
        originals=domains.originals,
        attachments=domains.attachments,
        bank=domains.bank,
        transfers=domains.transfers,
        desks=domains.desks,
    )


class Process:
    """One worker: what its routes call (`parts`), and what makes it ACTIVE when it is its turn."""

    def __init__(self, settings: Settings, content: Content) -> None:
        self._settings = settings
        self._content = content
        self._meters = Meters()
        instance = settings.instance_id or socket.gethostname()
        holder = holder_name(instance)
        url, direct_url = _database_urls(settings)
        pool = settings.db_maxconn - OUTSIDE_THE_POOL
        self._database = Database(url, application_name=holder, max_connections=pool)
        self._domains = build_domains(settings, self._database, content.catalogue)
        self._http = http_session(settings)
        self._files = build_files(settings)
        rules = FetchRules(result_places((settings.kie_api_url, settings.kie_upload_url)))
        self._copier = Copier(self._files, fetching_folder(settings), self._http, rules)
        self._installation: asyncio.Future[Installation] = asyncio.get_running_loop().create_future()
        connections = Connections(self._database, direct_url, holder, self._meters)
        self._reign = Reign(connections, self._load_bot, self._assign)
        self._inbox = Inbox(self._database, wake_consumer=self._reign.wake)
        self._telegram = TelegramApi(self._http, base_url=settings.telegram_api_url, token=settings.bot_token)
        self._intake = Intake(
            self._inbox,
            self._domains.payments,
            self._telegram,
            refusal_words(content.texts),
            bot_id=settings.bot_id,
        )
        self._election = SingletonConfig(direct_url, settings.bot_id, instance, settings.release, holder)
        self._singleton = Singleton(self._election, self._reign)
        self._status = Status(
            self._database, instance=instance, release=settings.release, models=len(content.catalogue.models)
        )

    @property
    def parts(self) -> Parts:
        """What the routes call."""
        webhook = self._settings.webhook_secret_token if self._settings.mode == "webhook" else None
        token = self._settings.metrics_token
        return Parts(
            intake=self._intake,
            kie=KieCallbacks(self._inbox, self._tokens, self._signatures()),
            status=self._status,
            metrics=self._metrics(),
            meters=self._meters,
            files=FilePages(
                Downloads(self._database, self._files, self._file_tokens), link_words(self._content.texts)
            ),
            metrics_token=token.get_secret_value() if token else None,
            telegram_secret=webhook.get_secret_value() if webhook else None,
        )

    def _signatures(self) -> CallbackSignatures:
        key = self._settings.kie_webhook_hmac_key
        return CallbackSignatures(key.get_secret_value() if key else None, SystemClock())

    def _metrics(self) -> Metrics:
        database = self._database
        counts, audits = (JobCensus(database), Census(database)), AuditRuns(database)
        return Metrics(self._status, self._inbox, *counts, audits, Rehearsals(database))

    @property
    def _webhook_url(self) -> str | None:
        base = self._settings.webhook_base_url
        return f"{base}/webhook/telegram" if base and self._settings.mode == "webhook" else None

    async def lifetime(self, _application: web.Application) -> AsyncIterator[None]:
        """Stands by beside the routes; at the end resigns, which drains what is in flight, and closes."""
        standing_by = asyncio.create_task(self._stand_by())
        standing_by.add_done_callback(end_process_on_error)
        yield
        if self._installation.done() and not standing_by.done():
            await self._singleton.resign()
        standing_by.cancel()
        await asyncio.gather(standing_by, return_exceptions=True)
        await self._inbox.close()
        await self._reign.close()
        await self._http.close()
        await self._database.close()

    async def _stand_by(self) -> None:
        self._installation.set_result(await self._claim())
        self._status.owned()
        background = asyncio.create_task(self._work_beside())
        background.add_done_callback(end_process_on_error)
        try:
            await self._singleton.run()
        finally:
            background.cancel()

    async def _work_beside(self) -> None:
        await asyncio.gather(self._prepare(), self._weigh())

    async def _prepare(self) -> None:
        """Lets the 2.5 s and 130 MB of aiogram pass beforehand in who will take over, and in nobody else.

        Measured on an idle machine: the import alone takes 2.5 s of CPU, so a cold worker processes that much
        later. Of the workers of an instance it is the one that has waited longest for the lock; once it could
        take over, it may ask for it.
        """
        if self._settings.web_concurrency > 1:
            await wait_until_next(self._election, lambda: self._reign.is_prepared)
        self._reign.prepare(then=self._singleton.ready)

    async def _weigh(self) -> None:
        while True:
            self._meters.weigh()
            await asyncio.sleep(WEIGH_SECONDS)

    async def _claim(self) -> Installation:
        """The database's owner, asked until the database answers, is migrated and is ours: alive, and not ready."""
        said = ""
        while True:
            try:
                await require_sessions(self._election.url)
                return await claim_installation(
                    self._database,
                    bot_id=self._settings.bot_id,
                    kind="sandbox" if self._settings.sandbox else "real",
                )
            except UnusableDatabaseError as error:
                if str(error) != said:
                    logger.error("waiting for a usable database", extra={"reason": str(error)})
                said = str(error)
            except (StorageUnavailableError, StorageBusyError):
                pass  # the pool and the standby tell of outages
            await asyncio.sleep(RETRY_SECONDS)

    async def _tokens(self) -> CallbackTokens:
        return CallbackTokens(self._signing_key())

    async def _file_tokens(self) -> FileTokens:
        return FileTokens(self._signing_key(), SystemClock())

    def _signing_key(self) -> bytes:
        """Raises StorageUnavailableError while it was not read yet: the caller comes again."""
        if not self._installation.done():
            raise StorageUnavailableError("the signing key was not read yet")
        return self._installation.result().signing_key

    async def _load_bot(self) -> TelegramSide:
        """Imports and builds Telegram's side in a thread: it takes seconds, and the way in must not wait."""
        with lasting():
            return await asyncio.to_thread(self._build_bot)

    def _build_bot(self) -> TelegramSide:
        from bot.factory import build  # noqa: PLC0415 - aiogram costs seconds and 130 MB
        from bot.line import Line  # noqa: PLC0415 - the same

        settings = self._settings
        line = Line(
            token=settings.bot_token,
            api_url=settings.telegram_api_url,
            unsolicited_rate=settings.telegram_rate,
            webhook_url=self._webhook_url,
            webhook_secret=self.parts.telegram_secret or "",
            alerts_chat=settings.alerts_chat,
            meters=self._meters,
        )
        links = FileLinks(
            FileTokens(self._signing_key(), SystemClock()), settings.webhook_base_url, SystemClock()
        )
        furniture = Furniture(self._database, self._domains, self._content, self._files, links)
        side = build(bot_dependencies(settings, furniture, line))
        if self._webhook_url is not None:
            return side
        return PollingSide(side, Poller(self._telegram, self._intake, side.allowed_updates))

    def _assign(self, telegram: TelegramSide) -> Work:
        tokens = CallbackTokens(self._signing_key())
        content, meters = self._content, self._meters
        shelves = (self._http, self._files, self._copier, self._inbox)
        contents = (tokens, content.catalogue, content.known, meters)
        premises = Premises(self._settings, self._database, self._domains, *shelves, *contents)
        return work_of_a_reign(premises, telegram)


def _configured(settings: Settings) -> Configured:
    return Configured(
        welcome_bonus=from_roubles(settings.welcome_bonus_rub),
        referral_bonus=from_roubles(settings.referral_bonus_rub),
        result_copy_days=settings.result_copy_days,
        support_telegram=settings.support_telegram,
        support_text=settings.support_text,
        terms_url=settings.terms_url,
    )


def _database_urls(settings: Settings) -> tuple[str, str]:
    pooled = settings.database_url.get_secret_value() if settings.database_url else ""
    direct = settings.database_direct_url.get_secret_value() if settings.database_direct_url else pooled
    return pooled, direct
