"""Sends a result: by what Telegram keeps of it, else streamed from our own copy."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from aiogram import Bot
from aiogram.types import Message

from app.generation import Delivery, FileLink, FileLinks, FileName, Form, Generation, StoredFile
from app.ledger import Balance
from bot.generation_screens import GenerationScreens
from bot.mailing import Mailing, after
from bot.parcels import Parcel, sent_file
from bot.texts import Words
from bot.view import View


class ResultSender:
    """One result is one message with its caption; several are albums and one message with the buttons.

    What is over Telegram's limits stands in the message as a link. Raises aiogram's errors, FilesUnavailableError.
    """

    def __init__(self, bot: Bot, mailing: Mailing, links: FileLinks, screens: GenerationScreens) -> None:
        self._bot = bot
        self._mailing = mailing
        self._links = links
        self._screens = screens

    async def send(
        self, chat_id: int, generation: Generation, words: Words, balance: Balance | None = None
    ) -> Delivery:
        """Sends everything that can be sent; no message ids when nothing of it is left.

        `balance`: what the person has now, where a part of the price has just come back.
        """
        parcels = await self._mailing.packed(generation, self._screens.title(generation))
        if not parcels:
            return Delivery((), generation.results)
        if len(parcels) > 1:
            return await self._several(chat_id, generation, parcels, words, balance)
        (parcel,) = parcels
        view = self._screens.result(words, generation, balance)
        message = await self._mailing.send_one(chat_id, parcel, view)
        if message is None:
            too_large = self._screens.too_large(words, generation, self._link(generation, parcel))
            message = await self._say(chat_id, too_large)
        return Delivery((message.message_id,), _known(generation, {parcel.number: message}))

    async def send_originals(self, chat_id: int, generation: Generation, words: Words) -> Delivery:
        """Every file as it was made: a document, a link where that is too large, or words where nothing is left."""
        packed = await self._mailing.packed(generation, self._screens.title(generation))
        originals = [it.as_original() for it in packed]
        left = [it for it in originals if it.file_id or await self._mailing.is_ours(it.file)]
        sent = await self._mailing.send_all(chat_id, left, self._screens.original(words, generation))
        ids = [it.message_id for it in sent.values()]
        if not left:
            ids.append((await self._say(chat_id, self._screens.original_gone(words, generation))).message_id)
        for parcel in left:
            if parcel.number not in sent:
                view = self._screens.too_large(words, generation, self._link(generation, parcel))
                with after(sent):
                    ids.append((await self._say(chat_id, view)).message_id)
        return Delivery(tuple(ids), _known_originals(generation, sent))

    async def _several(
        self,
        chat_id: int,
        generation: Generation,
        parcels: Sequence[Parcel],
        words: Words,
        balance: Balance | None,
    ) -> Delivery:
        caption = self._screens.album_caption(words, generation)
        sent = await self._mailing.send_all(chat_id, parcels, caption)
        there = replace(generation, results=tuple(it.file for it in parcels))
        links = [self._link(generation, it) for it in parcels if it.number not in sent]
        with after(sent):
            control = await self._say(chat_id, self._screens.album(words, there, links, balance))
        message_ids = (*(it.message_id for it in sent.values()), control.message_id)
        return Delivery(message_ids, _known(generation, sent))

    async def _say(self, chat_id: int, view: View) -> Message:
        return await self._bot.send_message(chat_id, view.text, reply_markup=view.keyboard)

    def _link(self, generation: Generation, parcel: Parcel) -> FileLink | None:
        return self._links.make(FileName(generation.id, parcel.number))


def _known(generation: Generation, sent: Mapping[int, Message]) -> tuple[StoredFile, ...]:
    """The files with what Telegram has of each from now on; what it had of one that was not sent it still has."""
    return tuple(
        _with_id(file, sent_file(sent[number]) if number in sent else None)
        for number, file in enumerate(generation.results, start=1)
    )


def _with_id(file: StoredFile, sent: tuple[Form, str] | None) -> StoredFile:
    if sent is None:
        return file
    form, file_id = sent
    original = file_id if form is Form.DOCUMENT else file.original_file_id
    return replace(file, telegram_file_id=file_id, sent_as=form, original_file_id=original)


def _known_originals(generation: Generation, sent: Mapping[int, Message]) -> tuple[StoredFile, ...]:
    """The same for what was sent as documents only."""
    return tuple(
        _with_original(file, sent_file(sent[number]) if number in sent else None)
        for number, file in enumerate(generation.results, start=1)
    )


def _with_original(file: StoredFile, sent: tuple[Form, str] | None) -> StoredFile:
    if sent is None or sent[0] is not Form.DOCUMENT:
        return file
    return replace(file, original_file_id=sent[1])
