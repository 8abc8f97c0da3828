"""Starting: what stops it, how fast it listens, and how the two ways of getting updates keep apart."""

import asyncio
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.fixtures.blueprint import start_arguments
from tests.fixtures.books import Books
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.journeys import order_picture
from tests.fixtures.launched import (
    START_SECONDS,
    Launched,
    children,
    free_port,
    get,
    scratch_folder,
    wait_for_role,
    wait_until_answered,
    wait_until_ready,
)
from tests.fixtures.postgres import Server, bring_up_to_date, fresh_database
from tests.fixtures.sandboxed import start_sandbox

CANARY = "canary-0123456789-canary"
STOP_SECONDS = 30.0
"""What a platform gives between SIGTERM and SIGKILL."""


@pytest.fixture
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url) as fleet:
        yield fleet


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"TELEGRAM_BOT_TOKEN": "nonsense"}, ["TELEGRAM_BOT_TOKEN: "]),
        ({"KIE_API_KEY": CANARY}, ["TELEGRAM_BOT_TOKEN: "]),
        ({"USD_RUB": CANARY, "STAR_RUB": CANARY}, ["USD_RUB: ", "STAR_RUB: "]),
        (
            {"RENDER": "true", "TELEGRAM_BOT_TOKEN": "1234567:abcdef", "KIE_API_KEY": CANARY},
            ["DATABASE_URL: "],
        ),
    ],
)
def test_a_wrong_setting_stops_the_start_with_a_line_that_names_it(
    environment: dict[str, str], named: list[str]
) -> None:
    with scratch_folder() as folder:
        launched = Launched(folder, {"PORT": str(free_port()), **environment})
        launched.start()
        assert launched.wait_for_end() == 2
        lines = launched.log.splitlines()
        assert [line.partition(": ")[0] + ": " for line in lines] == named
        assert CANARY not in launched.log


def test_a_port_that_is_taken_is_named(fleet: Fleet) -> None:
    instance = fleet.start_instance()
    with scratch_folder() as folder:
        launched = Launched(folder, {"PORT": instance.url.rpartition(":")[2]})
        launched.start()
        assert launched.wait_for_end() == 2
        assert launched.log.startswith("PORT: ")


def test_a_database_that_is_away_stops_the_start_with_one_line(fleet: Fleet) -> None:
    with scratch_folder() as folder:
        away = {
            **fleet.environment,
            "PORT": str(free_port()),
            "DATABASE_URL": "postgresql://a:b@127.0.0.1:1/x",
        }
        launched = Launched(folder, away)
        launched.start()
        assert launched.wait_for_end() == 2
        assert launched.log.splitlines() == ["DATABASE_URL: the database cannot be reached, or it refuses us"]


@pytest.mark.proves("F85")
@pytest.mark.parametrize("trouble", ["unmigrated", "foreign"])
def test_a_server_on_a_database_that_it_must_not_use_says_so_once_and_waits(
    fleet: Fleet, postgres_server: Server, trouble: str
) -> None:
    with fresh_database(postgres_server, None) as url, scratch_folder() as folder:
        books = Books(url)
        if trouble == "foreign":
            bring_up_to_date(url)
            books.execute("UPDATE installation SET bot_id = 1, kind = 'real'")
        port = str(free_port())
        server = Launched(folder, {**fleet.environment, "DATABASE_URL": url, "PORT": port}, start_arguments())
        server.start()
        try:
            server.wait_for_log("waiting for a usable database")
            (worker,) = children(server.pid)
            assert get(f"http://127.0.0.1:{port}/ready")[0] == 503
            assert get(f"http://127.0.0.1:{port}/version")[0] == 200
            if trouble == "foreign":
                books.execute("UPDATE installation SET bot_id = NULL, kind = NULL")
            else:
                bring_up_to_date(url)
            wait_for_role(f"http://127.0.0.1:{port}", "ACTIVE")
            wait_until_ready(f"http://127.0.0.1:{port}")
            assert children(server.pid) == [worker], "it was started anew"
            waits = re.findall(r'waiting for a usable database.*"reason": "([^"]*)"', server.log)
            assert len(waits) == len(set(waits)) > 0, "while it is migrated there may be a second reason"
        finally:
            server.end()


