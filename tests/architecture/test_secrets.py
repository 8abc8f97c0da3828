"""Secrets come from the environment, hide themselves, and stand in no file of the repository."""

import re

import pytest
from pydantic import SecretStr
from pydantic_settings import SettingsConfigDict

from app.settings import Settings, settings_of
from tests.architecture.source import ROOT
from tests.architecture.test_house_rules import tracked_files

SECRET_NAMES = re.compile(r"token|_key$|secret|^database_|dsn|heartbeat|payment_(card|phone)$")
NOT_SECRET = {"sandbox"}
LOOKS_LIKE_ONE = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\b(?:sk|rk|pk)_live_\w{16,}|\bgh[pousr]_\w{36}\b"
    r"|\bxox[abp]-[\w-]{20,}|(?<![\w:])\d{8,10}:AA[\w-]{33}(?![\w-])"
)
CANARY = re.compile("canary", re.IGNORECASE)


@pytest.mark.proves("S8")
def test_every_setting_that_is_a_secret_hides_itself() -> None:
    secret = {name for name in Settings.model_fields if SECRET_NAMES.search(name)} - NOT_SECRET
    assert len(secret) >= 12
    for name in secret:
        assert "SecretStr" in str(Settings.model_fields[name].annotation), name
    values = {
        "DATABASE_URL": "postgresql://u:canary@h/d",
        "METRICS_TOKEN": "canary",
        "HEARTBEAT_URL": "https://canary",
    }
    settings = settings_of(values)
    assert "canary" not in f"{settings!r} {settings} {settings.model_dump()} {settings.model_dump_json()}"
    assert len(settings.secrets) == len(values)
    assert isinstance(settings.metrics_token, SecretStr)


@pytest.mark.proves("S8")
def test_secrets_are_read_from_the_environment_and_from_no_file() -> None:
    config: SettingsConfigDict = Settings.model_config
    assert config.get("env_file") is None
    assert config.get("secrets_dir") is None
    assert [
        name for name in tracked_files() if re.search(r"(^|/)\.env|\.pem$|\.key$|keys\.json$", name)
    ] == []


@pytest.mark.proves("S8")
def test_no_file_of_the_repository_carries_what_looks_like_a_secret() -> None:
    found = [
        f"{name}: {match.group()[:12]}…"
        for name in tracked_files()
        if not name.endswith((".png", ".jpg", ".heic"))
        for match in LOOKS_LIKE_ONE.finditer((ROOT / name).read_text(errors="ignore"))
        if not CANARY.search(match.group())
    ]
    assert found == []


@pytest.mark.proves("S8")
@pytest.mark.parametrize("secret", ["1234567890:AA" + "x" * 33, "AKIA" + "A" * 16, "sk_live_" + "a" * 20])
def test_the_scan_sees_a_secret(secret: str) -> None:
    assert LOOKS_LIKE_ONE.search(f'TOKEN = "{secret}"')


@pytest.mark.proves("S8")
def test_gunicorn_opens_no_control_socket() -> None:
    assert "control_socket_disable = True" in (ROOT / "gunicorn.conf.py").read_text().splitlines()


@pytest.mark.proves("S1")
def test_secrets_of_strangers_are_compared_in_constant_time() -> None:
    """What a request shows is never compared with `==`: how long that takes tells how much of it was right."""
    for name in ("webhooks", "metrics"):
        text = (ROOT / "app" / "web" / f"{name}.py").read_text()
        assert "hmac.compare_digest(given" in text, name
        assert not re.search(
            r"\b(given|expected|secret)\b\s*[!=]=|[!=]=\s*\b(given|expected|secret)\b", text
        ), name
