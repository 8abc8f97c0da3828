"""Telegram as the audit sees it: a chat that remembers what was shown, and a session that sends nothing.

It refuses what Telegram refuses of texts and buttons, so that a screen that could not be sent raises here, too.
"""

import re
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any, NoReturn

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import TelegramMethod
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

TAG = re.compile(r"<(/?)(a|b|i|u|s|code|pre|blockquote|tg-spoiler)( [^<>]*)?>")
TEXT_LIMIT, CAPTION_LIMIT, DATA_LIMIT = 4096, 1024, 64
DATE = 1_790_000_000
BOT_USER = {"id": 1, "is_bot": True, "first_name": "Bot", "username": "audit_bot"}
FILE = {"file_id": "rehearsal-file", "file_unique_id": "rehearsal"}
SIZED = {**FILE, "width": 64, "height": 64}
MEDIA: dict[str, dict[str, object]] = {
    "photo": {"photo": [SIZED]},
    "video": {"video": {**SIZED, "duration": 1}},
    "animation": {"animation": {**SIZED, "duration": 1}},
    "audio": {"audio": {**FILE, "duration": 1}},
    "voice": {"voice": {**FILE, "duration": 1}},
    "document": {"document": FILE},
}
"""By kind, what a message carries; also what the audit's person sends."""


@dataclass(frozen=True)
class Shown:
    """A message of the bot: `payload` and `stars` of an invoice, `replied_to` the text that it answers."""

    message_id: int
    text: str | None
    caption: str | None = None
    keyboard: InlineKeyboardMarkup | None = None
    media: str | None = None
    payload: str | None = None
    stars: int = 0
    replied_to: str | None = None

    @property
    def buttons(self) -> list[InlineKeyboardButton]:
        """All of them, row by row."""
        return [it for row in self.keyboard.inline_keyboard for it in row] if self.keyboard else []

    def as_update(self, chat_id: int) -> dict[str, Any]:
        """As Telegram would put the message into an update."""
        told: dict[str, Any] = {"message_id": self.message_id, "date": DATE, "from": BOT_USER}
        told["chat"] = chat_json(chat_id)
        told |= {name: words for name, words in (("text", self.text), ("caption", self.caption)) if words}
        told |= MEDIA.get(self.media or "", {})
        if self.keyboard is not None:
            told["reply_markup"] = self.keyboard.model_dump(exclude_none=True)
        if self.replied_to is not None:
            asked = {"message_id": 1, "date": DATE, "chat": chat_json(chat_id), "text": self.replied_to}
            told["reply_to_message"] = asked
        return told


@dataclass
class Chat:
    """What the person sees, and what the bot did since it was last asked (`changed`, `toast`, `answered`)."""

    messages: dict[int, Shown] = field(default_factory=dict)
    said: dict[int, str] = field(default_factory=dict)
    """The person's own texts."""
    changed: list[int] = field(default_factory=list)
    toast: str | None = None
    answered: int = 0
    last_id: int = 100

    def forget(self) -> None:
        """Before the next action."""
        self.changed, self.toast, self.answered = [], None, 0

    def next_id(self) -> int:
        """The id of the next message of anybody."""
        self.last_id += 1
        return self.last_id

    def put(self, shown: Shown) -> Shown:
        """Shows a message, or shows it anew."""
        self.messages[shown.message_id] = shown
        self.changed.append(shown.message_id)
        return shown


def chat_json(chat_id: int) -> dict[str, Any]:
    """A private chat."""
    return {"id": chat_id, "type": "private", "first_name": "Audit"}


