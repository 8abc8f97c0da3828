"""render.yaml is what Render takes, and it starts what the tests start.

The fields and values below are those of the JSON Schema that Render publishes for blueprints
(render.com/schema/render.yaml.json, autumn 2026), of the parts that we use.
"""

import re

import jsonschema
import pytest
import yaml

from app.__main__ import server_command
from app.settings import Settings, SettingsError, settings_of
from tests.fixtures.blueprint import ROOT, Service, Variable, blueprint, start_arguments

TEXT = {"type": "string", "minLength": 1}
REGION = {"enum": ["oregon", "ohio", "virginia", "frankfurt", "singapore"]}
SECRETS = {"TELEGRAM_BOT_TOKEN", "KIE_API_KEY", "WEBHOOK_SECRET_TOKEN", "METRICS_TOKEN", "DATABASE_URL"}


def record(required: tuple[str, ...], **fields: object) -> dict[str, object]:
    """An object with these fields and no others."""
    return {
        "type": "object",
        "properties": fields,
        "required": [*required],
        "additionalProperties": False,
    }


KEY = {"type": "string", "pattern": "^[A-Z][A-Z0-9_]*$"}
DATABASE_FIELDS = {
    "enum": ["connectionString", "connectionPoolString", "host", "port", "user", "password", "database"]
}
VARIABLE = {
    "oneOf": [
        record(("key", "value"), key=KEY, value=TEXT),
        record(("key", "sync"), key=KEY, sync={"const": False}),
        record(("key", "generateValue"), key=KEY, generateValue={"const": True}),
        record(
            ("key", "fromDatabase"),
            key=KEY,
            fromDatabase=record(("name", "property"), name=TEXT, property=DATABASE_FIELDS),
        ),
    ]
}
SERVICE = record(
    ("type", "name", "runtime", "buildCommand", "startCommand"),
    type={"const": "web"},
    name=TEXT,
    runtime={"const": "python"},
    plan={"enum": ["starter", "standard", "pro", "pro plus", "pro max", "pro ultra"]},
    region=REGION,
    autoDeployTrigger={"enum": ["off", "commit", "checksPass"]},
    buildCommand=TEXT,
    preDeployCommand=TEXT,
    startCommand=TEXT,
    healthCheckPath={"type": "string", "pattern": "^/"},
    maxShutdownDelaySeconds={"type": "integer", "minimum": 1, "maximum": 300},
    envVars={"type": "array", "items": VARIABLE},
)
STORE = record(
    ("name",),
    name=TEXT,
    plan={"type": "string", "pattern": "^(basic|pro|accelerated)-[0-9]+(mb|gb)$"},
    region=REGION,
    postgresMajorVersion={"enum": ["15", "16", "17", "18"]},
    ipAllowList={"type": "array", "maxItems": 0},
)
SCHEMA = record(
    ("services", "databases"),
    services={"type": "array", "items": SERVICE, "minItems": 1, "maxItems": 1},
    databases={"type": "array", "items": STORE, "minItems": 1, "maxItems": 1},
)


def service() -> Service:
    return blueprint()["services"][0]


def variables() -> dict[str, Variable]:
    return {it["key"]: it for it in service()["envVars"]}


def complaints(document: object) -> list[str]:
    """What Render would say against it."""
    return [error.message for error in jsonschema.Draft202012Validator(SCHEMA).iter_errors(document)]


def test_render_takes_the_blueprint() -> None:
    assert complaints(blueprint()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("healthCheckPath:", "healthCheck:"),
        ("runtime: python", "runtime: docker"),
        ("maxShutdownDelaySeconds: 30", "maxShutdownDelaySeconds: 301"),
        ("generateValue: true", "generateValue: yes please"),
        ("property: connectionString", "property: url"),
        ("plan: basic-256mb", "plan: free"),
    ],
)
def test_a_slip_in_the_blueprint_is_seen(right: str, wrong: str) -> None:
    text = (ROOT / "render.yaml").read_text(encoding="utf-8")
    assert right in text
    assert complaints(yaml.safe_load(text.replace(right, wrong))) != []


def test_it_starts_what_the_launcher_and_the_tests_start() -> None:
    assert list(start_arguments()) == server_command()[1:]


def test_what_is_in_flight_has_time_to_end() -> None:
    graceful = re.search(r"^graceful_timeout = (\d+)", (ROOT / "gunicorn.conf.py").read_text(), re.MULTILINE)
    assert graceful is not None
    assert int(graceful[1]) < service()["maxShutdownDelaySeconds"]


def test_its_health_check_is_the_one_that_an_outage_of_the_database_does_not_turn_red() -> None:
    assert service()["healthCheckPath"] == "/health"


def test_every_variable_is_a_setting_and_no_secret_stands_in_the_file() -> None:
    ours = {name.upper() for name in Settings.model_fields} | {"PYTHON_VERSION"}
    assert set(variables()) - ours == set()
    assert set(variables()) >= SECRETS
    assert [name for name, it in variables().items() if "value" in it] == ["PYTHON_VERSION"]


def test_its_database_is_declared_and_of_a_version_that_we_run_on() -> None:
    (store,) = blueprint()["databases"]
    assert variables()["DATABASE_URL"]["fromDatabase"]["name"] == store["name"]


def given() -> dict[str, str]:
    """The variables as Render gives them once the deployer has answered, and its own."""
    answers = {
        "TELEGRAM_BOT_TOKEN": "7000000001:AAE-canary",
        "KIE_API_KEY": "canary",
        "ADMIN_IDS": "42",
        "DATABASE_URL": "postgresql://trt:canary@db/trt",
    }
    made = {name: "aB+/9canary=" for name, it in variables().items() if "generateValue" in it}
    own = {"RENDER": "true", "RENDER_EXTERNAL_URL": "https://trt-bot.onrender.com", "PORT": "10000"}
    return {**answers, **made, **own}


def test_what_it_gives_is_enough_to_start_for_real_with_a_webhook() -> None:
    settings = settings_of(given())
    assert (settings.is_real, settings.mode, settings.port) == (True, "webhook", 10000)


@pytest.mark.parametrize(
    "name", ["DATABASE_URL", "WEBHOOK_SECRET_TOKEN", "KIE_API_KEY", "TELEGRAM_BOT_TOKEN"]
)
def test_without_one_of_them_it_does_not_start(name: str) -> None:
    with pytest.raises(SettingsError):
        settings_of({key: value for key, value in given().items() if key != name})
