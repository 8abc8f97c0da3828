"""Sends a result: by what Telegram keeps of it, else streamed from our own copy."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from aiogram import Bot
from aiogram.exceptions import (
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import (
    FSInputFile,
    InputFile,
    InputMediaAudio,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from app.catalogue import Modality
from app.generation import AmbiguousError, Delivery, Generation, StoredFile
from bot.generation_screens import GenerationScreens
from bot.refusals import is_about_the_chat
from bot.texts import Markup, Words
from bot.view import View

logger = logging.getLogger(__name__)

UPLOAD_LIMIT = 50_000_000
"""Bytes a bot may upload (Bot API, Sending files: 50 MB)."""

PHOTO_LIMIT = 10_000_000
"""Bytes of a photo (Bot API, sendPhoto: 10 MB); a larger picture goes as a document."""

ALBUM_SIZE = 10
"""Items of one album (Bot API, sendMediaGroup: 2-10)."""

AlbumItem = InputMediaPhoto | InputMediaVideo | InputMediaAudio


class ResultFiles(Protocol):
    """Where our own copies of results lie."""

    def path(self, key: str) -> Path:
        """The file on disk with this key of the storage."""
        ...


class ResultSender:
    """One result is one message with its caption; several are an album and one message with the buttons."""

    def __init__(self, bot: Bot, files: ResultFiles, screens: GenerationScreens) -> None:
        self._bot = bot
        self._files = files
        self._screens = screens

    async def send(self, chat_id: int, generation: Generation, words: Words) -> Delivery:
        """Sends everything that can be sent; no message ids when nothing of it is left.

        `file_ids` are in the order of `generation.results`, "" for what went only as words or is gone. Raises
        aiogram's errors.
        """
        results = [file for file in generation.results if self._is_there(file)]
        if not results:
            return Delivery((), ())
        if len(results) > 1:
            return await self._album(chat_id, generation, results, words)
        (result,) = results
        message = await self._one(chat_id, result, self._screens.result(words, generation))
        if message is None:
            view = self._screens.too_large(words, generation)
            message = await self._bot.send_message(chat_id, view.text, reply_markup=view.keyboard)
        return Delivery((message.message_id,), _file_ids(generation, {result.path: message}))

    def _is_there(self, file: StoredFile) -> bool:
        return bool(file.telegram_file_id) or self._files.path(file.path).is_file()

    async def _one(self, chat_id: int, file: StoredFile, view: View) -> Message | None:
        """The message, or None when the file is over Telegram's limit."""
        if file.telegram_file_id:
            try:
                return await self._send(chat_id, file, file.telegram_file_id, view)
            except TelegramBadRequest as error:
                if is_about_the_chat(error) or not self._files.path(file.path).is_file():
                    raise
                logger.info("Telegram's copy is gone, ours is sent", extra={"file": file.path})
        if file.size > UPLOAD_LIMIT:
            return None
        try:
            return await self._uploaded(chat_id, file, view)
        except TelegramEntityTooLarge:
            return None

    async def _uploaded(self, chat_id: int, file: StoredFile, view: View) -> Message:
        """As what it is; as a document where Telegram would not take it as that (dimensions, format)."""
        if file.kind is not Modality.IMAGE or file.size <= PHOTO_LIMIT:
            try:
                return await self._send(chat_id, file, self._content(file), view)
            except TelegramBadRequest as error:
                if is_about_the_chat(error):
                    raise
                logger.info("a result goes as a document", extra={"file": file.path})
        return await self._bot.send_document(
            chat_id, self._content(file), caption=view.text, reply_markup=view.keyboard
        )

    async def _send(self, chat_id: int, file: StoredFile, content: str | InputFile, view: View) -> Message:
        caption, keyboard = view.text, view.keyboard
        if file.kind is Modality.IMAGE:
            return await self._bot.send_photo(chat_id, content, caption=caption, reply_markup=keyboard)
        if file.kind is Modality.VIDEO:
            return await self._bot.send_video(chat_id, content, caption=caption, reply_markup=keyboard)
        return await self._bot.send_audio(chat_id, content, caption=caption, reply_markup=keyboard)

    async def _album(
        self, chat_id: int, generation: Generation, results: Sequence[StoredFile], words: Words
    ) -> Delivery:
        """Pictures and clips together, sound by itself; then the buttons."""
        caption = self._screens.result(words, generation)
        sent: dict[str, Message] = {}
        view = self._screens.album(words, replace(generation, results=tuple(results)))
        try:
            for group in _groups(results):
                sent |= await self._group(chat_id, group, caption if not sent else None)
            control = await self._bot.send_message(chat_id, view.text, reply_markup=view.keyboard)
        except (TelegramRetryAfter, TelegramServerError) as error:
            if not sent:
                raise
            raise AmbiguousError("a part was sent") from error
        message_ids = (*(it.message_id for it in sent.values()), control.message_id)
        return Delivery(message_ids, _file_ids(generation, sent))

    async def _group(
        self, chat_id: int, group: Sequence[StoredFile], caption: View | None
    ) -> dict[str, Message]:
        """An album where Telegram takes it as one, else file by file; messages by storage key."""
        if len(group) > 1:
            media = [self._item(file, None if number else caption) for number, file in enumerate(group)]
            try:
                messages = await self._bot.send_media_group(chat_id, list(media))
            except (TelegramBadRequest, TelegramEntityTooLarge) as error:
                if isinstance(error, TelegramBadRequest) and is_about_the_chat(error):
                    raise
                logger.info("an album goes file by file", extra={"files": len(group)})
            else:
                return {file.path: it for file, it in zip(group, messages, strict=True)}
        return await self._singly(chat_id, group, caption)

    async def _singly(
        self, chat_id: int, group: Sequence[StoredFile], caption: View | None
    ) -> dict[str, Message]:
        sent: dict[str, Message] = {}
        for file in group:
            bare = View(caption.text) if caption and not sent else View(Markup())
            message = await self._one(chat_id, file, bare)
            if message is not None:
                sent[file.path] = message
        return sent

    def _item(self, file: StoredFile, caption: View | None) -> AlbumItem:
        content = file.telegram_file_id or self._content(file)
        text = caption.text if caption else None
        if file.kind is Modality.IMAGE:
            return InputMediaPhoto(media=content, caption=text)
        if file.kind is Modality.VIDEO:
            return InputMediaVideo(media=content, caption=text)
        return InputMediaAudio(media=content, caption=text)

    def _content(self, file: StoredFile) -> FSInputFile:
        path = self._files.path(file.path)
        return FSInputFile(path, filename=path.name)


def file_id_of(message: Message) -> str:
    """What Telegram keeps of a message's media; empty for a message of words."""
    if message.photo:
        return message.photo[-1].file_id
    media = message.video or message.audio or message.animation or message.voice or message.document
    return media.file_id if media else ""


def _file_ids(generation: Generation, sent: Mapping[str, Message]) -> tuple[str, ...]:
    """In the order of the results, whichever of them were sent; messages by storage key."""
    return tuple(file_id_of(sent[file.path]) if file.path in sent else "" for file in generation.results)


def _groups(results: Sequence[StoredFile]) -> list[list[StoredFile]]:
    """Up to ten that may stand in one album, in order; large ones alone."""
    groups: list[list[StoredFile]] = []
    for file in results:
        last = groups[-1] if groups else []
        if last and len(last) < ALBUM_SIZE and _shape(last[0]) == _shape(file) != "alone":
            last.append(file)
        else:
            groups.append([file])
    return groups


def _shape(file: StoredFile) -> str:
    if file.size > UPLOAD_LIMIT or (file.kind is Modality.IMAGE and file.size > PHOTO_LIMIT):
        return "alone"
    return "sound" if file.kind is Modality.AUDIO else "seen"
