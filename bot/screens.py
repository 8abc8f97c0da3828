"""The one way to show a screen.

A person has one live screen per chat. A tap on it edits it in place; anything else (a typed message, a tap on a
result or on an old menu) puts the new screen below and takes the old one away.
"""

import logging
from dataclasses import dataclass, replace
from hashlib import blake2s

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InaccessibleMessage, InlineKeyboardMarkup, InputFile, Message, ReplyParameters

from app.db import Epoch
from app.users import LiveScreen, ScreenService
from bot.texts import Markup, plain_text
from bot.view import View

logger = logging.getLogger(__name__)

Tapped = Message | InaccessibleMessage | None

NOT_MODIFIED = "message is not modified"

CAPTIONED = (ContentType.PHOTO, ContentType.DOCUMENT)
"""Messages whose words are a caption."""


@dataclass(frozen=True)
class Place:
    """Where a person is: the chat, and the message whose button was tapped, if one was."""

    chat_id: int
    user_id: int
    tapped: Tapped = None
    typed_id: int | None = None
    """The person's own message; a screen may answer it as a reply."""

    @property
    def is_private(self) -> bool:
        """Whether nobody else reads here."""
        return self.chat_id == self.user_id

    @property
    def replied_text(self) -> str:
        """The text that the tapped screen was a reply to; empty when there is none (any more)."""
        if not isinstance(self.tapped, Message) or self.tapped.reply_to_message is None:
            return ""
        return self.tapped.reply_to_message.text or ""


class Screen:
    """The live screen of one person in one chat, during one event."""

    def __init__(self, bot: Bot, screens: ScreenService, epoch: Epoch, place: Place) -> None:
        self.place = place
        self._bot = bot
        self._screens = screens
        self._epoch = epoch
        self._live: LiveScreen | None = None
        self._is_read = False

    async def awaits(self) -> str | None:
        """What a typed text means on the live screen, see `bot.awaiting`."""
        live = await self._shown()
        return None if live is None else live.awaits

    async def stop_awaiting(self) -> None:
        """The live screen got what it waited for; it stays as it looks."""
        live = await self._shown()
        if live is not None and live.awaits is not None:
            await self._remember(replace(live, awaits=None))

    async def show(self, view: View, *, as_reply: bool = False, in_place: bool = False) -> bool:
        """Makes `view` the live screen; False when it was on show already, word for word.

        `in_place`: the live screen stands below what the person just sent (the rest of an album), so it stays there.
        """
        live = await self._shown()
        if in_place and live is not None and await self._edited_live(live, view):
            return True
        tapped = self.place.tapped
        if tapped is not None and live is not None and tapped.message_id == live.message_id:
            # What the tapped message said is older news: a second tap of a double one still tells the first's.
            if live == live_screen(live.message_id, view):
                return False
            if await self._edited(tapped, view):
                await self._remember(live_screen(live.message_id, view))
                return True
        await self._show_below(view, live, as_reply=as_reply)
        return True

    async def replace(self, view: View) -> int | None:
        """Edits the tapped message, live screen or not; the id of the message that shows the view now.

        Where it cannot be edited the view becomes a new message. None when the tapped one showed just that.
        """
        tapped = self.place.tapped
        if tapped is not None and _shows(tapped, view):
            return None
        if tapped is not None and await self._edited(tapped, view):
            return tapped.message_id
        return (await self._send(view)).message_id

    async def redraw(self, message_id: int, view: View | None) -> None:
        """What a message of ours that is no live screen shows from now on; None takes it away."""
        await redraw(self._bot, self.place.chat_id, message_id, view)

    async def send_file(self, file_id: str, view: View, *, is_photo: bool) -> bool:
        """A message of its own with a file that Telegram keeps; False when Telegram does not take it (any more)."""
        send = self._bot.send_photo if is_photo else self._bot.send_document
        try:
            await send(self.place.chat_id, file_id, caption=view.text, reply_markup=view.keyboard)
        except TelegramBadRequest:
            logger.info("a file cannot be sent", extra={"chat_id": self.place.chat_id})
            return False
        return True

    async def release(self) -> None:
        """The live screen becomes an ordinary message (a progress): the next screen is a new one."""
        await self._remember(None)

    async def send_document(self, file: InputFile) -> None:
        """A document below the screen, which stays live."""
        await self._bot.send_document(self.place.chat_id, file)

    async def _shown(self) -> LiveScreen | None:
        """Read once per event: events of one person come one after the other."""
        if not self._is_read:
            self._live = await self._screens.shown(self.place.chat_id, self.place.user_id)
            self._is_read = True
        return self._live

    async def _remember(self, screen: LiveScreen | None) -> None:
        await self._screens.remember(self._epoch, self.place.chat_id, self.place.user_id, screen)
        self._live, self._is_read = screen, True

    async def _edited_live(self, live: LiveScreen, view: View) -> bool:
        if not await edit_text(self._bot, self.place.chat_id, live.message_id, view):
            return False
        await self._remember(live_screen(live.message_id, view))
        return True

    async def _show_below(self, view: View, live: LiveScreen | None, *, as_reply: bool) -> None:
        message = await self._send(view, reply_to=self.place.typed_id if as_reply else None)
        await self._remember(live_screen(message.message_id, view))
        if live is not None and live.message_id != message.message_id:
            await take_away(self._bot, self.place.chat_id, live.message_id)

    async def _send(self, view: View, *, reply_to: int | None = None) -> Message:
        reply = None
        if reply_to is not None:
            reply = ReplyParameters(message_id=reply_to, allow_sending_without_reply=True)
        return await self._bot.send_message(
            self.place.chat_id, view.text, reply_markup=view.keyboard, reply_parameters=reply
        )

    async def _edited(self, tapped: Message | InaccessibleMessage, view: View) -> bool:
        if not isinstance(tapped, Message):
            return False
        if tapped.content_type in CAPTIONED:
            return await edit_caption(self._bot, self.place.chat_id, tapped.message_id, view)
        # A message of words can be edited; one that came without its content (some Bot API servers) may be one.
        if tapped.content_type not in (ContentType.TEXT, ContentType.UNKNOWN):
            return False
        return await edit_text(self._bot, self.place.chat_id, tapped.message_id, view)


