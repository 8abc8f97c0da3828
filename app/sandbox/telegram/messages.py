"""The messages of all chats, as Telegram's servers hold them."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InaccessibleMessage, Message, TelegramObject

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.errors import ImpossibleError
from app.sandbox.telegram.journal import Changes
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.wire import Json, JsonObject, to_json, to_object, to_text

FIRST_MESSAGE = 1
OLD_AFTER_SECONDS = 48 * 3600


@dataclass(frozen=True)
class Posted:
    """A message with what the Bot API does not show of it."""

    message: Message
    sent_at: float
    by_bot: bool
    service: bool
    has_own_keyboard: bool  # a reply keyboard, its removal or a forced reply: such a message cannot be edited


class Messages:
    """Message ids come from one counter for all chats, as they do for a bot's private chats."""

    def __init__(self, store: Store, clock: SandboxClock, changes: Changes) -> None:
        self._store = store
        self._clock = clock
        self._changes = changes

    def post(
        self,
        draft: Message,
        *,
        by_bot: bool,
        keyboard: TelegramObject | None = None,
        service: bool = False,
    ) -> Message:
        """Numbers the draft, stamps it with the time and shows it; `keyboard` is any non-inline markup."""
        number = self._store.next_number("message", first=FIRST_MESSAGE)
        message = draft.model_copy(update={"message_id": number, "date": self._clock.now()})
        self._store.run(
            "INSERT INTO messages (chat_id, message_id, sent_at, by_bot, service, keyboard, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            message.chat.id,
            number,
            self._clock.seconds(),
            int(by_bot),
            int(service),
            to_text(keyboard) if keyboard is not None else None,
            to_text(message),
        )
        if keyboard is not None:
            self._store.run("UPDATE chats SET keyboard = ? WHERE id = ?", to_text(keyboard), message.chat.id)
        self._changes.record("message", message.chat.id, self._view(message, keyboard, None))
        return message

    def find(self, chat_id: int, message_id: int) -> Posted | None:
        """The message, unless it was deleted or never was."""
        row = self._store.row(
            "SELECT * FROM messages WHERE chat_id = ? AND message_id = ? AND NOT deleted", chat_id, message_id
        )
        return None if row is None else _posted(row)

    def tapped(self, chat_id: int, message_id: int) -> Message | InaccessibleMessage:
        """What a callback carries: deleted and old messages are inaccessible. ImpossibleError(404) for no message."""
        row = self._store.row(
            "SELECT * FROM messages WHERE chat_id = ? AND message_id = ?", chat_id, message_id
        )
        if row is None:
            raise ImpossibleError(404, f"there was never a message {message_id} in chat {chat_id}")
        posted = _posted(row)
        if row["deleted"] or self.is_old(posted):
            return InaccessibleMessage(chat=posted.message.chat, message_id=message_id)
        return posted.message

    def is_old(self, posted: Posted) -> bool:
        return self._clock.seconds() - posted.sent_at > OLD_AFTER_SECONDS

    def replace(self, message: Message) -> Message:
        """Stores the edited message and stamps its edit date."""
        edited = message.model_copy(update={"edit_date": int(self._clock.seconds())})
        row = self._store.row(
            "UPDATE messages SET body = ? WHERE chat_id = ? AND message_id = ? RETURNING keyboard, reactions",
            to_text(edited),
            message.chat.id,
            message.message_id,
        )
        extras = (None, None) if row is None else (row["keyboard"], row["reactions"])
        view = {**to_object(edited), **_extras(*extras)}
        self._changes.record("edited", message.chat.id, view)
        return edited

    def delete(self, chat_id: int, message_ids: Sequence[int]) -> None:
        for message_id in message_ids:
            self._store.run(
                "UPDATE messages SET deleted = 1 WHERE chat_id = ? AND message_id = ?", chat_id, message_id
            )
        self._changes.record("deleted", chat_id, {"message_ids": list(message_ids)})

    def react(self, chat_id: int, message_id: int, reactions: Json) -> None:
        self._store.run(
            "UPDATE messages SET reactions = ? WHERE chat_id = ? AND message_id = ?",
            json.dumps(reactions, ensure_ascii=False),
            chat_id,
            message_id,
        )
        self._changes.record("reaction", chat_id, {"message_id": message_id, "reactions": reactions})

    def seen(self, chat_id: int, *, after: int = 0) -> list[JsonObject]:
        """The chat as its people see it: Bot API messages, plus `keyboard` and `reactions` where there are any."""
        rows = self._store.rows(
            "SELECT * FROM messages WHERE chat_id = ? AND message_id > ? AND NOT deleted ORDER BY message_id",
            chat_id,
            after,
        )
        return [{**json.loads(row["body"]), **_extras(row["keyboard"], row["reactions"])} for row in rows]

    def _view(self, message: Message, keyboard: TelegramObject | None, reactions: Json) -> JsonObject:
        extras: JsonObject = {"keyboard": to_json(keyboard), "reactions": reactions}
        return {**to_object(message), **{name: value for name, value in extras.items() if value is not None}}


def _extras(keyboard: str | None, reactions: str | None) -> JsonObject:
    extras = {"keyboard": keyboard, "reactions": reactions}
    return {name: json.loads(text) for name, text in extras.items() if text is not None}


def _posted(row: sqlite3.Row) -> Posted:
    return Posted(
        message=Message.model_validate_json(row["body"]),
        sent_at=row["sent_at"],
        by_bot=bool(row["by_bot"]),
        service=bool(row["service"]),
        has_own_keyboard=row["keyboard"] is not None,
    )
