"""Which system is looked at: the one that the environment describes, or the sandbox that runs in this folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.db.embedded import running_url
from app.launch import SANDBOX_DEFAULTS, SandboxKeys, sandbox_environment
from app.observability import Mask
from app.settings import Settings, SettingsError, load_settings, load_settings_with


@dataclass(frozen=True)
class System:
    """`settings` is None when the environment has `problems`, one line for each setting."""

    name: str
    settings: Settings | None
    problems: tuple[str, ...] = ()

    @property
    def database_url(self) -> str | None:
        """Where the database is; None when nobody says so."""
        if self.settings is None or self.settings.database_url is None:
            return None
        return self.settings.database_url.get_secret_value()

    @property
    def direct_url(self) -> str | None:
        """Where it is reached past any pooler."""
        direct = None if self.settings is None else self.settings.database_direct_url
        return self.database_url if direct is None else direct.get_secret_value()

    @property
    def is_configured(self) -> bool:
        """Whether there is a bot to look at."""
        return self.settings is not None and self.settings.is_real

    def masked(self, line: str) -> str:
        """The line without the value of any secret setting."""
        return Mask(() if self.settings is None else self.settings.secrets)(line)


def find_system(data: Path) -> System:
    """By the environment; without a token there, the sandbox whose database runs in `data`."""
    try:
        settings = load_settings()
        if settings.is_real:
            return System(f"bot {settings.bot_id}", _with_own_database(settings, data))
        url = running_url(data)
        if url is None or not (data / "sandbox" / "keys.json").exists():
            return System("nothing", settings)
        return System(f"the sandbox in {data}", load_settings_with(_sandbox(settings, data, url)))
    except SettingsError as error:
        return System("nothing", None, error.problems)


def _with_own_database(settings: Settings, data: Path) -> Settings:
    """A real bot may run on the embedded Postgres, too."""
    url = running_url(data)
    if settings.database_url is not None or url is None:
        return settings
    return load_settings_with({"DATABASE_URL": url})


def _sandbox(settings: Settings, data: Path, url: str) -> Mapping[str, str]:
    keys = SandboxKeys.of(data)
    told = sandbox_environment({}, keys, settings, settings.port)
    own = settings.model_fields_set
    wired = {name: value for name, value in told.items() if name not in SANDBOX_DEFAULTS}
    defaults = {name: value for name, value in SANDBOX_DEFAULTS.items() if name.lower() not in own}
    return {**defaults, **wired, "DATABASE_URL": url, "PORT": str(settings.port)}
