"""The error paths: each is a line of PATHS. A new way to fail is one function and one line more."""

import asyncio
import io
import os
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress

import aiohttp
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramAPIError
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.admin import Alert, AlertKind, DeadDesk
from app.admin.alerts import repository as alerts
from app.admin.office import Office
from app.admin.staff import Staff
from app.db import Database
from app.db.backup import BackupError, back_up
from app.db.direct import connect_direct
from app.db.migration import migrate
from app.errors import AppError, StorageUnavailableError
from app.files import Bucket, BucketStore, FilesUnavailableError
from app.generation.kie import KieClient, KieUploads
from app.generation.kie.client import Patience
from app.inbox import Event
from app.jobs import JobQueue
from app.settings import SettingsError, settings_of
from app.tools.smoke import CHECKS, System
from app.web import TelegramApi, make_application
from bot.texts import load_texts
from bot.views.admin_dead import dead_view, work_view
from bot.views.alerts import alert_view
from tests.integration.canaries.bench import Bench
from tests.integration.canaries.consuming import parked
from tests.integration.tools.commands import run_command
from tests.integration.web.site import parts_on

NOWHERE = "http://127.0.0.1:1"
COMMANDS = ("app.tools.audit_ledger", "app.tools.backup")


async def malformed_settings(bench: Bench) -> None:
    """Each in its turn, and what the settings show of themselves."""
    bench.tell(repr(bench.settings), bench.settings)
    for name in bench.environment:
        for wrong in ("\n", " a b", "://"):
            value = f"{wrong}{bench.environment[name]}{wrong}"
            try:
                bench.tell(settings_of({**bench.environment, name: value}))
            except SettingsError as error:
                bench.tell(*error.problems)
                bench.fail(error)
    split = bench.environment["DATABASE_URL"].replace("%2F", "/").replace("%40", "@")
    with suppress(SettingsError):
        raise AssertionError(settings_of({**bench.environment, "DATABASE_URL": split}))


async def telegram_over_our_own_client(bench: Bench) -> None:
    """Refused, out of reach, silent."""
    async with aiohttp.ClientSession() as session:
        for base in (bench.outside, NOWHERE, f"{bench.outside}/%zz"):
            api = TelegramApi(session, base_url=base, token=bench.settings.bot_token)
            for call in (api.get_me, api.get_webhook):
                await _fails(bench, call())


async def telegram_over_aiogram(bench: Bench) -> None:
    """Refused, out of reach, silent: its errors quote what was asked and where."""
    for base in (bench.outside, NOWHERE, f"{bench.outside}/silent"):
        session = AiohttpSession(api=TelegramAPIServer.from_base(base), timeout=0.1)
        async with Bot(bench.settings.bot_token, session=session) as bot:
            try:
                await bot.send_message(1, f"{bot.session.api.file_url(bench.settings.bot_token, 'a.png')}")
            except TelegramAPIError as error:
                bench.fail(error)
            try:
                await bot.download_file("photos/1.png", timeout=1)
            except (aiohttp.ClientError, TimeoutError) as error:
                bench.fail(error)


async def kie(bench: Bench) -> None:
    """Refused with our key quoted, out of reach, silent; what is kept of a refusal is told to operators."""
    patience = Patience(connect=1.0, create=0.1, read=0.1)
    async with aiohttp.ClientSession() as session:
        for base in (bench.outside, NOWHERE, f"{bench.outside}/silent"):
            client = KieClient(session, base_url=base, key=bench.settings.kie_key, patience=patience)
            await _fails(bench, client.create("z-image", {"prompt": "a cat"}, None), told=True)
            await _fails(bench, client.read("1", "z-image"), told=True)
            await _fails(bench, client.credits(), told=True)
    async with aiohttp.ClientSession() as session:
        for base in (bench.outside, NOWHERE):
            file = bench.folder / "a.png"
            file.write_bytes(b"x")
            uploads = KieUploads(session, base_url=base, key=bench.settings.kie_key)
            await _fails(bench, uploads.upload(file, name="a.png", mime="image/png"), told=True)


async def database_away(bench: Bench) -> None:
    """By every driver that is spoken, and by the programs of Postgres."""
    url = bench.environment["DATABASE_URL"]
    database = Database(url, application_name="canary", max_connections=1)
    try:
        await _fails(bench, _look(database), told=True)
    finally:
        await database.close()
    await _fails(bench, connect_direct(url, application_name="canary"), expected=OSError)
    for attempt in (lambda: back_up(url, bench.folder / "x.dump"), lambda: migrate(url)):
        try:
            await asyncio.to_thread(attempt)
        except (BackupError, StorageUnavailableError) as error:
            bench.tell(error)
            bench.fail(error)


