"""What an error path gets to fail with, and where all that is said is written down."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from app.db import Database, Epoch
from app.observability import LineFormatter, Mask
from app.settings import Settings

logger = logging.getLogger(__name__)


@dataclass
class Bench:
    """`settings` carry the canaries; `outside` quotes everything, `database` is a real one without any canary."""

    settings: Settings
    environment: dict[str, str]
    outside: str
    database: Database
    epoch: Epoch
    folder: Path
    log: io.StringIO = field(default_factory=io.StringIO)
    _told: list[str] = field(default_factory=list)

    def tell(self, *said: object) -> None:
        """What is shown, printed, answered or kept without passing through the log."""
        self._told += [f"{it}" for it in said]

    def fail(self, error: BaseException) -> None:
        """What a process writes of an error that it did not expect: the whole chain."""
        logger.error("it failed: %s", error, exc_info=error, extra={"error": error, "kind": repr(error)})

    @property
    def said(self) -> str:
        """Everything."""
        return "\n".join([self.log.getvalue(), *self._told])

    @contextmanager
    def listening(self) -> Iterator[None]:
        """The process's log, at its most talkative, as gunicorn configures it."""
        handler = logging.StreamHandler(self.log)
        handler.setFormatter(LineFormatter("json", Mask(self.settings.secrets)))
        root, before = logging.getLogger(), logging.getLogger().level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG)
        try:
            yield
        finally:
            root.removeHandler(handler)
            root.setLevel(before)
