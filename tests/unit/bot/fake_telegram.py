"""A Bot API without a network: it keeps chats as people see them and refuses what Telegram refuses."""

import re
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from typing import Any, NoReturn

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    AnswerCallbackQuery,
    CreateInvoiceLink,
    DeleteMessage,
    DeleteWebhook,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    EditUserStarSubscription,
    GetMe,
    GetWebhookInfo,
    SendAudio,
    SendDocument,
    SendInvoice,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.types import InlineKeyboardMarkup, WebhookInfo

from app.db import unit_is_open

TAG = re.compile(r"<(/?)(b|i|u|s|code|pre|blockquote)>")
BOT_ID = 4242
BOT_NAME = "trt_test_bot"


class UnparsableError(Exception):
    """Telegram would say: can't parse entities."""


def parsed(html: str) -> str:
    """The text of strict Telegram HTML; raises UnparsableError for anything Telegram would refuse."""
    open_tags: list[str] = []
    for closing, tag in TAG.findall(html):
        if not closing:
            open_tags.append(tag)
        elif not open_tags or open_tags.pop() != tag:
            raise UnparsableError(html)
    text = TAG.sub("", html)
    if open_tags or "<" in text:
        raise UnparsableError(html)
    return unescape(text)


@dataclass
class Shown:
    """A message as the person sees it."""

    message_id: int
    chat_id: int
    text: str | None
    caption: str | None = None
    keyboard: InlineKeyboardMarkup | None = None
    media: str | None = None
    reply_to: int | None = None
    invoice: SendInvoice | None = None

    @property
    def words(self) -> str:
        """Text or caption."""
        return self.text or self.caption or ""

    @property
    def buttons(self) -> dict[str, str]:
        """Callback data by the words on the button."""
        rows = self.keyboard.inline_keyboard if self.keyboard else []
        return {it.text: it.callback_data or "" for row in rows for it in row}


@dataclass
class FakeTelegram:
    """The state behind every session of one bot."""

    messages: dict[int, Shown] = field(default_factory=dict)
    calls: list[TelegramMethod[Any]] = field(default_factory=list)
    answers: dict[str, AnswerCallbackQuery] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    """Every refusal by the rules below: the bot should have known better."""
    troubles: dict[type[TelegramMethod[Any]], deque[Exception]] = field(default_factory=dict)
    """Raised by the next calls of a method."""
    meanwhile: dict[type[TelegramMethod[Any]], Callable[[], Awaitable[None]]] = field(default_factory=dict)
    """Happens while the answer to the next call of a method is on its way."""
    webhook: WebhookInfo = field(
        default_factory=lambda: WebhookInfo(url="", has_custom_certificate=False, pending_update_count=0)
    )
    next_id: int = 100

    def session(self, *_: object) -> "FakeSession":
        """What `Line.session` is given."""
        return FakeSession(self)

    def trouble(self, method: type[TelegramMethod[Any]], *errors: Exception) -> None:
        """Lets the next calls of a method fail."""
        self.troubles.setdefault(method, deque()).extend(errors)

    def in_chat(self, chat_id: int) -> list[Shown]:
        """The bot's messages that are there now, oldest first."""
        return [it for it in self.messages.values() if it.chat_id == chat_id]

    def called(self, method: type[TelegramMethod[Any]]) -> list[TelegramMethod[Any]]:
        """The calls of one method."""
        return [it for it in self.calls if isinstance(it, method)]