async def bucket_away(bench: Bench) -> None:
    """Refused with everything quoted."""
    settings = bench.settings
    assert settings.s3_access_key is not None
    assert settings.s3_secret_key is not None
    keys = (settings.s3_access_key.get_secret_value(), settings.s3_secret_key.get_secret_value())
    bucket = Bucket(bench.outside, "results", "eu-test-1", *keys)
    bench.tell(bucket)
    await _fails(bench, BucketStore(bucket).size("results/1/1.png"), FilesUnavailableError, told=True)


async def failing_handler(bench: Bench) -> None:
    """An error that quotes every secret: logged, kept as a dead letter, alerted, shown to operators."""

    def explode(_: Event) -> None:
        try:
            raise OSError(f"no way to {bench.environment}")
        except OSError as cause:
            raise ValueError(f"{'x' * 7000} {bench.settings.secrets}") from cause

    bench.tell(await parked(bench, explode))
    words = load_texts().for_language("ru")
    desk = DeadDesk(bench.database, Office(bench.database, Staff(bench.database, ()), JobQueue()))
    found, count = await desk.page(0, 5)
    bench.tell(
        found, dead_view(words, found, 0, count).text, *(work_view(words, it, None).text for it in found)
    )
    async with bench.database.unit_of_work(bench.epoch) as session:
        causes = await alerts.claim(session, AlertKind.DEAD_WORK)
    bench.tell(alert_view(words, Alert(AlertKind.DEAD_WORK, causes)).text)


async def answers_to_strangers(bench: Bench) -> None:
    """Every route, with nothing behind it that works, and an error that quotes every secret."""

    async def broken(_: web.Request) -> web.Response:
        raise RuntimeError(f"{bench.settings.secrets}")

    away = Database(bench.environment["DATABASE_URL"], application_name="canary", max_connections=1)
    async with aiohttp.ClientSession() as session:
        parts = parts_on(away, session, secret="s", metrics_token="m")
        application = make_application(parts)
        application.router.add_get("/broken", broken)
        async with TestServer(application, shutdown_timeout=0) as server:
            for path in ("health", "ready", "role", "version", "metrics", "files/x", "broken", "none"):
                for method in ("GET", "POST", "BREW"):
                    bearer = {"Authorization": "Bearer m"} if method == "GET" else {}
                    async with session.request(method, server.make_url(f"/{path}"), headers=bearer) as answer:
                        bench.tell(answer.status, dict(answer.headers), await answer.text())
            header = {"X-Telegram-Bot-Api-Secret-Token": "s"}
            for body in (b"{}", b'{"update_id": 1, "message": {"from": {"id": 1}}}', b"x" * 1024 * 1025):
                url = server.make_url("/webhook/telegram")
                async with session.post(url, data=io.BytesIO(body), headers=header) as answer:
                    bench.tell(answer.status, dict(answer.headers), await answer.text())
        await parts.kie.inbox.close()
    await away.close()


async def smoke_checks(bench: Bench) -> None:
    """The real system's checks on a system where nothing answers as it should."""
    local = {"TELEGRAM_API_URL": bench.outside, "KIE_API_URL": bench.outside, "KIE_UPLOAD_URL": bench.outside}
    system = System("canary", settings_of({**bench.environment, **local}))
    for check in CHECKS:
        if "Button" not in check.name:
            verdict = await check.look(system)
            bench.tell(*map(system.masked, verdict.reasons))


async def commands(bench: Bench) -> None:
    """What operators start, and the launcher itself: with a database that does not answer."""
    wanted = {**bench.environment, "HOME": str(bench.folder), "LANG": os.environ.get("LANG", "C.UTF-8")}
    ran = [
        asyncio.to_thread(run_command, "-m", module, folder=bench.folder, environment=wanted)
        for module in COMMANDS
    ]
    for ended in await asyncio.gather(*ran):
        assert ended.code
        bench.tell(ended.said)


async def _look(database: Database) -> None:
    async with database.snapshot():
        raise AssertionError("the database answers")


async def _fails(
    bench: Bench,
    call: Awaitable[object],
    expected: type[Exception] = AppError,
    *,
    told: bool = False,
) -> None:
    """Logs the error; `told`: its own words are kept and shown, too."""
    try:
        await call
    except expected as error:
        bench.fail(error)
        if told:
            bench.tell(repr(error), error, vars(error))
    else:
        raise AssertionError("it did not fail")


PATHS: Mapping[str, Callable[[Bench], Awaitable[None]]] = {
    "malformed settings": malformed_settings,
    "Telegram over our own client": telegram_over_our_own_client,
    "Telegram over aiogram": telegram_over_aiogram,
    "KIE": kie,
    "the database away": database_away,
    "the bucket away": bucket_away,
    "a handler that fails": failing_handler,
    "answers to strangers": answers_to_strangers,
    "the smoke test": smoke_checks,
    "commands": commands,
}