class RecordingSession(BaseSession):
    """Answers every method of the Bot API out of the chat."""

    def __init__(self, chat: Chat) -> None:
        super().__init__()
        self._chat = chat

    async def close(self) -> None:
        """There is nothing to close."""

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        """A file of one byte."""
        yield b"x"

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """What Telegram would answer; raises TelegramBadRequest."""
        content = self.json_dumps({"ok": True, "result": self._answer(method)})
        return self.check_response(bot, method, 200, content).result

    def _answer(self, method: TelegramMethod[Any]) -> Any:
        name = method.__api_method__
        if name == "answerCallbackQuery":
            self._chat.toast = getattr(method, "text", None) or getattr(method, "url", None)
            self._chat.answered += 1
            return True
        if name == "deleteMessage":
            return self._chat.messages.pop(getattr(method, "message_id", 0), None) is not None or _refuse(
                method, "message to delete not found"
            )
        if name.startswith("editMessage"):
            return self._edit(method)
        if name == "sendMediaGroup":
            return [self._send(method, it.type, it.caption) for it in getattr(method, "media", ())]
        if name.startswith("send") and name != "sendChatAction":
            return self._send(method, name.removeprefix("send").lower(), getattr(method, "caption", None))
        return _PLAIN_ANSWERS.get(name, True)

    def _edit(self, method: TelegramMethod[Any]) -> Any:
        shown = self._chat.messages.get(getattr(method, "message_id", None) or 0)
        if shown is None:
            _refuse(method, "message to edit not found")
        edited = replace(shown, keyboard=_keyboard(method))
        if method.__api_method__ == "editMessageText":
            edited = replace(edited, text=_seen(method, getattr(method, "text", ""), TEXT_LIMIT))
        if method.__api_method__ == "editMessageCaption":
            edited = replace(edited, caption=_seen(method, getattr(method, "caption", ""), CAPTION_LIMIT))
        if edited == shown:
            _refuse(method, "message is not modified")
        return self._chat.put(edited).as_update(_chat_of(method))

    def _send(self, method: TelegramMethod[Any], kind: str, caption: str | None) -> dict[str, Any]:
        text = getattr(method, "text", None)
        reply = getattr(method, "reply_parameters", None)
        shown = Shown(
            message_id=self._chat.next_id(),
            text=None if text is None else _seen(method, text, TEXT_LIMIT),
            caption=None if caption is None else _seen(method, caption, CAPTION_LIMIT),
            keyboard=_keyboard(method),
            media=kind if kind in MEDIA else None,
            payload=getattr(method, "payload", None) if kind == "invoice" else None,
            stars=sum(it.amount for it in getattr(method, "prices", None) or ()),
            replied_to=self._chat.said.get(reply.message_id) if reply else None,
        )
        return self._chat.put(shown).as_update(_chat_of(method))


_PLAIN_ANSWERS: dict[str, Any] = {
    "getMe": BOT_USER,
    "createInvoiceLink": "https://t.me/$rehearsal",
    "getWebhookInfo": {"url": "", "has_custom_certificate": False, "pending_update_count": 0},
    "getMyStarBalance": {"amount": 0},
    "getStarTransactions": {"transactions": []},
}


def _chat_of(method: TelegramMethod[Any]) -> int:
    return int(getattr(method, "chat_id", None) or 0)


def _refuse(method: TelegramMethod[Any], reason: str) -> NoReturn:
    raise TelegramBadRequest(method=method, message=f"Bad Request: {reason}")


def _keyboard(method: TelegramMethod[Any]) -> InlineKeyboardMarkup | None:
    keyboard = getattr(method, "reply_markup", None)
    if not isinstance(keyboard, InlineKeyboardMarkup):
        return None
    for row in keyboard.inline_keyboard:
        for button in row:
            if len((button.callback_data or "").encode()) > DATA_LIMIT:
                _refuse(method, f"BUTTON_DATA_INVALID: over {DATA_LIMIT} bytes: {button.callback_data}")
            if not button.model_dump(exclude={"text", "style"}, exclude_none=True):
                _refuse(method, f"BUTTON_TYPE_INVALID: a button that does nothing: {button.text}")
    return keyboard


def _seen(method: TelegramMethod[Any], html: str, limit: int) -> str:
    """The text as a person sees it; refused as Telegram refuses it."""
    opened: list[str] = []
    for closing, tag, _ in TAG.findall(html):
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            _refuse(method, f"can't parse entities: {tag} is closed and was not opened")
    text = TAG.sub("", html)
    if opened or "<" in text:
        _refuse(method, f"can't parse entities: {html[:80]}")
    seen = unescape(text).strip()
    if not 0 < len(seen) <= limit:
        _refuse(method, f"a text of {len(seen)} characters, 1 to {limit} are taken")
    return seen