async def edit_text(bot: Bot, chat_id: int, message_id: int, view: View) -> bool:
    """Edits a text message; False when it cannot be edited any more (deleted, too old, not ours)."""
    try:
        await bot.edit_message_text(
            view.text, chat_id=chat_id, message_id=message_id, reply_markup=view.keyboard
        )
    except TelegramBadRequest as error:
        if NOT_MODIFIED in error.message:
            return True
        logger.info("a screen cannot be edited", extra={"chat_id": chat_id, "message_id": message_id})
        return False
    return True


async def edit_caption(bot: Bot, chat_id: int, message_id: int, view: View) -> bool:
    """Edits what stands below a picture or a document; False when it cannot be edited any more."""
    try:
        await bot.edit_message_caption(
            chat_id=chat_id, message_id=message_id, caption=view.text, reply_markup=view.keyboard
        )
    except TelegramBadRequest as error:
        if NOT_MODIFIED in error.message:
            return True
        logger.info("a caption cannot be edited", extra={"chat_id": chat_id, "message_id": message_id})
        return False
    return True


async def redraw(bot: Bot, chat_id: int, message_id: int, view: View | None) -> None:
    """What a message of ours shows from now on, as far as it can be edited; None takes it away."""
    if view is None:
        await take_away(bot, chat_id, message_id)
    else:
        await edit_text(bot, chat_id, message_id, view)


async def take_away(bot: Bot, chat_id: int, message_id: int) -> None:
    """Deletes a message of ours; one too old for that loses its buttons; one that is gone is fine."""
    try:
        await bot.delete_message(chat_id, message_id)
    except TelegramBadRequest:
        await _strip(bot, chat_id, message_id)


async def _strip(bot: Bot, chat_id: int, message_id: int) -> None:
    try:
        await bot.edit_message_reply_markup(chat_id=chat_id, message_id=message_id)
    except TelegramBadRequest:
        logger.info("an old screen is gone already", extra={"chat_id": chat_id, "message_id": message_id})


def live_screen(message_id: int, view: View) -> LiveScreen:
    """The live screen that a message with this view is."""
    buttons = "" if view.keyboard is None else view.keyboard.model_dump_json()
    shows = blake2s(f"{view.text}\n{buttons}".encode(), digest_size=16).hexdigest()
    return LiveScreen(message_id, view.awaits, shows)


def _shows(tapped: Message | InaccessibleMessage, view: View) -> bool:
    """Whether a message reads and is buttoned exactly like the view: such an edit would be refused."""
    words = (tapped.text or tapped.caption) if isinstance(tapped, Message) else None
    if words is None or not isinstance(tapped, Message):
        return False
    return _buttons(tapped.reply_markup) == _buttons(view.keyboard) and words == _seen(view.text)


def _buttons(keyboard: InlineKeyboardMarkup | None) -> dict[str, object] | None:
    """By value: objects that came from Telegram carry their bot beside it."""
    return None if keyboard is None else keyboard.model_dump()


def _seen(html: Markup) -> str:
    """As Telegram keeps a text: without tags and without white space around it."""
    return plain_text(html).strip()
