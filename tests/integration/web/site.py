"""What the routes call, on a database: the whole way in of a process that is not ACTIVE."""

from decimal import Decimal
from functools import cache

import aiohttp

from app.books import AuditRuns, Rehearsals
from app.clock import SystemClock
from app.db import Database
from app.files import FolderStore
from app.generation import CallbackTokens, Census, Downloads, FileTokens
from app.generation.kie import CallbackSignatures
from app.inbox import Capacity, Inbox
from app.jobs import JobCensus
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.observability import Meters
from app.offers import Rates
from app.payments import Payers, PaymentService, StarsTerms
from app.users import ConsentService, UserService
from app.web import FilePages, Intake, KieCallbacks, Metrics, Parts, Status, TelegramApi
from bot.texts import Texts, link_words, load_texts
from tests.fakes.rates import rates_in_force
from tests.integration.payments.conftest import inviting
from tests.unit.bot.house import ROOT

KEY = b"k" * 32


@cache
def texts() -> Texts:
    """The words of the bot."""
    return load_texts()


def parts_on(
    database: Database,
    http: aiohttp.ClientSession,
    *,
    secret: str,
    metrics_token: str | None,
    capacity: Capacity | None = None,
) -> Parts:
    """Close `kie.inbox` before the database."""
    inbox = Inbox(database, wake_consumer=lambda: False, capacity=capacity)
    users = UserService(database, Ledger(), welcome_bonus=Kopecks(0))
    payers = Payers(users, ConsentService(database, version="1"), inviting(database, users))
    rates = rates_in_force(Rates(Decimal(79), Decimal(2)))
    terms = StarsTerms(Decimal(1))
    payments = PaymentService(database, Ledger(), Corrections(), payers, terms, rates, SystemClock())
    telegram = TelegramApi(http, base_url="http://127.0.0.1:1", token="42:none")
    status = Status(database, instance="here", release="r1", models=1)
    status.owned()

    async def callback_tokens() -> CallbackTokens:
        return CallbackTokens(KEY)

    async def file_tokens() -> FileTokens:
        return FileTokens(KEY, SystemClock())

    counts = (JobCensus(database), Census(database))
    return Parts(
        intake=Intake(inbox, payments, telegram, lambda reason, _: reason, bot_id=42),
        kie=KieCallbacks(inbox, callback_tokens, CallbackSignatures(None, SystemClock())),
        status=status,
        metrics=Metrics(status, inbox, *counts, AuditRuns(database), Rehearsals(database)),
        meters=Meters(),
        files=FilePages(
            Downloads(database, FolderStore(ROOT / ".data" / "none"), file_tokens), link_words(texts())
        ),
        metrics_token=metrics_token,
        telegram_secret=secret,
    )