class FakeSession(BaseSession):
    """An aiogram session that speaks to a FakeTelegram."""

    def __init__(self, telegram: FakeTelegram) -> None:
        super().__init__()
        self._telegram = telegram

    async def close(self) -> None:
        """Nothing to close."""

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        """The bot downloads nothing."""
        yield b""
        raise AssertionError("the bot downloaded a file")

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], timeout: int | None = None) -> Any:
        """Answers as Telegram would."""
        if unit_is_open():
            raise AssertionError("Telegram was called while a unit of work was open")
        self._telegram.calls.append(method)
        troubles = self._telegram.troubles.get(type(method))
        if troubles:
            raise troubles.popleft()
        answer = getattr(self, f"_{method.__api_method__}")(method)
        if happening := self._telegram.meanwhile.pop(type(method), None):
            await happening()
        return self._returned(bot, method, answer)

    def _returned(self, bot: Bot, method: TelegramMethod[Any], answer: Any) -> Any:
        content = self.json_dumps({"ok": True, "result": answer})
        return self.check_response(bot, method, 200, content).result

    def _refuse(self, method: TelegramMethod[Any], reason: str) -> NoReturn:
        self._telegram.refused.append(f"{method.__api_method__}: {reason}")
        raise TelegramBadRequest(method=method, message=f"Bad Request: {reason}")

    def _text(self, method: TelegramMethod[Any], html: str, limit: int) -> str:
        try:
            text = parsed(html).strip()
        except UnparsableError:
            self._refuse(method, "can't parse entities")
        if not text:
            self._refuse(method, "message text is empty")
        if len(text.encode("utf-16-le")) // 2 > limit:
            self._refuse(method, "message is too long")
        return text

    def _keyboard(self, method: TelegramMethod[Any], keyboard: Any) -> InlineKeyboardMarkup | None:
        for row in keyboard.inline_keyboard if keyboard else []:
            for button in row:
                if button.url or button.copy_text:
                    continue
                if not 1 <= len((button.callback_data or "").encode()) <= 64:
                    self._refuse(method, "BUTTON_DATA_INVALID")
        return keyboard if isinstance(keyboard, InlineKeyboardMarkup) else None

    def _put(self, chat_id: int, **facts: Any) -> dict[str, Any]:
        telegram = self._telegram
        telegram.next_id += 1
        shown = Shown(message_id=telegram.next_id, chat_id=chat_id, **facts)
        telegram.messages[shown.message_id] = shown
        return message_json(shown)

    def _getMe(self, method: GetMe) -> dict[str, Any]:
        return {"id": BOT_ID, "is_bot": True, "first_name": "Bot", "username": BOT_NAME}

    def _sendMessage(self, method: SendMessage) -> dict[str, Any]:
        reply = method.reply_parameters
        return self._put(
            int(method.chat_id),
            text=self._text(method, method.text, 4096),
            keyboard=self._keyboard(method, method.reply_markup),
            reply_to=reply.message_id if reply else None,
        )

    def _editMessageText(self, method: EditMessageText) -> dict[str, Any]:
        shown = self._telegram.messages.get(method.message_id or 0)
        if shown is None or shown.text is None:
            self._refuse(method, "message to edit not found")
        text, keyboard = (
            self._text(method, method.text or "", 4096),
            self._keyboard(method, method.reply_markup),
        )
        if (text, _plain(keyboard)) == (shown.text, _plain(shown.keyboard)):
            self._refuse(method, "message is not modified")
        shown.text, shown.keyboard = text, keyboard
        return message_json(shown)

    def _editMessageCaption(self, method: EditMessageCaption) -> dict[str, Any]:
        shown = self._telegram.messages.get(method.message_id or 0)
        if shown is None or shown.media is None:
            self._refuse(method, "message to edit not found")
        caption = self._text(method, method.caption or "", 1024)
        keyboard = self._keyboard(method, method.reply_markup)
        if (caption, _plain(keyboard)) == (shown.caption, _plain(shown.keyboard)):
            self._refuse(method, "message is not modified")
        shown.caption, shown.keyboard = caption, keyboard
        return message_json(shown)

    def _editMessageReplyMarkup(self, method: EditMessageReplyMarkup) -> dict[str, Any]:
        shown = self._telegram.messages.get(method.message_id or 0)
        if shown is None:
            self._refuse(method, "message to edit not found")
        shown.keyboard = self._keyboard(method, method.reply_markup)
        return message_json(shown)

    def _deleteMessage(self, method: DeleteMessage) -> bool:
        if self._telegram.messages.pop(method.message_id, None) is None:
            self._refuse(method, "message to delete not found")
        return True

    def _sendInvoice(self, method: SendInvoice) -> dict[str, Any]:
        if not (1 <= len(method.title) <= 32 and 1 <= len(method.description) <= 255):
            self._refuse(method, "title has 1-32 characters, description 1-255")
        if method.currency != "XTR" or method.provider_token or len(method.prices) != 1:
            self._refuse(method, "STARS_INVOICE_INVALID")
        return self._put(int(method.chat_id), text=None, invoice=method)

    def _createInvoiceLink(self, method: CreateInvoiceLink) -> str:
        if not (1 <= len(method.title) <= 32 and 1 <= len(method.description) <= 255):
            self._refuse(method, "title has 1-32 characters, description 1-255")
        if method.currency != "XTR" or method.provider_token or len(method.prices) != 1:
            self._refuse(method, "STARS_INVOICE_INVALID")
        if method.subscription_period not in (None, 2_592_000) or method.prices[0].amount > 10_000:
            self._refuse(method, "SUBSCRIPTION_PERIOD_INVALID")
        return f"https://t.me/${method.payload}"

    def _editUserStarSubscription(self, method: EditUserStarSubscription) -> bool:
        return True

    def _answerCallbackQuery(self, method: AnswerCallbackQuery) -> bool:
        if method.callback_query_id in self._telegram.answers:
            self._refuse(method, "query was answered before")
        if len(method.text or "") > 200:
            self._refuse(method, "MESSAGE_TOO_LONG")
        self._telegram.answers[method.callback_query_id] = method
        return True

    def _sendPhoto(self, method: SendPhoto) -> dict[str, Any]:
        return self._media(method, "photo", method.photo)

    def _sendVideo(self, method: SendVideo) -> dict[str, Any]:
        return self._media(method, "video", method.video)

    def _sendAudio(self, method: SendAudio) -> dict[str, Any]:
        return self._media(method, "audio", method.audio)

    def _sendDocument(self, method: SendDocument) -> dict[str, Any]:
        return self._media(method, "document", method.document)

    def _sendMediaGroup(self, method: SendMediaGroup) -> list[dict[str, Any]]:
        if not 2 <= len(method.media) <= 10:
            self._refuse(method, "wrong number of items")
        return [
            self._put(
                int(method.chat_id),
                text=None,
                caption=self._text(method, it.caption, 1024) if it.caption else None,
                media=it.type.value,
            )
            for it in method.media
        ]

    def _media(self, method: Any, kind: str, content: Any) -> dict[str, Any]:
        return self._put(
            int(method.chat_id),
            text=None,
            caption=self._text(method, method.caption, 1024) if method.caption else None,
            keyboard=self._keyboard(method, method.reply_markup),
            media=kind,
        )

    def _setWebhook(self, method: SetWebhook) -> bool:
        self._telegram.webhook = WebhookInfo(
            url=method.url,
            has_custom_certificate=False,
            pending_update_count=0,
            allowed_updates=method.allowed_updates,
        )
        return True

    def _getWebhookInfo(self, method: GetWebhookInfo) -> dict[str, Any]:
        return self._telegram.webhook.model_dump(exclude_none=True)

    def _deleteWebhook(self, method: DeleteWebhook) -> bool:
        return True

    def _setMyCommands(self, method: SetMyCommands) -> bool:
        return True


