"""The smoke test is green on a living system, and each broken part turns it red by its name."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from pathlib import Path

import psycopg
import pytest

from app.settings import SettingsError, settings_of
from app.tools.smoke import CHECKS, Outcome, System, Verdict
from tests.fixtures.fleet import Fleet
from tests.fixtures.launched import free_port
from tests.fixtures.postgres import Server, fresh_database
from tests.integration.tools.commands import Edit, broken_checkout, run_command, without_secrets

LOOKS: Mapping[str, Callable[[System], Awaitable[Verdict]]] = {it.name: it.look for it in CHECKS}
ENVIRONMENT, DATABASE, MODELS, WEBHOOK, BUTTONS, PAYMENTS = LOOKS


def system_of(fleet: Fleet, **changes: str) -> System:
    """The living system with other settings; an empty value takes a setting away."""
    values = {name: value for name, value in {**fleet.environment, **changes}.items() if value}
    try:
        return System("the fleet", settings_of(values))
    except SettingsError as error:
        return System("nothing", None, error.problems)


@pytest.mark.proves("F89")
def test_a_living_system_is_green(living: Fleet, tmp_path: Path) -> None:
    ended = run_command("-m", "app.tools.smoke_prod", folder=tmp_path, environment=living.environment)
    assert ended.code == 0, ended.said
    assert ended.said.rstrip().endswith("✅ ALL CHECKS PASSED\nStatus: 🟢 GREEN"), ended.said
    for name in LOOKS:
        assert f"[PASS] {name} (" in ended.said, ended.said
    assert without_secrets(ended.said, living.environment)
    with psycopg.connect(living.database_url) as connection:
        left = connection.execute(
            "SELECT (SELECT count(*) FROM person) + (SELECT count(*) FROM inbox WHERE scope = 'rehearsal')"
        ).fetchone()
    assert left == (0,)


@pytest.mark.proves("F89")
def test_a_model_without_a_price_turns_the_command_red(living: Fleet, tmp_path: Path) -> None:
    price = 'price = [{ credits = 0.8, unit = "per_image" }]\n'
    checkout = broken_checkout(tmp_path, Edit("models/z-image.toml", price, ""))
    ended = run_command(
        "-m", "app.tools.smoke_prod", checkout=checkout, folder=tmp_path, environment=living.environment
    )
    assert ended.code == 1
    assert "[FAIL] KIE Models" in ended.said
    assert "is for sale without a price" in ended.said
    assert ended.said.rstrip().endswith("Status: 🔴 RED")
    assert "ALL CHECKS PASSED" not in ended.said


@pytest.mark.proves("F89")
@pytest.mark.parametrize("test_mode", ["0", "1"])
def test_nothing_to_look_at_is_red_and_says_what_is_missing(tmp_path: Path, test_mode: str) -> None:
    ended = run_command("-m", "app.tools.smoke_prod", folder=tmp_path, environment={"TEST_MODE": test_mode})
    assert ended.code == 1
    assert "TELEGRAM_BOT_TOKEN and KIE_API_KEY are not set" in ended.said
    assert "[SKIP] Database Connection/Schema" in ended.said
    assert "[SKIP] Telegram Webhook" in ended.said
    assert ended.said.rstrip().endswith("Status: 🔴 RED")


# Check, settings that differ from the living system, what the check says.
BROKEN_SETTINGS = (
    (ENVIRONMENT, {"KIE_API_KEY": ""}, "KIE_API_KEY: is required beside TELEGRAM_BOT_TOKEN"),
    (ENVIRONMENT, {"WEBHOOK_SECRET_TOKEN": ""}, "WEBHOOK_SECRET_TOKEN: is required"),
    (ENVIRONMENT, {"PORT": "none"}, "PORT: "),
    (DATABASE, {"DATABASE_URL": "postgresql://trt@127.0.0.1:1/trt"}, "the database does not answer"),
    (DATABASE, {"DATABASE_DIRECT_URL": "postgresql://trt@127.0.0.1:1/trt"}, "DATABASE_DIRECT_URL"),
    (DATABASE, {"SANDBOX": "1"}, "the database belongs to real bot"),
    (DATABASE, {"TELEGRAM_BOT_TOKEN": "4242:other-bot"}, "the database belongs to real bot"),
    (MODELS, {"KIE_API_KEY": "another-key"}, "KIE refuses KIE_API_KEY"),
    (MODELS, {"KIE_API_URL": "http://127.0.0.1:1"}, "KIE does not answer"),
    (WEBHOOK, {"TELEGRAM_BOT_TOKEN": "4242:wrong-token"}, "TELEGRAM_BOT_TOKEN: Telegram refuses it"),
    (WEBHOOK, {"TELEGRAM_API_URL": "http://127.0.0.1:1"}, "Telegram does not answer"),
    (WEBHOOK, {"WEBHOOK_BASE_URL": f"http://127.0.0.1:{free_port()}"}, "Telegram sends updates to 127.0.0.1"),
    (WEBHOOK, {"BOT_MODE": "polling"}, "so nobody can poll"),
    (BUTTONS, {"DATABASE_URL": "postgresql://trt@127.0.0.1:1/trt"}, "not walked"),
    (PAYMENTS, {"STAR_PACKS": "0"}, "STAR_PACKS: no order takes 0 Stars"),
    (PAYMENTS, {"STAR_PACKS": ","}, "no payment method is offered"),
    (PAYMENTS, {"PAYMENT_BANK": "Bank"}, "PAYMENT_CARD, PAYMENT_CARD_HOLDER, PAYMENT_PHONE: missing"),
    (PAYMENTS, {"YOOKASSA_SHOP_ID": "1"}, "YOOKASSA_SECRET_KEY: missing"),
)


@pytest.mark.proves("F89")
@pytest.mark.parametrize(("check", "settings", "said"), BROKEN_SETTINGS)
async def test_a_broken_setting_fails_its_check_by_name(
    living: Fleet, check: str, settings: dict[str, str], said: str
) -> None:
    verdict = await LOOKS[check](system_of(living, **settings))
    assert verdict.outcome is Outcome.FAIL
    assert any(said in reason for reason in verdict.reasons), verdict.reasons


@pytest.mark.proves("F89")
async def test_a_star_that_credits_more_than_it_brings_is_a_warning(living: Fleet) -> None:
    verdict = await LOOKS[PAYMENTS](system_of(living, STAR_RUB="5"))
    assert verdict.outcome is Outcome.WARN
    assert any("STAR_RUB: a Star credits 5" in reason for reason in verdict.reasons), verdict.reasons


# What is done to a fresh database, and what the check says then.
BROKEN_DATABASES = (
    ("UPDATE alembic_version SET version_num = '20260101_0000_old'", "the schema is at 20260101_0000_old"),
    ("DROP TABLE alembic_version", "the schema is at nothing"),
    ("DROP TABLE favourite CASCADE", "schema: add_table favourite"),
    ("ALTER TABLE person DROP COLUMN banned_at CASCADE", "schema: add_column"),
    ("UPDATE installation SET bot_id = 5, kind = 'real'", "the database belongs to real bot 5"),
)


@pytest.fixture
def broken_url(
    postgres_server: Server, migrated_template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """A database of its own with this done to it."""
    with fresh_database(postgres_server, migrated_template) as url:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(str(request.param).encode())
        yield url


@pytest.mark.proves("F89", "F80")
@pytest.mark.parametrize(("broken_url", "said"), BROKEN_DATABASES, indirect=["broken_url"])
async def test_a_broken_database_fails_its_check_by_name(living: Fleet, broken_url: str, said: str) -> None:
    verdict = await LOOKS[DATABASE](system_of(living, DATABASE_URL=broken_url))
    assert verdict.outcome is Outcome.FAIL
    assert any(said in reason for reason in verdict.reasons), verdict.reasons


async def test_a_database_that_nobody_serves_is_a_warning(living: Fleet, database_url: str) -> None:
    verdict = await LOOKS[DATABASE](system_of(living, DATABASE_URL=database_url))
    assert verdict.outcome is Outcome.WARN
    assert "no instance is ACTIVE now" in verdict.reasons


async def test_few_credits_are_a_warning_and_none_a_failure(living: Fleet) -> None:
    verdict = await LOOKS[MODELS](system_of(living, KIE_LOW_CREDITS="99999999"))
    assert verdict.outcome is Outcome.WARN
    assert any("below KIE_LOW_CREDITS" in reason for reason in verdict.reasons)
