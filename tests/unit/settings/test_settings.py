"""Settings: the names of the contract, one line per problem, never a value."""

from decimal import Decimal

import pytest

from app.settings import SettingsError, load_settings

TOKEN = "7000000001:AAcanary-token-canary-token-canary1"
REAL = {"TELEGRAM_BOT_TOKEN": TOKEN, "KIE_API_KEY": "canary-key"}


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "TELEGRAM_BOT_TOKEN",
        "KIE_API_KEY",
        "DATABASE_URL",
        "PORT",
        "RENDER",
        "RENDER_EXTERNAL_URL",
    ):
        monkeypatch.delenv(name, raising=False)


def with_environment(monkeypatch: pytest.MonkeyPatch, **values: str) -> None:
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def problems(monkeypatch: pytest.MonkeyPatch, **values: str) -> tuple[str, ...]:
    with_environment(monkeypatch, **values)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    return caught.value.problems


def test_nothing_set_means_the_sandbox_with_the_defaults_of_the_contract() -> None:
    settings = load_settings()
    assert not settings.is_real
    assert (settings.port, settings.listen_host, settings.web_concurrency) == (8080, "127.0.0.1", 1)
    assert (settings.usd_rub, settings.price_markup, settings.star_rub) == (
        Decimal(79),
        Decimal(2),
        Decimal(1),
    )
    assert settings.star_packs == (50, 100, 250, 500, 1000)
    assert (settings.free_per_day, settings.free_per_hour, settings.max_parallel_generations) == (5, 2, 3)


def test_fewer_connections_than_the_parts_of_a_process_need_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (problem,) = problems(monkeypatch, DB_MAXCONN="7")
    assert problem.startswith("DB_MAXCONN: ")
    assert "8" in problem


def test_a_direct_way_to_a_database_that_is_not_named_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    url = "postgresql://trt:canary@127.0.0.1/trt"
    assert problems(monkeypatch, DATABASE_DIRECT_URL=url) == (
        "DATABASE_URL: is required beside DATABASE_DIRECT_URL",
    )


def test_a_token_without_a_public_address_polls(monkeypatch: pytest.MonkeyPatch) -> None:
    with_environment(monkeypatch, **REAL)
    settings = load_settings()
    assert (settings.mode, settings.listen_host, settings.bot_id) == ("polling", "0.0.0.0", 7000000001)


def test_a_secret_in_base64_as_platforms_make_them_is_taken_in_the_letters_that_telegram_takes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_environment(monkeypatch, **REAL, WEBHOOK_SECRET_TOKEN="a+b/c9==")
    settings = load_settings()
    assert settings.webhook_secret_token is not None
    assert settings.webhook_secret_token.get_secret_value() == "a-b_c9"


def test_renders_own_address_means_webhooks(monkeypatch: pytest.MonkeyPatch) -> None:
    with_environment(
        monkeypatch, **REAL, RENDER_EXTERNAL_URL="https://bot.example.com/", WEBHOOK_SECRET_TOKEN="s3cret"
    )
    settings = load_settings()
    assert (settings.mode, settings.webhook_base_url) == ("webhook", "https://bot.example.com")


def test_both_names_of_the_admins_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with_environment(monkeypatch, ADMIN_ID="5")
    assert load_settings().admin_ids == (5,)
    with_environment(monkeypatch, ADMIN_IDS="1, 2")
    assert load_settings().admin_ids == (1, 2)


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"TELEGRAM_BOT_TOKEN": "canary"}, "TELEGRAM_BOT_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": TOKEN}, "KIE_API_KEY"),
        ({"KIE_API_KEY": "canary"}, "TELEGRAM_BOT_TOKEN"),
        ({"PORT": "canary"}, "PORT"),
        ({"DATABASE_URL": "mysql://canary"}, "DATABASE_URL"),
        ({"CURRENCY": "canary"}, "CURRENCY"),
        ({"USD_RUB": "-1"}, "USD_RUB"),
        ({"STAR_PACKS": "canary"}, "STAR_PACKS"),
        ({"TIME_ZONE": "Canary/Nowhere"}, "TIME_ZONE"),
        ({"WELCOME_BONUS_RUB": "1.005"}, "WELCOME_BONUS_RUB"),
        ({"WEBHOOK_SECRET_TOKEN": "canary with spaces"}, "WEBHOOK_SECRET_TOKEN"),
        ({"WEBHOOK_BASE_URL": "http://canary.example.com"}, "WEBHOOK_BASE_URL"),
        ({**REAL, "BOT_MODE": "webhook"}, "WEBHOOK_BASE_URL"),
        ({**REAL, "WEBHOOK_BASE_URL": "https://bot.example.com"}, "WEBHOOK_SECRET_TOKEN"),
        ({**REAL, "RENDER": "true"}, "DATABASE_URL"),
    ],
)
def test_each_problem_names_its_setting_and_never_shows_the_value(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], named: str
) -> None:
    found = problems(monkeypatch, **values)
    assert any(line.startswith(f"{named}: ") for line in found), found
    assert not any("canary" in line for line in found)


def test_several_problems_come_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    found = problems(monkeypatch, PORT="x", USD_RUB="y", LOG_LEVEL="z")
    assert {line.split(":")[0] for line in found} == {"PORT", "USD_RUB", "LOG_LEVEL"}


def test_a_loopback_address_may_be_plain_http(monkeypatch: pytest.MonkeyPatch) -> None:
    with_environment(
        monkeypatch, **REAL, WEBHOOK_BASE_URL="http://127.0.0.1:9000", WEBHOOK_SECRET_TOKEN="s3cret"
    )
    assert load_settings().webhook_base_url == "http://127.0.0.1:9000"


def test_the_settings_do_not_show_secrets_when_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    with_environment(monkeypatch, **REAL, DATABASE_URL="postgresql://user:canary@host/db")
    assert "canary" not in repr(load_settings())


@pytest.mark.parametrize("url", ["http://host:99999", "http://host:abc", "http://:80"])
def test_a_service_url_without_a_usable_host_is_named_before_anything_starts(
    monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    assert problems(monkeypatch, KIE_API_URL=url) == ("KIE_API_URL: is not an http(s) URL",)


def test_a_sandbox_on_an_address_that_its_own_parts_cannot_reach_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert problems(monkeypatch, HOST="192.168.1.5") == (
        "HOST: the sandbox takes a loopback address, 0.0.0.0 or ::",
    )


BUCKET = {
    "S3_ENDPOINT": "https://s3.example",
    "S3_BUCKET": "results",
    "S3_ACCESS_KEY": "id",
    "S3_SECRET_KEY": "secret",
    "S3_REGION": "auto",
}


@pytest.mark.parametrize("missing", BUCKET)
def test_a_bucket_is_configured_whole_or_not_at_all(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    with_environment(monkeypatch, **BUCKET)
    assert load_settings().s3_bucket == "results"
    others = {name: value for name, value in BUCKET.items() if name != missing}
    assert problems(monkeypatch, **others | {missing: ""}) == (
        f"{missing}: is required beside the other S3_* settings",
    )


def test_a_bucket_without_a_usable_address_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert problems(monkeypatch, **BUCKET | {"S3_ENDPOINT": "s3.example"}) == (
        "S3_ENDPOINT: is not an http(s) URL",
    )
