"""One line per event on stderr: JSON for machines, a short line for a terminal, secrets masked in both."""

import json
import logging
import logging.config
import sys
import threading
from collections.abc import Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Literal

from app.observability.context import current_ids
from app.observability.masking import Mask
from app.observability.traces import without_quotes

logger = logging.getLogger(__name__)

STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName", "color_message"}


class LineFormatter(logging.Formatter):
    """Renders a record with its extras and the ids in force, and masks the whole line."""

    def __init__(self, style: Literal["json", "console"], mask: Mask) -> None:
        super().__init__()
        self._style_name = style
        self._mask = mask

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


class QuietHandler(logging.StreamHandler[Any]):
    """Writes to stderr. Of a line that cannot be rendered only its place is told: Python would print its values."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Once for each such line."""
        sys.stderr.write(f"a log line of {record.name}:{record.lineno} could not be written\n")


def logging_config(
    *, level: str, style: Literal["json", "console"], secrets: Sequence[str]
) -> dict[str, Any]:
    """A configuration for `logging.config.dictConfig`, which gunicorn takes, too."""
    quiet = {"level": "WARNING", "handlers": [], "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": LineFormatter, "style": style, "mask": Mask(secrets)}},
        "handlers": {"stderr": {"()": QuietHandler, "formatter": "line"}},
        "root": {"level": level, "handlers": ["stderr"]},
        "loggers": dict.fromkeys(("gunicorn.error", "gunicorn.access", "aiogram", "procrastinate"), quiet),
    }


def log_what_python_prints() -> None:
    """Warnings, and errors that nobody caught, go through the log from now on, masked like the rest."""
    logging.captureWarnings(True)
    sys.excepthook = _uncaught
    sys.unraisablehook = lambda it: logger.error("an error had nowhere to go", exc_info=it.exc_value)
    threading.excepthook = lambda it: logger.error("a thread ended by an error", exc_info=it.exc_value)


def _uncaught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    logger.critical("the process ends by an error", exc_info=(kind, error, trace))
