"""Updates that wait for the bot, in Telegram's queues, and the settings of the webhook they go to."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace

from aiogram.types import TelegramObject, Update

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.signal import Signal
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.wire import JsonObject, to_object

FIRST_UPDATE = 500_000_001
DAY = 24 * 3600.0
# Seconds after which Telegram gives an update up; every other kind lives a day.
LIFE = {"callback_query": 150.0, "pre_checkout_query": 150.0, "shipping_query": 150.0, "inline_query": 30.0}
# Sent only to who asks for them by name.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True)
class Webhook:
    """Where updates go; `allowed` empty means every kind but those on request. url "" means: nowhere."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    allowed: tuple[str, ...] = ()
    error: str | None = None
    error_at: int | None = None


@dataclass(frozen=True)
class Waiting:
    """An update at the head of its queue: the very bytes that are delivered each time."""

    n: int
    update_id: int
    kind: str
    payload: bytes


class Updates:
    """The queues: ordered inside one, side by side among each other. Everything survives a restart."""

    def __init__(self, store: Store, clock: SandboxClock) -> None:
        self._store = store
        self._clock = clock
        self._listeners: list[Callable[[str], None]] = []
        self._is_attended = False
        self.arrived = Signal()

    @property
    def is_attended(self) -> bool:
        """Whether the bot has asked for updates since this process began; a webhook may be older."""
        return self._is_attended

    def attend(self) -> None:
        """The bot has just asked for updates, in one way or the other."""
        self._is_attended = True

    def listen(self, listener: Callable[[str], None]) -> None:
        """The listener is told the queue of every new update, before its transaction is committed."""
        self._listeners.append(listener)

    def webhook(self) -> Webhook:
        note = json.loads(self._store.note("webhook") or "{}")
        return Webhook(**{**note, "allowed": tuple(note.get("allowed", ()))})

    def set_webhook(self, webhook: Webhook) -> None:
        self._store.remember("webhook", json.dumps(asdict(webhook)))

    def failed(self, reason: str) -> None:
        """What getWebhookInfo tells as the last error."""
        self.set_webhook(replace(self.webhook(), error=reason, error_at=int(self._clock.seconds())))

    def enqueue(self, kind: str, queue: str, body: TelegramObject) -> int | None:
        """The new update's id; None when the bot did not ask for this kind of update."""
        if not self._allowed(kind):
            return None
        number = self._store.next_number("update", first=FIRST_UPDATE)
        update = Update.model_validate({"update_id": number, kind: to_object(body)})
        return self.enqueue_raw(kind, queue, to_object(update))

    def enqueue_raw(self, kind: str, queue: str, update: JsonObject) -> int:
        """Any JSON at all, with any update_id: what a confused Telegram might send."""
        if "update_id" not in update:
            update = {"update_id": self._store.next_number("update", first=FIRST_UPDATE), **update}
        number = int(str(update["update_id"]))
        now = self._clock.seconds()
        self._store.run(
            "INSERT INTO updates (update_id, kind, queue, payload, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)",
            number,
            kind,
            queue,
            json.dumps(update, separators=(",", ":")).encode(),
            now,
            now + LIFE.get(kind, DAY),
        )
        self._tell(queue)
        return number

    def again(self, update_id: int) -> bool:
        """Queues a copy of an update, whatever became of the first: the same bytes once more."""
        now = self._clock.seconds()
        rows = self._store.rows(
            "INSERT INTO updates (update_id, kind, queue, payload, created_at, expires_at)"
            " SELECT update_id, kind, queue, payload, ?, ? FROM updates WHERE update_id = ?"
            " GROUP BY payload ORDER BY min(n) RETURNING queue",
            now,
            now + DAY,
            update_id,
        )
        for row in rows:
            self._tell(row["queue"])
        return bool(rows)

    def head(self, queue: str) -> Waiting | None:
        """The next update of a queue; the ones that outlived their life are given up on the way."""
        self._expire()
        row = self._store.row(
            "SELECT * FROM updates WHERE queue = ? AND state = 'pending' ORDER BY n LIMIT 1", queue
        )
        return None if row is None else _waiting(row)

    def queues(self) -> list[str]:
        rows = self._store.rows("SELECT DISTINCT queue FROM updates WHERE state = 'pending'")
        return [row["queue"] for row in rows]

    def tried(self, waiting: Waiting, *, status: int | None, error: str | None) -> None:
        """One attempt to deliver is over; `status` is the bot's HTTP answer, None for no answer."""
        self._store.run(
            "UPDATE updates SET attempts = attempts + 1, status = ?, error = ? WHERE n = ?",
            status,
            error,
            waiting.n,
        )

    def settle(self, waiting: Waiting, state: str) -> None:
        """`delivered` or `dropped`."""
        self._store.run(
            "UPDATE updates SET state = ?, delivered_at = ? WHERE n = ?",
            state,
            self._clock.seconds(),
            waiting.n,
        )

    def pending(self, *, limit: int, newest: bool = False) -> list[Waiting]:
        """For getUpdates and for counting: in the order of their ids."""
        self._expire()
        rows = self._store.rows(
            f"SELECT * FROM updates WHERE state = 'pending' ORDER BY update_id {'DESC' if newest else ''} LIMIT ?",  # noqa: S608 - our own text
            limit,
        )
        return sorted((_waiting(row) for row in rows), key=lambda waiting: waiting.update_id)

    def pending_count(self) -> int:
        self._expire()
        return self._store.count("SELECT count(*) FROM updates WHERE state = 'pending'")

    def confirm(self, before: int) -> None:
        """getUpdates with an offset: everything older was received."""
        self._store.run(
            "UPDATE updates SET state = 'delivered', attempts = attempts + 1, delivered_at = ?"
            " WHERE state = 'pending' AND update_id < ?",
            self._clock.seconds(),
            before,
        )

    def drop_all(self) -> int:
        """How many waiting updates the bot threw away."""
        count = self.pending_count()
        self._store.run("UPDATE updates SET state = 'dropped' WHERE state = 'pending'")
        return count

    def log(self, *, after: int) -> list[JsonObject]:
        rows = self._store.rows("SELECT * FROM updates WHERE n > ? ORDER BY n", after)
        return [_logged(row) for row in rows]

    def _tell(self, queue: str) -> None:
        self.arrived.send()
        for listener in self._listeners:
            listener(queue)

    def _allowed(self, kind: str) -> bool:
        allowed: Sequence[str] = self.webhook().allowed
        return kind in allowed if allowed else kind not in ON_REQUEST

    def _expire(self) -> None:
        self._store.run(
            "UPDATE updates SET state = 'expired' WHERE state = 'pending' AND expires_at < ?",
            self._clock.seconds(),
        )


def _waiting(row: sqlite3.Row) -> Waiting:
    return Waiting(n=row["n"], update_id=row["update_id"], kind=row["kind"], payload=bytes(row["payload"]))


def _logged(row: sqlite3.Row) -> JsonObject:
    return {
        "n": row["n"],
        "update_id": row["update_id"],
        "kind": row["kind"],
        "queue": row["queue"],
        "state": row["state"],
        "attempts": row["attempts"],
        "delivered": row["state"] == "delivered",
        "status": row["status"],
        "error": row["error"],
        "created_at": row["created_at"],
        "delivered_at": row["delivered_at"],
        "update": json.loads(row["payload"]),
    }