def message_json(shown: Shown) -> dict[str, Any]:
    """A message of the bot as Telegram's JSON."""
    content: dict[str, Any] = {
        "message_id": shown.message_id,
        "date": int(datetime.now(UTC).timestamp()),
        "chat": chat_json(shown.chat_id),
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "Bot", "username": BOT_NAME},
    }
    if shown.text is not None:
        content["text"] = shown.text
    if shown.caption is not None:
        content["caption"] = shown.caption
    if shown.keyboard is not None:
        content["reply_markup"] = shown.keyboard.model_dump(exclude_none=True)
    if shown.media is not None:
        content |= _media_json(shown)
    return content


def chat_json(chat_id: int) -> dict[str, Any]:
    """A private chat for a positive id, a group for a negative one."""
    kind = {"type": "private", "first_name": "P"} if chat_id > 0 else {"type": "supergroup", "title": "G"}
    return {"id": chat_id, **kind}


def _media_json(shown: Shown) -> dict[str, Any]:
    file = {"file_id": f"file-{shown.message_id}", "file_unique_id": f"u{shown.message_id}"}
    sized = {**file, "width": 10, "height": 10}
    by_kind: dict[str, dict[str, Any]] = {
        "photo": {"photo": [sized]},
        "video": {"video": {**sized, "duration": 1}},
        "audio": {"audio": {**file, "duration": 1}},
        "document": {"document": file},
    }
    return by_kind[shown.media or ""]


def _plain(keyboard: InlineKeyboardMarkup | None) -> Any:
    return keyboard.model_dump() if keyboard else None