async def test_a_process_keeps_to_its_connections_and_forgets_what_is_long_done(fleet: Fleet) -> None:
    fleet.books.execute(
        "INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, done_at) "
        "VALUES ('telegram', '1', 'old', sha256('x'), '1', 'x', 'done', now() - interval '8 days')"
    )
    instance = fleet.start_instance(DB_MAXCONN="8")
    wait_for_role(instance.url, "ACTIVE")
    open_now = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'trt:%%'"
    async with fleet.client() as sandbox:
        people = [await sandbox.person() for _ in range(20)]
        ordering = asyncio.gather(*map(order_picture, people))
        most = 0
        while not ordering.done():
            most = max(most, int(str(fleet.books.one(open_now + " AND datname = current_database()"))))
            await asyncio.sleep(0.01)
        await ordering
    assert 6 <= most <= 8
    await until(lambda: not fleet.books.one("SELECT count(*) FROM inbox WHERE external_id = 'old'"))


def test_a_folder_has_one_launcher_which_ends_with_its_database() -> None:
    with scratch_folder() as folder:
        first = start_sandbox(folder, {}).launched
        second = Launched(folder, {"PORT": str(free_port())})
        second.start()
        assert second.wait_for_end() == 2
        assert ".data: " in second.log
        postmaster = int((folder / ".data/postgres/postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGKILL)
        assert first.wait_for_end() == 1


def test_an_ipv6_address_is_listened_on(fleet: Fleet) -> None:
    with scratch_folder() as folder:
        launched = Launched(folder, {**fleet.environment, "PORT": str(free_port()), "HOST": "::1"})
        launched.start()
        try:
            launched.wait_for_line("The bot runs")
        finally:
            launched.end()


def test_a_sandbox_on_ipv6_reaches_its_own_stand_ins() -> None:
    with scratch_folder() as folder:
        sandbox = start_sandbox(folder, {"HOST": "::1"})
        try:
            assert sandbox.url.startswith("http://[::1]:")
            sandbox.launched.wait_for_log("webhook set")
        finally:
            sandbox.launched.end()


def test_a_sandbox_does_not_run_on_a_real_database_nor_the_other_way_round(fleet: Fleet) -> None:
    fleet.start_instance().launched.end()
    with scratch_folder() as folder:
        sandbox = Launched(folder, {"PORT": str(free_port()), "DATABASE_URL": fleet.database_url})
        sandbox.start()
        assert sandbox.wait_for_end() == 2
        assert "DATABASE_URL: " in sandbox.log
    fleet.books.execute("UPDATE installation SET kind = 'sandbox'")
    with scratch_folder() as folder:
        real = Launched(folder, {**fleet.environment, "PORT": str(free_port())})
        real.start()
        assert real.wait_for_end() == 2
        assert "DATABASE_URL: " in real.log


def test_updates_are_stored_within_two_seconds_of_a_workers_start(fleet: Fleet) -> None:
    """Seconds of the work of the worker's loop: others on the machine may hold it up, and do not count.

    Nor does the import of aiogram in a thread beside, which goes on while this test waits for its turn.
    """
    instance = fleet.start_instance()
    wait_for_role(instance.url, "ACTIVE")
    (worker,) = instance.launched.workers()
    os.kill(worker, signal.SIGKILL)
    successor = another_worker(instance.launched, worker)
    wait_until_answered(f"{instance.url}/version")
    assert worked_seconds(successor) < 2


@pytest.mark.proves("F5", "X16")
@pytest.mark.parametrize("moment", ["listening", "begun"])
def test_whoever_is_stopped_while_it_starts_ends_well_and_leaves_the_lock(fleet: Fleet, moment: str) -> None:
    with scratch_folder() as folder:
        port = str(free_port())
        server = Launched(folder, {**fleet.environment, "PORT": port}, start_arguments())
        server.start()
        if moment == "listening":
            wait_until_answered(f"http://127.0.0.1:{port}/version")
        else:  # Telegram's side is being loaded: the reign began, and processing did not
            server.wait_for_log("Singleton lock acquired")
        asked = time.monotonic()
        assert server.stop() == 0, server.log
        assert time.monotonic() - asked < STOP_SECONDS
        left = "SELECT application_name FROM pg_stat_activity WHERE application_name LIKE %s AND datname = %s"
        database = fleet.database_url.rpartition("/")[2]
        deadline = time.monotonic() + STOP_SECONDS
        while sessions := fleet.books.all(left, "trt:%", database):
            assert time.monotonic() < deadline, sessions
            time.sleep(0.05)
        assert fleet.books.one("SELECT holder FROM leader") is None
        server.end()


def another_worker(launched: Launched, worker: int) -> int:
    deadline = time.monotonic() + START_SECONDS
    while not (others := [pid for pid in launched.workers() if pid != worker]):
        assert time.monotonic() < deadline, "gunicorn started no other worker"
        time.sleep(0.01)
    return others[0]


def worked_seconds(pid: int) -> float:
    """CPU seconds of a process's first thread so far (proc(5): fields 14 and 15 of stat)."""
    fields = Path(f"/proc/{pid}/task/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.proves("F3")
async def test_polling_leaves_the_webhook_and_one_of_two_instances_polls(fleet: Fleet) -> None:
    webhook = fleet.start_instance()
    wait_for_role(webhook.url, "ACTIVE")
    async with fleet.client() as sandbox:
        await until(lambda: "webhook set" in webhook.launched.log)
        webhook.launched.end()
        fleet.instances.clear()
        first, second = (fleet.start_instance(BOT_MODE="polling", WEBHOOK_BASE_URL="") for _ in range(2))
        person = await sandbox.person()
        await person.say("/start")
        await person.wait_for_button("Картинки")
        assert get(f"{first.url}/webhook/telegram")[0] == 404
        conflicts = [v for v in await sandbox.telegram("GET", "violations") if v["error_code"] == 409]
        assert conflicts == []
        assert sorted("ACTIVE" in one.role() for one in (first, second)) == [False, True]


@pytest.mark.proves("F87")
async def test_no_secret_stands_in_any_log(fleet: Fleet) -> None:
    instance = fleet.start_instance(LOG_LEVEL="DEBUG", YOOKASSA_SECRET_KEY=CANARY, METRICS_TOKEN=CANARY + "2")
    async with fleet.client() as sandbox:
        await sandbox.telegram("POST", "faults", {"kind": "5xx", "method": "sendMessage", "times": 2})
        await sandbox.kie("POST", "knobs", {"http_status": 500, "calls": "all", "times": 3})
        person = await sandbox.person()
        await person.say("/start")
        await person.wait_for_button("Картинки")
    fleet.standins.end()
    await until(lambda: "[LOCK]" in instance.launched.log)
    instance.launched.end()
    log = instance.launched.log
    secrets = [
        fleet.environment[name] for name in ("TELEGRAM_BOT_TOKEN", "KIE_API_KEY", "WEBHOOK_SECRET_TOKEN")
    ]
    secrets += [CANARY, fleet.database_url.split(":")[2].split("@")[0]]
    assert [secret for secret in secrets if secret in log] == []
    assert len(log) > 500


async def test_whoever_opens_the_printed_address_is_answered_after_a_power_cut_too() -> None:
    with scratch_folder() as folder:
        product = start_sandbox(folder, {})
        try:
            async with product.client() as sandbox:
                assert (await sandbox.telegram("GET", "bot"))["attended"] is True
            product.launched.kill_everything()
            product.launched.start()
            product.launched.wait_for_line("http://")
            async with product.client() as sandbox:
                assert (await sandbox.telegram("GET", "bot"))["attended"] is True
                person = await sandbox.person()
                await person.say("/start")
                await person.wait_for_button("Картинки")
        finally:
            product.launched.end()


async def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        await asyncio.sleep(0.02)
