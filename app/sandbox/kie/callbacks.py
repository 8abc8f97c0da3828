"""Callbacks: what goes out when a task ends, at least once and across restarts.

A receiver has 15 s and must answer 200; three retries follow, 1, 4 and 10 s apart (times the knob `callback_pace`),
then no more. With a key every callback is signed as KIE signs: base64 of HMAC-SHA256 over `taskId.timestamp`; the
body is not covered. Nothing but a loopback address is ever called.
"""

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import sqlite3
import time
from urllib.parse import urlsplit

import aiohttp

from app.sandbox.kie.plan import Failure
from app.sandbox.kie.tasks import Task, record
from app.sandbox.kie.values import Json, compact

PATIENCE = 15.0
GAPS = (1.0, 4.0, 10.0)
_COPIES = {"twice": 2, "flood": 10, "never": 0}


class Courier:
    """Sends the callbacks of ended tasks."""

    def __init__(self, store: sqlite3.Connection, hmac_key: str | None) -> None:
        self._store = store
        self._key = hmac_key
        self._session: aiohttp.ClientSession | None = None
        self._running: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Takes up what a former process left behind."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
        for row in self._store.execute(
            "SELECT n FROM callbacks WHERE state = 'pending' ORDER BY n"
        ).fetchall():
            self._launch(row["n"])

    async def close(self) -> None:
        """Stops sending; what is pending stays in the store."""
        for sending in self._running:
            sending.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        if self._session is not None:
            await self._session.close()

    def write_down(self, task: Task) -> list[int]:
        """Stores the callbacks of an ended task, in the transaction that ends it; the numbers of those stored."""
        mode = task.plan.callback.mode
        if task.callback_url is None:
            return []
        due = time.time() + (task.plan.callback.delay if mode == "late" else 0.0)
        body = compact(_body(task))
        return [
            int(
                self._store.execute(
                    "INSERT INTO callbacks (task_id, url, body, signature, pace, due) VALUES (?, ?, ?, ?, ?, ?)",
                    (task.id, task.callback_url, body, mode, task.plan.callback.pace, due),
                ).lastrowid
                or 0
            )
            for _ in range(_COPIES.get(mode, 1))
        ]

    def send(self, numbers: list[int]) -> list[asyncio.Task[None]]:
        """Sends them in the background."""
        return [self._launch(number) for number in numbers]

    def history(self, task_id: str) -> list[Json]:
        """The callbacks of a task: where to, how it stands, and every attempt with the answer it got."""
        shown: list[Json] = []
        for row in self._store.execute(
            "SELECT * FROM callbacks WHERE task_id = ? ORDER BY n", (task_id,)
        ).fetchall():
            attempts = self._store.execute(
                "SELECT at, status, error FROM deliveries WHERE callback = ?", (row["n"],)
            )
            tried: list[Json] = [dict(attempt) for attempt in attempts]
            shown.append({"url": row["url"], "due": row["due"], "state": row["state"], "attempts": tried})
        return shown

    def _launch(self, number: int) -> asyncio.Task[None]:
        sending = asyncio.create_task(self._deliver(number))
        self._running.add(sending)
        sending.add_done_callback(self._running.discard)
        return sending

    async def _deliver(self, number: int) -> None:
        while True:
            row = self._store.execute("SELECT * FROM callbacks WHERE n = ?", (number,)).fetchone()
            if row is None or row["state"] != "pending":
                return
            await asyncio.sleep(max(0.0, row["due"] - time.time()))
            status, error = await self._post(row)
            self._store.execute(
                "INSERT INTO deliveries VALUES (?, ?, ?, ?)", (number, time.time(), status, error)
            )
            self._settle(row, done=status == 200)

    async def _post(self, row: sqlite3.Row) -> tuple[int | None, str | None]:
        if self._session is None or not is_loopback(row["url"]):
            return None, "only loopback addresses are called"
        headers = {"Content-Type": "application/json", **self._signature(row["task_id"], row["signature"])}
        try:
            async with self._session.post(row["url"], data=row["body"].encode(), headers=headers) as answer:
                await answer.read()
                return answer.status, None
        except (aiohttp.ClientError, TimeoutError, OSError) as problem:
            return None, type(problem).__name__

    def _settle(self, row: sqlite3.Row, *, done: bool) -> None:
        sent = row["sent"] + 1
        state = "delivered" if done else "given_up" if sent > len(GAPS) else "pending"
        due = time.time() + (0.0 if state != "pending" else GAPS[sent - 1] * row["pace"])
        self._store.execute(
            "UPDATE callbacks SET sent = ?, state = ?, due = ? WHERE n = ?", (sent, state, due, row["n"])
        )

    def _signature(self, task_id: str, mode: str) -> dict[str, str]:
        if self._key is None or mode == "unsigned":
            return {}
        timestamp = int(time.time())
        key = self._key + ("x" if mode == "badly_signed" else "")
        return {"X-Webhook-Timestamp": str(timestamp), "X-Webhook-Signature": sign(key, task_id, timestamp)}


def sign(key: str, task_id: str, timestamp: int) -> str:
    """KIE's signature of a callback."""
    digest = hmac.new(key.encode(), f"{task_id}.{timestamp}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def is_loopback(url: str) -> bool:
    """Whether this http address is on this machine."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    if parts.hostname == "localhost":
        return True
    try:
        return ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False


def _body(task: Task) -> dict[str, Json]:
    failed = task.failure is not None or task.plan.callback.mode == "wrong_code"
    code = _failed_code(task.failure) if failed else 200
    words = "Playground task failed." if failed else "Playground task completed successfully."
    return {"code": code, "msg": words, "data": record(task, time.time())}


def _failed_code(failure: Failure | None) -> int:
    return int(failure.code) if failure is not None and failure.code in ("400", "500") else 501
