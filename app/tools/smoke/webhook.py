"""Telegram Webhook: is the token a bot's, and do its updates come to us?"""

import time
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp

from app.clock import SystemClock
from app.db import Database
from app.domains import build_domains
from app.files import FolderStore
from app.generation import FileLinks, FileTokens
from app.main import Furniture, bot_dependencies, load_content
from app.settings import Settings
from app.tools.smoke.verdicts import Verdict, failed, passed, skipped, together, warned
from app.tools.system import System
from app.web import TelegramApi, TelegramApiError, WebhookState
from bot.factory import build
from bot.line import Line

RECENT_SECONDS = 600
MANY_PENDING = 100


async def check_webhook(system: System) -> Verdict:
    """Asks Telegram, and our own public address."""
    settings = system.settings
    if settings is None or not settings.is_real:
        return skipped("Telegram was not asked: TELEGRAM_BOT_TOKEN is not set")
    async with aiohttp.ClientSession() as session:
        api = TelegramApi(session, base_url=settings.telegram_api_url, token=settings.bot_token)
        try:
            if await api.get_me() != settings.bot_id:
                return failed("TELEGRAM_BOT_TOKEN: Telegram knows another bot by it")
            state = await api.get_webhook()
        except TelegramApiError as error:
            return failed(_refusal(error))
        if settings.mode == "polling":
            return _polled(state)
        return together([*_delivery(settings, state), await _address(session, settings)])


def _refusal(error: TelegramApiError) -> str:
    if error.code in (401, 404):
        return f"TELEGRAM_BOT_TOKEN: Telegram refuses it ({error.method}: {error.code})"
    return f"Telegram does not answer as it should ({error.method}: {error.code})"


def _polled(state: WebhookState) -> Verdict:
    if state.url:
        return failed(f"a webhook to {_host(state.url)} is set, so nobody can poll")
    return passed("no webhook is set, updates are polled for")


def _delivery(settings: Settings, state: WebhookState) -> list[Verdict]:
    ours = f"{settings.webhook_base_url}/webhook/telegram"
    if state.url != ours:
        there = _host(state.url) if state.url else "nowhere"
        return [failed(f"Telegram sends updates to {there}, not to {ours}")]
    missing = sorted(set(wanted_updates(settings)) - set(state.allowed_updates))
    verdicts = [passed(f"updates come to {ours}")]
    if missing and state.allowed_updates:
        verdicts.append(failed(f"Telegram does not send us {', '.join(missing)}"))
    return [*verdicts, *_trouble(state)]


def _trouble(state: WebhookState) -> list[Verdict]:
    """What Telegram itself complains about."""
    pending = state.pending_update_count
    is_recent = time.time() - (state.last_error_date or 0) < RECENT_SECONDS
    if is_recent and pending:
        return [failed(f"{pending} updates wait, Telegram says: {state.last_error_message}")]
    if is_recent:
        return [warned(f"Telegram had trouble lately: {state.last_error_message}")]
    return [warned(f"{pending} updates wait")] if pending > MANY_PENDING else []


async def _address(session: aiohttp.ClientSession, settings: Settings) -> Verdict:
    """A webhook without the secret is refused by us and by nobody else."""
    timeout = aiohttp.ClientTimeout(10)
    try:
        async with session.post(
            f"{settings.webhook_base_url}/webhook/telegram", json={}, timeout=timeout
        ) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError, OSError):
        return failed("WEBHOOK_BASE_URL does not answer")
    if status not in (401, 403):
        return failed(
            f"WEBHOOK_BASE_URL is not this bot's: it answers {status} to a webhook without the secret"
        )
    return passed("the public address leads to us")


def wanted_updates(settings: Settings) -> tuple[str, ...]:
    """What the bot handles; nothing is opened to find out."""
    content = load_content(settings)
    nowhere = Database("postgresql://nowhere.invalid/none", application_name="smoke", max_connections=1)
    domains, files = build_domains(settings, nowhere, content.catalogue), FolderStore(Path("nowhere"))
    links = FileLinks(FileTokens(b"", SystemClock()), None, SystemClock())
    furniture = Furniture(nowhere, domains, content, files, links)
    line = Line(settings.bot_token, settings.telegram_api_url, settings.telegram_rate)
    return build(bot_dependencies(settings, furniture, line)).allowed_updates


def _host(url: str) -> str:
    return urlsplit(url).netloc
