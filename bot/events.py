"""From the stored bytes of an update to the routers, and the last words when nothing helps."""

import json
import logging
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.types import CallbackQuery, Update

from app.db import Epoch
from app.inbox import Event, MalformedEventError, Step
from app.users import UserService
from bot.addressed import is_addressed
from bot.pacing import in_a_hurry
from bot.tap_answer import answer_tap
from bot.texts import Texts

CONTROLS = dict.fromkeys(it for it in range(0x20) if chr(it) not in "\t\n\r")

logger = logging.getLogger(__name__)


class TelegramEvents:
    """`app.inbox.EventHandler` of the source "telegram"."""

    def __init__(self, bot: Bot, dispatcher: Dispatcher, users: UserService, texts: Texts) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._users = users
        self._texts = texts

    async def handle(self, event: Event, epoch: Epoch) -> None:
        """Feeds the routers; raises MalformedEventError for what is no update, and whatever a handler raises."""
        try:
            update = read_update(event.payload, self._bot)
        except ValueError as error:
            raise MalformedEventError("no update that this version understands") from error
        step = Step(event_id=event.id, epoch=epoch)
        in_a_hurry.set(event.interrupted)
        await self._dispatcher.feed_update(
            self._bot, update, step=step, replayed=event.applied, received_at=event.received_at
        )

    async def give_up(self, event: Event, epoch: Epoch) -> None:
        """The person is told that it did not work and, where they tapped, the tap is answered (F2)."""
        try:
            update = read_update(event.payload, self._bot)
        except ValueError:
            logger.warning("an event that is no update was given up", extra={"event_id": event.id})
            return
        try:
            await self._apologise(update)
        except AiogramError as error:
            logger.warning(
                "nobody could be told", extra={"event_id": event.id, "reason": type(error).__name__}
            )

    async def _apologise(self, update: Update) -> None:
        subject = update.callback_query or update.message
        if subject is None or subject.from_user is None:
            return
        sender = subject.from_user
        words = self._texts.for_language(await self._users.language(sender.id, sender.language_code))
        if isinstance(subject, CallbackQuery):
            await answer_tap(subject, words.plain("error-alert"), alert=True)
        elif await is_addressed(subject, self._bot):
            await subject.answer(words("error"))


def read_update(payload: bytes, bot: Bot) -> Update:
    """The update in these bytes, bound to the bot, without what no text shall hold: control characters but blanks,
    and lone surrogates.

    Raises ValueError (pydantic's is one) when it is none.
    """
    content = json.loads(payload)
    # An escape that may stand for such a character is rare; only then the whole tree is walked.
    if any(escape in payload for escape in (b"\\u", b"\\b", b"\\f")):
        content = _cleaned(content)
    return Update.model_validate(content, context={"bot": bot})


def _cleaned(content: Any) -> Any:
    if isinstance(content, str):
        return content.translate(CONTROLS).encode("utf-8", "ignore").decode()
    if isinstance(content, list):
        return [_cleaned(item) for item in content]
    if isinstance(content, dict):
        return {name: _cleaned(value) for name, value in content.items()}
    return content
