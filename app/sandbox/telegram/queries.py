"""Taps on inline buttons and inline queries: questions that the bot has to answer in time, once."""

import json
import secrets

from aiogram.types import CallbackQuery, InlineQuery

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.errors import BadRequestError, ImpossibleError
from app.sandbox.telegram.journal import Changes
from app.sandbox.telegram.messages import Messages
from app.sandbox.telegram.people import Person
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.updates import Updates
from app.sandbox.telegram.wire import Json, JsonObject

ANSWER_SECONDS = 15.0
INLINE_SECONDS = 30.0
TOAST_LIMIT = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Queries:
    """Ids are random digits, as Telegram's are."""

    def __init__(
        self, store: Store, clock: SandboxClock, *, messages: Messages, updates: Updates, changes: Changes
    ) -> None:
        self._store = store
        self._clock = clock
        self._messages = messages
        self._updates = updates
        self._changes = changes

    def tap(self, person: Person, chat_id: int, message_id: int, data: str) -> tuple[str, int | None]:
        """A tap, also on a message long gone → callback query id, update id."""
        number = new_query_id()
        message = self._messages.tapped(chat_id, message_id)
        self._store.run(
            "INSERT INTO callbacks (id, person_id, chat_id, message_id, data, asked_at) VALUES (?, ?, ?, ?, ?, ?)",
            number,
            person.id,
            chat_id,
            message_id,
            data,
            self._clock.seconds(),
        )
        query = CallbackQuery(
            id=number, from_user=person.user(), chat_instance=str(chat_id), message=message, data=data
        )
        return number, self._updates.enqueue("callback_query", f"callback:{person.id}", query)

    def answer(self, number: str, *, text: str | None, show_alert: bool, url: str | None) -> None:
        """answerCallbackQuery: a second answer, a late one and one to nothing are all too old."""
        if text is not None and len(text) > TOAST_LIMIT:
            raise BadRequestError("MESSAGE_TOO_LONG")
        row = self._store.row(
            "UPDATE callbacks SET answered = 1, text = ?, show_alert = ?, url = ?"
            " WHERE id = ? AND NOT answered AND asked_at >= ? RETURNING chat_id",
            text,
            int(show_alert),
            url,
            number,
            self._clock.seconds() - ANSWER_SECONDS,
        )
        if row is None:
            raise BadRequestError(TOO_OLD)
        self._changes.record("callback", row["chat_id"], self.callback(number))

    def callback(self, number: str) -> JsonObject:
        """What became of a tap; ImpossibleError(404) for an unknown one."""
        row = self._store.row("SELECT * FROM callbacks WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no callback query {number}")
        return {
            "id": row["id"],
            "person": row["person_id"],
            "chat": row["chat_id"],
            "message_id": row["message_id"],
            "data": row["data"],
            "asked_at": row["asked_at"],
            "answered": bool(row["answered"]),
            "text": row["text"],
            "show_alert": bool(row["show_alert"]),
            "url": row["url"],
        }

    def callbacks(self) -> list[JsonObject]:
        rows = self._store.rows("SELECT id FROM callbacks ORDER BY asked_at, rowid")
        return [self.callback(row["id"]) for row in rows]

    def ask_inline(self, person: Person, query: str) -> tuple[str, int | None]:
        number = new_query_id()
        self._store.run(
            "INSERT INTO inline_queries (id, person_id, query, asked_at) VALUES (?, ?, ?, ?)",
            number,
            person.id,
            query,
            self._clock.seconds(),
        )
        body = InlineQuery(id=number, from_user=person.user(), query=query, offset="")
        return number, self._updates.enqueue("inline_query", f"inline:{person.id}", body)

    def answer_inline(self, number: str, results: Json) -> None:
        """answerInlineQuery; `results` as the bot gave them."""
        row = self._store.row(
            "UPDATE inline_queries SET answered = 1, results = ?"
            " WHERE id = ? AND NOT answered AND asked_at >= ? RETURNING id",
            json.dumps(results),
            number,
            self._clock.seconds() - INLINE_SECONDS,
        )
        if row is None:
            raise BadRequestError(TOO_OLD)
        self._changes.record("inline", None, self.inline(number))

    def inline(self, number: str) -> JsonObject:
        row = self._store.row("SELECT * FROM inline_queries WHERE id = ?", number)
        if row is None:
            raise ImpossibleError(404, f"there is no inline query {number}")
        return {
            "id": row["id"],
            "query": row["query"],
            "answered": bool(row["answered"]),
            "results": json.loads(row["results"] or "[]"),
        }


def new_query_id() -> str:
    return str(10**17 + secrets.randbelow(9 * 10**17))
