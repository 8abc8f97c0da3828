"""One line per event on stderr: JSON for machines, a short line for a terminal, secrets masked in both."""

import json
import logging
import logging.config
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, Literal

from app.observability.context import current_ids
from app.observability.traces import without_quotes

MASK = "[masked]"

# A bot token wherever it stands: in an URL of the Bot API, in an exception's text, in a repr.
BOT_TOKEN = re.compile(r"\d{5,20}:[\w-]{30,}")
PASSWORD_IN_URL = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+(?=@)")

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}


class LineFormatter(logging.Formatter):
    """Renders a record with its extras and the ids in force; masks `secrets` and whatever looks like one."""

    def __init__(self, style: Literal["json", "console"], secrets: Sequence[str] = ()) -> None:
        super().__init__()
        self._style_name = style
        # Longest first: a secret that contains another one is masked whole.
        self._secrets = sorted((secret for secret in secrets if len(secret) >= 4), key=len, reverse=True)

    def format(self, record: logging.LogRecord) -> str:
        fields = {key: value for key, value in record.__dict__.items() if key not in STANDARD}
        fields = {**current_ids(), **fields}
        if self._style_name == "json":
            return self._mask(self._as_json(record, fields))
        return self._mask(self._as_console(record, fields))

    def _as_json(self, record: logging.LogRecord, fields: dict[str, object]) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "pid": record.process,
            **fields,
        }
        if record.exc_info:
            line["trace"] = without_quotes(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)

    def _as_console(self, record: logging.LogRecord, fields: dict[str, object]) -> str:
        at = datetime.fromtimestamp(record.created, UTC).strftime("%H:%M:%S")
        extras = "".join(f" {key}={value}" for key, value in fields.items())
        line = f"{at} {record.levelname:<7} {record.getMessage()}{extras}"
        return f"{line}\n{without_quotes(self.formatException(record.exc_info))}" if record.exc_info else line

    def _mask(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, MASK)
        return PASSWORD_IN_URL.sub(rf"\1:{MASK}", BOT_TOKEN.sub(MASK, line))


def logging_config(
    *, level: str, style: Literal["json", "console"], secrets: Sequence[str]
) -> dict[str, Any]:
    """A configuration for `logging.config.dictConfig`, which gunicorn takes, too."""
    quiet = {"level": "WARNING", "handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": LineFormatter, "style": style, "secrets": list(secrets)}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": dict.fromkeys(("gunicorn.error", "gunicorn.access", "aiogram", "procrastinate"), quiet),
    }


def configure_logging(*, level: str, style: Literal["json", "console"], secrets: Sequence[str]) -> None:
    """Sends every logger of this process through one masked handler."""
    logging.config.dictConfig(logging_config(level=level, style=style, secrets=secrets))
