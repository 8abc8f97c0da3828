"""What happened, for tests and for the chat page: calls of the bot, what was refused, what people see change."""

import json

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.errors import RefusedError
from app.sandbox.telegram.signal import Signal
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.wire import Answer, JsonObject, to_text

LONGEST_LOG = 50_000


class Journal:
    """The log of the bot's calls; a refused one is a violation unless a person or a fault caused it."""

    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store = store
        self._clock = clock

    def record(self, method: str, params: Answer, *, error: RefusedError | None, fault: str | None) -> None:
        """One finished call. A blocked bot (403), 429 and 5xx are nobody's mistake."""
        violation = error is not None and fault is None and error.code not in {403, 429, 502, 504}
        number = self._store.run(
            "INSERT INTO calls (method, params, ok, error_code, error, fault, violation, at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            method,
            to_text(params),
            int(error is None),
            error.code if error else None,
            error.description if error else None,
            fault,
            int(violation),
            self._clock.seconds(),
        )
        if number % 1000 == 0:
            self._store.run("DELETE FROM calls WHERE n <= ? AND NOT violation", number - LONGEST_LOG)

    def calls(self, *, method: str | None, after: int) -> list[JsonObject]:
        rows = self._store.rows(
            "SELECT * FROM calls WHERE n > ? AND (? IS NULL OR lower(method) = lower(?)) ORDER BY n",
            after,
            method,
            method,
        )
        return [
            {
                "n": row["n"],
                "method": row["method"],
                "params": json.loads(row["params"]),
                "ok": bool(row["ok"]),
                "error_code": row["error_code"],
                "error": row["error"],
                "fault": row["fault"],
                "at": row["at"],
            }
            for row in rows
        ]

    def violations(self) -> list[JsonObject]:
        rows = self._store.rows("SELECT * FROM calls WHERE violation ORDER BY n")
        return [
            {
                "n": row["n"],
                "method": row["method"],
                "error_code": row["error_code"],
                "reason": row["error"],
                "params": json.loads(row["params"]),
                "at": row["at"],
            }
            for row in rows
        ]

    def forgive(self) -> None:
        """Forgets the violations; the calls stay in the log."""
        self._store.run("UPDATE calls SET violation = 0 WHERE violation")


class Changes:
    """Everything that a person's client would show, numbered; survives a restart."""

    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store = store
        self._clock = clock
        self._signal = Signal()

    def record(self, kind: str, chat_id: int | None, body: Answer) -> None:
        self._store.run(
            "INSERT INTO changes (kind, chat_id, body, at) VALUES (?, ?, ?, ?)",
            kind,
            chat_id,
            to_text(body),
            self._clock.seconds(),
        )
        self._signal.send()

    def after(self, number: int, *, chat_id: int | None, limit: int = 500) -> list[JsonObject]:
        rows = self._store.rows(
            "SELECT * FROM changes WHERE n > ? AND (? IS NULL OR chat_id = ?) ORDER BY n LIMIT ?",
            number,
            chat_id,
            chat_id,
            limit,
        )
        return [
            {
                "n": row["n"],
                "kind": row["kind"],
                "chat": row["chat_id"],
                "at": row["at"],
                "body": json.loads(row["body"]),
            }
            for row in rows
        ]

    def last(self) -> int:
        return self._store.count("SELECT max(n) FROM changes")

    def wake(self) -> None:
        """Lets everybody who waits look again, though nothing changed."""
        self._signal.send()

    async def wait(self, seconds: float) -> None:
        """Until the next change, at most so many seconds."""
        await self._signal.wait(seconds)
