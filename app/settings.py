"""Every setting of the product, read from the environment here and nowhere else.

Names are a contract with those who deploy. `load_settings` raises SettingsError with one problem per setting;
a problem names its setting and never shows the value.
"""

import re
import sys
import tomllib
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, AliasChoices, BeforeValidator, Field, SecretStr, ValidationError
from pydantic import field_validator as validator
from pydantic import model_validator as whole_validator
from pydantic_settings import (
    BaseSettings,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from app.addresses import is_loopback_url, is_postgres_url, is_service_url
from app.errors import AppError

TOKEN = re.compile(r"\d{1,20}:[\w-]{3,}", re.ASCII)
SECRET_TOKEN = re.compile(r"[\w+/-]{1,256}={0,2}", re.ASCII)
# Its server and its stand-ins meet on the loopback, whoever else may come.
SANDBOX_HOSTS = (None, "127.0.0.1", "localhost", "0.0.0.0", "::1", "::")  # noqa: S104 - compared only
SERVICE_URLS = ("telegram_api_url", "kie_api_url", "kie_upload_url", "yookassa_api_url", "crypto_pay_api_url")
ALL_OR_NONE = "is required beside the other S3_* settings"
S3_SETTINGS = ("s3_endpoint", "s3_bucket", "s3_access_key", "s3_secret_key", "s3_region")


class SettingsError(AppError):
    """The settings that are missing or malformed, one line each, without their values."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


def _split(value: object) -> object:
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value


def in_url(host: str) -> str:
    """A host as it stands in front of a port: IPv6 addresses in brackets."""
    return f"[{host}]" if ":" in host else host


def _package_version() -> str:
    project = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text())
    return str(project["project"]["version"])


def _postgres_url(value: SecretStr) -> SecretStr:
    if not is_postgres_url(value.get_secret_value()):
        raise ValueError(
            "must begin with postgres:// or postgresql://; a password has / ? # @ as %2F %3F %23 %40"
        )
    return value


PostgresUrl = Annotated[SecretStr, AfterValidator(_postgres_url)]
Integers = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_split)]
Roubles = Annotated[Decimal, Field(ge=0, max_digits=12, decimal_places=2)]


class Settings(BaseSettings):
    """One field per setting; its docstring is its line in the README's table (`make settings-table`).

    Money is in roubles as operators write it.
    """

    model_config = SettingsConfigDict(
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        populate_by_name=True,
        hide_input_in_errors=True,
        use_attribute_docstrings=True,
    )

    telegram_bot_token: SecretStr | None = None
    """The bot's token from @BotFather. Without it the sandbox starts."""
    telegram_api_url: str = "https://api.telegram.org"
    """Another Bot API server."""
    bot_mode: Literal["webhook", "polling"] | None = None
    """`webhook` or `polling`. Not set: webhook where a public address is known, else polling."""
    webhook_base_url: str | None = Field(
        None, validation_alias=AliasChoices("WEBHOOK_BASE_URL", "RENDER_EXTERNAL_URL")
    )
    """The public https address of this service; `RENDER_EXTERNAL_URL` counts. http only for a loopback address."""
    webhook_secret_token: SecretStr | None = None
    """What Telegram shows in its secret header; required with a webhook. 1 to 256 of `A-Z a-z 0-9 _ -`."""
    host: str | None = None
    """Where to listen. Not set: every interface for a real bot, 127.0.0.1 for the sandbox."""
    port: int = Field(8080, ge=1, le=65535)
    """The one port: webhooks and health; in the sandbox also the chat page."""
    web_concurrency: int = Field(1, ge=1, le=32)
    """Worker processes; one of them is ACTIVE, all of them take updates in."""
    database_url: PostgresUrl | None = None
    """Postgres 15 to 18, `postgres://` or `postgresql://`. Not set: an embedded one in `.data/` (never on Render)."""
    database_direct_url: PostgresUrl | None = None
    """A direct connection for the lock and LISTEN where `DATABASE_URL` is a transaction pooler."""
    db_maxconn: int = Field(10, ge=8, le=500)
    """Connections of all pools of one process, at least 8."""
    kie_api_key: SecretStr | None = None
    """The key of kie.ai; required beside the token, and not allowed without it."""
    kie_api_url: str = "https://api.kie.ai"
    """KIE's API. Results are fetched from KIE's hosts and from the hosts of these two addresses."""
    kie_upload_url: str = "https://kieai.redpandaai.co"
    """Where people's files are uploaded for KIE."""
    kie_webhook_hmac_key: SecretStr | None = None
    """KIE signs its callbacks with it; where it is set, a callback without its signature is refused."""
    kie_creates_per_10s: int = Field(18, ge=1, le=1000)
    """New tasks for KIE in ten seconds, over all instances; KIE itself takes 20."""
    kie_low_credits: int = Field(1000, ge=0)
    """Credits left at KIE below which operators are told."""
    admin_ids: Integers = Field((), validation_alias=AliasChoices("ADMIN_IDS", "ADMIN_ID"))
    """Telegram ids of the owners, separated by commas; `ADMIN_ID` counts."""
    currency: Literal["RUB"] = "RUB"
    """The currency of prices and balances."""
    usd_rub: Decimal = Field(Decimal(79), gt=0, le=100_000)
    """Roubles to the dollar in prices."""
    price_markup: Decimal = Field(Decimal("2.0"), ge=1, le=100)
    """Price = KIE's credits × 0.005 USD × `USD_RUB` × this, rounded up to a kopeck."""
    star_rub: Decimal = Field(Decimal("1.0"), gt=0, le=1000)
    """Roubles credited for a Star."""
    star_packs: Integers = (50, 100, 250, 500, 1000)
    """The packs of Stars that are offered."""
    star_subscription: int | None = Field(None, ge=1, le=10_000)
    """Stars a month of the subscription."""
    welcome_bonus_rub: Roubles = Decimal(0)
    """Bonus at the first visit, once per person; 0 promises nothing. The sandbox gives 300."""
    referral_bonus_rub: Roubles = Decimal(0)
    """Bonus for whoever invited a person, when that one first pays; 0 promises nothing. The sandbox gives 50."""
    free_per_day: int = Field(5, ge=0)
    """Free generations a person has in a day."""
    free_per_hour: int = Field(2, ge=0)
    """Of these, in an hour."""
    max_parallel_generations: int = Field(3, ge=1)
    """Generations of one person at a time; variants bought together count as one."""
    payment_bank: str | None = None
    """Bank transfer: the bank."""
    payment_card: SecretStr | None = None
    """Bank transfer: the card."""
    payment_card_holder: str | None = None
    """Bank transfer: its holder."""
    payment_phone: SecretStr | None = None
    """Bank transfer: the phone number."""
    approval_second_over_rub: Roubles = Decimal(5000)
    """Receipts above this sum need a second operator."""
    yookassa_shop_id: str | None = None
    """YooKassa: the shop."""
    yookassa_secret_key: SecretStr | None = None
    """YooKassa: its key."""
    yookassa_api_url: str = "https://api.yookassa.ru"
    """YooKassa's API."""
    crypto_pay_token: SecretStr | None = None
    """Crypto Pay: the token."""
    crypto_pay_api_url: str = "https://pay.crypt.bot"
    """Crypto Pay's API."""
    support_telegram: str | None = None
    """The account that answers people, as `@name`."""
    support_text: str | None = None
    """What the support screen says."""
    terms_url: str | None = None
    """Where the terms are."""
    release: str = Field(
        default_factory=_package_version, validation_alias=AliasChoices("RELEASE", "RENDER_GIT_COMMIT")
    )
    """What runs here; `RENDER_GIT_COMMIT` counts. A new one asks the old instance to hand over."""
    telegram_rate: int = Field(25, ge=1, le=1000)
    """Messages a second that nobody asked for just now: results, notices, progress."""
    result_copy_days: int = Field(30, ge=1)
    """How long our copies of results are kept."""
    storage_dir: str = ".data/files"
    """Where our copies of results lie; with a bucket, where they pass through."""
    s3_endpoint: str | None = None
    """S3-compatible storage for our copies of results: its address. All five `S3_*` or none."""
    s3_bucket: str | None = None
    """The bucket."""
    s3_access_key: SecretStr | None = None
    """The key."""
    s3_secret_key: SecretStr | None = None
    """Its secret."""
    s3_region: str | None = None
    """The region."""
    alerts_chat_id: int | None = None
    """The chat where operators are alerted; a group gets links. Not set: the first owner."""
    heartbeat_url: SecretStr | None = None
    """An outside watch that is called regularly."""
    time_zone: str = "Europe/Moscow"
    """The zone of the dates that people read."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """`DEBUG`, `INFO`, `WARNING` or `ERROR`."""
    log_format: Literal["json", "console"] | None = None
    """`json` or `console`. Not set: console on a terminal."""
    sentry_dsn: SecretStr | None = None
    """Errors to Sentry."""
    otel_exporter_otlp_endpoint: str | None = None
    """Traces to OpenTelemetry."""
    metrics_token: SecretStr | None = None
    """Protects `/metrics`."""
    test_mode: bool = False
    """Operators' checks run without real secrets; the product itself never reads it."""

    # Given by the platform or by our own launcher and tests, not by people.
    render: bool = False
    instance_id: str | None = Field(None, validation_alias=AliasChoices("INSTANCE_ID", "RENDER_INSTANCE_ID"))
    sandbox: bool = False
    fail_point: str = ""

    @property
    def is_real(self) -> bool:
        """True when a token is given; without one the launcher starts the sandbox."""
        return self.telegram_bot_token is not None

    @property
    def bot_token(self) -> str:
        """The token; only asked for where one is known to be given."""
        return self.telegram_bot_token.get_secret_value() if self.telegram_bot_token else ""

    @property
    def kie_key(self) -> str:
        """KIE's key; empty where none is given."""
        return self.kie_api_key.get_secret_value() if self.kie_api_key else ""

    @property
    def alerts_chat(self) -> int | None:
        """Where operators are told of what needs a hand: ALERTS_CHAT_ID, else the first admin."""
        return self.alerts_chat_id or next(iter(self.admin_ids), None)

    @property
    def bot_id(self) -> int:
        """The number in front of the token's colon: the bot's own Telegram id."""
        return int(self.bot_token.partition(":")[0] or 0)

    @property
    def mode(self) -> Literal["webhook", "polling"]:
        """How updates come in."""
        return self.bot_mode or ("webhook" if self.webhook_base_url else "polling")

    @property
    def listen_host(self) -> str:
        """All interfaces for a real bot, loopback for the sandbox."""
        return self.host or ("0.0.0.0" if self.is_real else "127.0.0.1")  # noqa: S104 - the contract's default

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every secret value that is set: what no log line may show."""
        values = (getattr(self, name) for name in type(self).model_fields)
        return tuple(value.get_secret_value() for value in values if isinstance(value, SecretStr))

    @property
    def log_style(self) -> Literal["json", "console"]:
        """Short lines for a person at a terminal, JSON for everything else."""
        return self.log_format or ("console" if sys.stderr.isatty() else "json")

    @validator("telegram_bot_token")
    @classmethod
    def _token(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("is not a bot token (digits, a colon, letters)")
        return value

    @validator("webhook_secret_token")
    @classmethod
    def _secret_token(cls, value: SecretStr | None) -> SecretStr | None:
        given = value.get_secret_value() if value else ""
        if given and not SECRET_TOKEN.fullmatch(given):
            raise ValueError("takes 1 to 256 of A-Z a-z 0-9 _ -")
        # Platforms make their secrets in base64; Telegram takes the letters of its form for URLs only.
        return SecretStr(given.rstrip("=").replace("+", "-").replace("/", "_")) if given else None

    @validator("webhook_base_url")
    @classmethod
    def _public_url(cls, value: str | None) -> str | None:
        if value and not (value.startswith("https://") or is_loopback_url(value)):
            raise ValueError("must begin with https:// (http only for a loopback address)")
        return value.rstrip("/") if value else None

    @validator(*SERVICE_URLS, "s3_endpoint")
    @classmethod
    def _service_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        if not is_service_url(value):
            raise ValueError("is not an http(s) URL")
        return value.rstrip("/")

    @validator("time_zone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("is not a time zone of the IANA list") from error
        return value

    @whole_validator(mode="after")
    def _together(self) -> Self:
        problems = [line for line, wrong in self._conflicts() if wrong]
        if problems:
            raise ValueError("\n".join(problems))
        return self

    def _conflicts(self) -> tuple[tuple[str, bool], ...]:
        real, key = self.is_real, self.kie_api_key is not None
        webhook = real and self.mode == "webhook"
        bucket = [name for name in S3_SETTINGS if getattr(self, name) is not None]
        local, direct = self.host in SANDBOX_HOSTS, self.database_direct_url is not None
        return (
            ("HOST: the sandbox takes a loopback address, 0.0.0.0 or ::", not (real or local)),
            ("KIE_API_KEY: is required beside TELEGRAM_BOT_TOKEN", real and not key),
            ("TELEGRAM_BOT_TOKEN: is required beside KIE_API_KEY", key and not real),
            ("WEBHOOK_BASE_URL: is required with BOT_MODE=webhook", webhook and not self.webhook_base_url),
            ("WEBHOOK_SECRET_TOKEN: is required with a webhook", webhook and not self.webhook_secret_token),
            ("DATABASE_URL: is required on Render", self.render and self.database_url is None),
            ("DATABASE_URL: is required beside DATABASE_DIRECT_URL", direct and self.database_url is None),
            *(
                (f"{name.upper()}: {ALL_OR_NONE}", name not in bucket and bool(bucket))
                for name in S3_SETTINGS
            ),
        )


def load_settings() -> Settings:
    """Reads the process's environment; raises SettingsError."""
    try:
        return Settings()
    except ValidationError as error:
        raise SettingsError(_problems(error)) from None


def load_settings_with(values: Mapping[str, str]) -> Settings:
    """The process's environment with these values on top; raises SettingsError."""
    try:
        return Settings.model_validate({name.lower(): value for name, value in values.items()})
    except ValidationError as error:
        raise SettingsError(_problems(error)) from None


def settings_of(values: Mapping[str, str]) -> Settings:
    """From these values alone, whatever the process's environment says; raises SettingsError."""
    try:
        return _Given.model_validate({name.lower(): value for name, value in values.items()})
    except ValidationError as error:
        raise SettingsError(_problems(error)) from None


def database_url() -> str:
    """For migrations and operators, past any pooler, whatever else is configured; raises SettingsError."""
    try:
        settings = _DatabaseOnly()
    except ValidationError as error:
        raise SettingsError(_problems(error)) from None
    if settings.database_url is None:
        raise SettingsError(("DATABASE_URL: is required",))
    return (settings.database_direct_url or settings.database_url).get_secret_value()


class _Given(Settings):
    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


class _DatabaseOnly(BaseSettings):
    model_config = SettingsConfigDict(env_ignore_empty=True)

    database_url: PostgresUrl | None = None
    database_direct_url: PostgresUrl | None = None


def _problems(error: ValidationError) -> tuple[str, ...]:
    lines: list[str] = []
    for problem in error.errors(include_input=False, include_context=False, include_url=False):
        message = problem["msg"].removeprefix("Value error, ")
        if problem["loc"]:
            lines.append(f"{str(problem['loc'][0]).upper()}: {message}")
        else:
            lines.extend(message.split("\n"))
    return tuple(lines)
