"""The one account of the stand-in: its credits, and its list of what was refused."""

import sqlite3
import time
from decimal import Decimal

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.values import Json, JsonObject, compact

_INSUFFICIENT = (
    "Credits insufficient : Your current balance isn't enough to run this request. Please top up to continue."
)


class Account:
    """Credits, exact to four decimals. 10000 on the first start."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def balance(self) -> Decimal:
        """Credits left."""
        row = self._store.execute("SELECT credits FROM account").fetchone()
        return Decimal(row["credits"])

    def set(self, credits_left: Decimal) -> None:
        """Puts the balance to this."""
        self._store.execute("UPDATE account SET credits = ?", (str(credits_left),))

    def take(self, price: Decimal) -> None:
        """Takes the price of a task; RefusalError 402 when there is less."""
        self.check(price)
        self.set(self.balance() - price)

    def check(self, price: Decimal) -> None:
        """RefusalError 402 when there is less than this."""
        if self.balance() < price:
            raise RefusalError(402, _INSUFFICIENT)

    def give_back(self, price: Decimal) -> None:
        """Returns the price of a task that failed."""
        self.set(self.balance() + price)


class Violations:
    """What clients did against KIE's schemas, in order; `refused` is false for fields KIE silently ignores."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def note(self, call: str, body: JsonObject, problem: RefusalError, *, refused: bool = True) -> None:
        """Writes one down."""
        model = body.get("model")
        self._store.execute(
            "INSERT INTO violations (at, call, model, field, code, message, refused, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                time.time(),
                call,
                model if isinstance(model, str) else None,
                problem.field,
                problem.code,
                problem.message,
                int(refused),
                compact(body)[:20_000],
            ),
        )

    def after(self, n: int) -> list[Json]:
        """Those with a greater number, oldest first."""
        rows = self._store.execute("SELECT * FROM violations WHERE n > ? ORDER BY n", (n,)).fetchall()
        return [{**dict(row), "refused": bool(row["refused"])} for row in rows]
