"""Faults on demand: what goes wrong with the next calls of the bot and with the next deliveries to it."""

from dataclasses import dataclass
from enum import StrEnum

from app.sandbox.telegram.store import Store
from app.sandbox.telegram.wire import JsonObject


class FaultKind(StrEnum):
    """The first four strike a call of the bot, the others the delivery of an update."""

    FLOOD = "429"  # refused with retry_after
    SERVER_ERROR = "5xx"  # refused with 502, nothing was done
    SILENCE = "silence"  # accepted, nothing done, never answered
    LOST = "lost"  # done, but the connection breaks before the answer
    DUPLICATE = "duplicate"  # two copies at once
    REDELIVER = "redeliver"  # the 200 is ignored once: the same bytes come again
    DROP = "drop"  # never delivered


OF_CALLS = (FaultKind.FLOOD, FaultKind.SERVER_ERROR, FaultKind.SILENCE, FaultKind.LOST)


@dataclass(frozen=True)
class Fault:
    """`method`, `chat_id` and `update_kind` narrow it down; None means any. `times` counts down to zero."""

    kind: FaultKind
    method: str | None = None
    update_kind: str | None = None
    times: int = 1
    retry_after: int = 1
    chat_id: int | None = None


class Faults:
    """Remembered over a restart, the oldest fitting one strikes first."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, fault: Fault) -> int:
        return self._store.run(
            "INSERT INTO faults (kind, method, update_kind, times, retry_after, chat_id) VALUES (?, ?, ?, ?, ?, ?)",
            fault.kind,
            fault.method,
            fault.update_kind,
            fault.times,
            fault.retry_after,
            fault.chat_id,
        )

    def clear(self) -> None:
        self._store.run("DELETE FROM faults")

    def listed(self) -> list[JsonObject]:
        return [dict(row) for row in self._store.rows("SELECT * FROM faults WHERE times > 0 ORDER BY id")]

    def of_call(self, method: str, chat_id: int | None) -> Fault | None:
        """The fault that strikes this call, used up by one."""
        return self._strike(
            "kind IN ('429', '5xx', 'silence', 'lost') AND (method IS NULL OR lower(method) = lower(?))"
            " AND (chat_id IS NULL OR chat_id = ?)",
            method,
            chat_id,
        )

    def of_update(self, kind: FaultKind, update_kind: str) -> Fault | None:
        """The fault of this kind that strikes this update, used up by one."""
        return self._strike("kind = ? AND (update_kind IS NULL OR update_kind = ?)", kind, update_kind)

    def _strike(self, condition: str, *values: str | int | None) -> Fault | None:
        row = self._store.row(
            f"UPDATE faults SET times = times - 1 WHERE id = (SELECT id FROM faults WHERE times > 0"  # noqa: S608 - our own text
            f" AND {condition} ORDER BY id LIMIT 1) RETURNING *",
            *values,
        )
        if row is None:
            return None
        return Fault(
            kind=FaultKind(row["kind"]),
            method=row["method"],
            update_kind=row["update_kind"],
            times=row["times"],
            retry_after=row["retry_after"],
            chat_id=row["chat_id"],
        )
