"""The stand-in's memory: one SQLite file that survives kill -9 at any moment."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

Value: TypeAlias = int | float | str | bytes | None
COUNTERS = ("person", "group", "message", "update", "file", "poller")


class Store:
    """Every read and write of the stand-in goes through here, on the event loop's own thread.

    WAL with synchronous=NORMAL: a commit is in the kernel when it returns, so a killed process loses nothing;
    only a power cut could, and no test pulls the plug. It makes a commit cost microseconds, not an fsync.
    """

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        self._connection.row_factory = sqlite3.Row
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = NORMAL")
        self._connection.executescript((Path(__file__).parent / "schema.sql").read_text(encoding="utf-8"))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; inside another transaction it simply takes part in it."""
        if self._connection.in_transaction:
            yield
            return
        self._connection.execute("BEGIN IMMEDIATE")
        complete = False
        try:
            yield
            complete = True
        finally:
            self._connection.execute("COMMIT" if complete else "ROLLBACK")

    def rows(self, sql: str, *values: Value) -> list[sqlite3.Row]:
        return self._connection.execute(sql, values).fetchall()

    def row(self, sql: str, *values: Value) -> sqlite3.Row | None:
        found: sqlite3.Row | None = self._connection.execute(sql, values).fetchone()
        return found

    def run(self, sql: str, *values: Value) -> int:
        """Executes one statement; returns the id of the row it inserted (else of an earlier one)."""
        return self._connection.execute(sql, values).lastrowid or 0

    def count(self, sql: str, *values: Value) -> int:
        """The first column of the first row as an integer; 0 when there is none."""
        found = self.row(sql, *values)
        return int(found[0] or 0) if found is not None else 0

    def note(self, name: str) -> str | None:
        """A single remembered value, such as the webhook's settings as JSON."""
        found = self.row("SELECT value FROM meta WHERE name = ?", name)
        return None if found is None else str(found["value"])

    def remember(self, name: str, value: str) -> None:
        self.run("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value)

    def next_number(self, name: str, *, first: int) -> int:
        """A counter (one of COUNTERS) that never goes back, not even over a restart."""
        number = int(self.note(name) or first - 1) + 1
        self.remember(name, str(number))
        return number

    def forget(self) -> None:
        """Empties every table and every note but the counters: no number is ever given twice."""
        tables = self.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        for table in tables:
            if table["name"] != "meta":
                self.run(f"DELETE FROM {table['name']}")  # noqa: S608 - names out of our own schema
        counters = ", ".join("?" for _ in COUNTERS)
        self.run(f"DELETE FROM meta WHERE name NOT IN ({counters})", *COUNTERS)  # noqa: S608 - only question marks

    def close(self) -> None:
        self._connection.close()
