"""One file on its way to a chat: its content, and what Telegram is told of it."""

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from aiogram import Bot
from aiogram.types import (
    InputFile,
    InputMediaAudio,
    InputMediaDocument,
    InputMediaPhoto,
    InputMediaVideo,
    Message,
)

from app.files import FileStore
from app.generation import Form, Generation, StoredFile
from bot.forms import form_of, kept_form
from bot.view import View

AlbumItem = InputMediaPhoto | InputMediaVideo | InputMediaAudio | InputMediaDocument


@dataclass(frozen=True)
class Parcel:
    """A file of a result. `form` None: over the limit for uploads. `file_id`: what Telegram keeps of it, if it does."""

    number: int
    """Its place in the result, from 1."""
    file: StoredFile
    form: Form | None
    file_id: str | None
    name: str
    title: str
    is_original: bool = False
    """Whether every byte has to arrive as it was."""

    @classmethod
    def of(cls, generation: Generation, number: int, file: StoredFile, title: str) -> "Parcel":
        """By what Telegram keeps, else by the table."""
        name = file.name_for(generation.id, generation.model_key)
        form = kept_form(file) if file.telegram_file_id else form_of(file)
        return cls(number, file, form, file.telegram_file_id, name, title)

    def as_original(self) -> "Parcel":
        """A document, by the id of the last time if there was one."""
        original = replace(self, is_original=True)
        known = self.file.original_file_id
        return replace(original, form=Form.DOCUMENT, file_id=known) if known else original.from_our_copy()

    def from_our_copy(self) -> "Parcel":
        """The same without Telegram's id, which it may have forgotten."""
        form = form_of(self.file)
        return replace(self, form=Form.DOCUMENT if form and self.is_original else form, file_id=None)


class StoredInput(InputFile):
    """A file of the store, streamed while it is sent."""

    def __init__(self, files: FileStore, key: str, name: str) -> None:
        super().__init__(filename=name)
        self._files = files
        self._key = key

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        """Its chunks."""
        async for chunk in self._files.read(self._key):
            yield chunk


class Post:
    """Speaks Telegram's six methods for files; raises aiogram's errors."""

    def __init__(self, bot: Bot, files: FileStore) -> None:
        self._bot = bot
        self._files = files

    async def send(self, chat_id: int, parcel: Parcel, form: Form, view: View) -> Message:
        """One message."""
        caption, keyboard = view.text, view.keyboard
        match form:
            case Form.PHOTO:
                photo = self._content(parcel)
                return await self._bot.send_photo(chat_id, photo, caption=caption, reply_markup=keyboard)
            case Form.VIDEO | Form.ANIMATION:
                return await self._send_moving(chat_id, parcel, form, view)
            case Form.AUDIO:
                return await self._bot.send_audio(
                    chat_id,
                    self._content(parcel),
                    duration=parcel.file.seconds,
                    title=parcel.title,
                    caption=caption,
                    reply_markup=keyboard,
                )
            case Form.DOCUMENT:
                return await self._bot.send_document(
                    chat_id,
                    self._content(parcel),
                    thumbnail=self._thumbnail(parcel),
                    disable_content_type_detection=True,
                    caption=caption,
                    reply_markup=keyboard,
                )
        assert_never(form)

    async def send_album(self, chat_id: int, parcels: Sequence[Parcel], caption: View) -> list[Message]:
        """Two to ten that may stand together; the words go with the first."""
        media = [self._item(it, None if number else caption.text) for number, it in enumerate(parcels)]
        return await self._bot.send_media_group(chat_id, list(media))

    async def _send_moving(self, chat_id: int, parcel: Parcel, form: Form, view: View) -> Message:
        content, thumbnail, file = self._content(parcel), self._thumbnail(parcel), parcel.file
        if form is Form.ANIMATION:
            return await self._bot.send_animation(
                chat_id,
                content,
                width=file.width,
                height=file.height,
                thumbnail=thumbnail,
                caption=view.text,
                reply_markup=view.keyboard,
            )
        return await self._bot.send_video(
            chat_id,
            content,
            duration=file.seconds,
            width=file.width,
            height=file.height,
            thumbnail=thumbnail,
            supports_streaming=file.streamable,
            caption=view.text,
            reply_markup=view.keyboard,
        )

    def _item(self, parcel: Parcel, text: str | None) -> AlbumItem:
        content, file = self._content(parcel), parcel.file
        match parcel.form:
            case Form.PHOTO:
                return InputMediaPhoto(media=content, caption=text)
            case Form.VIDEO:
                return InputMediaVideo(
                    media=content,
                    caption=text,
                    duration=file.seconds,
                    width=file.width,
                    height=file.height,
                    thumbnail=self._thumbnail(parcel),
                    supports_streaming=file.streamable,
                )
            case Form.AUDIO:
                return InputMediaAudio(media=content, caption=text, duration=file.seconds, title=parcel.title)
            case _:
                return InputMediaDocument(
                    media=content,
                    caption=text,
                    thumbnail=self._thumbnail(parcel),
                    disable_content_type_detection=True,
                )

    def _content(self, parcel: Parcel) -> str | InputFile:
        return parcel.file_id or StoredInput(self._files, parcel.file.path, parcel.name)

    def _thumbnail(self, parcel: Parcel) -> InputFile | None:
        """Telegram takes one with an upload only."""
        if parcel.file_id is not None or parcel.file.thumbnail is None:
            return None
        return StoredInput(self._files, parcel.file.thumbnail, "thumbnail.jpg")


def sent_file(message: Message) -> tuple[Form, str] | None:
    """What Telegram made of a file, and its id; None for a message of words. An animation is a document, too."""
    if message.photo:
        return Form.PHOTO, message.photo[-1].file_id
    for form, media in (
        (Form.ANIMATION, message.animation),
        (Form.VIDEO, message.video),
        (Form.AUDIO, message.audio),
        (Form.DOCUMENT, message.document),
    ):
        if media is not None:
            return form, media.file_id
    return None
