"""Sends the files of a result, whatever Telegram says to them: in albums, one by one, as what they are or not."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Message

from app.files import FileStore, FilesUnavailableError
from app.generation import AmbiguousError, Form, Generation, StoredFile
from bot.forms import album_groups
from bot.parcels import Parcel, Post
from bot.refusals import is_about_the_chat
from bot.texts import Markup
from bot.view import View

logger = logging.getLogger(__name__)

NOTHING = View(Markup())


class Mailing:
    """Raises aiogram's errors and FilesUnavailableError, AmbiguousError instead once a part was sent."""

    def __init__(self, bot: Bot, files: FileStore) -> None:
        self._files = files
        self._post = Post(bot, files)

    async def packed(self, generation: Generation, title: str) -> list[Parcel]:
        """What is left, by Telegram or in our copy, numbered as the whole is."""
        return [
            Parcel.of(generation, number, file, title)
            for number, file in enumerate(generation.results, start=1)
            if file.telegram_file_id or await self.is_ours(file)
        ]

    async def is_ours(self, file: StoredFile) -> bool:
        """Whether our copy is there."""
        return await self._files.size(file.path) is not None

    async def send_all(self, chat_id: int, parcels: Sequence[Parcel], caption: View) -> dict[int, Message]:
        """Messages by the number of the file, the first with the words. What may not be uploaded is left out."""
        sent: dict[int, Message] = {}
        forms = {it.number: it.form for it in parcels if it.form is not None}
        mailed = [it for it in parcels if it.number in forms]
        for indices in album_groups(list(forms.values())):
            with after(sent):
                sent |= await self._group(
                    chat_id, [mailed[index] for index in indices], NOTHING if sent else caption
                )
        return sent

    async def send_one(self, chat_id: int, parcel: Parcel, view: View) -> Message | None:
        """The message, or None when the file is over Telegram's limit."""
        if parcel.file_id is None or parcel.form is None:
            return await self._uploaded(chat_id, parcel, view)
        try:
            return await self._post.send(chat_id, parcel, parcel.form, view)
        except TelegramBadRequest as error:
            if is_about_the_chat(error) or not await self.is_ours(parcel.file):
                raise
            logger.info("Telegram's copy is gone, ours is sent", extra={"file": parcel.file.path})
            return await self._uploaded(chat_id, parcel.from_our_copy(), view)

    async def _group(self, chat_id: int, group: Sequence[Parcel], caption: View) -> dict[int, Message]:
        """An album where Telegram takes it as one, else file by file."""
        if len(group) > 1:
            try:
                messages = await self._post.send_album(chat_id, group, caption)
            except (TelegramBadRequest, TelegramEntityTooLarge) as error:
                if isinstance(error, TelegramBadRequest) and is_about_the_chat(error):
                    raise
                logger.info("an album goes file by file", extra={"files": len(group)})
            else:
                return {it.number: message for it, message in zip(group, messages, strict=True)}
        return await self._singly(chat_id, group, caption)

    async def _singly(self, chat_id: int, group: Sequence[Parcel], caption: View) -> dict[int, Message]:
        sent: dict[int, Message] = {}
        for parcel in group:
            with after(sent):
                message = await self.send_one(chat_id, parcel, NOTHING if sent else caption)
            if message is not None:
                sent[parcel.number] = message
        return sent

    async def _uploaded(self, chat_id: int, parcel: Parcel, view: View) -> Message | None:
        if parcel.form is None:
            return None
        try:
            return await self._as_it_is(chat_id, parcel, parcel.form, view)
        except TelegramEntityTooLarge:
            return None

    async def _as_it_is(self, chat_id: int, parcel: Parcel, form: Form, view: View) -> Message:
        """A document where Telegram would not take it as what it is (dimensions, format)."""
        try:
            return await self._post.send(chat_id, parcel, form, view)
        except TelegramBadRequest as error:
            if form is Form.DOCUMENT or is_about_the_chat(error):
                raise
            logger.info("a result goes as a document", extra={"file": parcel.file.path})
        return await self._post.send(chat_id, parcel, Form.DOCUMENT, view)


@contextmanager
def after(sent: Mapping[int, Message]) -> Iterator[None]:
    """What is refused for now after a part was sent does not pass for nothing sent."""
    try:
        yield
    except (TelegramRetryAfter, TelegramServerError, FilesUnavailableError) as error:
        if not sent:
            raise
        raise AmbiguousError("a part was sent") from error
