"""Brings a person the news of a generation: what nobody asked for just now."""

import logging

from aiogram import Bot
from aiogram.exceptions import AiogramError

from app.generation import Delivery, Generation, Stage
from app.ledger import Balance
from app.money import Kopecks
from bot.generation_screens import GenerationScreens
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.results import ResultSender
from bot.screens import edit_text, redraw
from bot.texts import Texts

logger = logging.getLogger(__name__)


class TelegramNotifier:
    """`app.generation.Notifier` over Telegram. Results go before notices, notices before progress."""

    def __init__(
        self,
        bot: Bot,
        texts: Texts,
        screens: GenerationScreens,
        sender: ResultSender,
        rate: UnsolicitedRate,
    ) -> None:
        self._bot = bot
        self._texts = texts
        self._screens = screens
        self._sender = sender
        self._rate = rate

    async def progress(self, generation: Generation, stage: Stage) -> None:
        """Edits the progress message; dropped when there is no room for it at once.

        The first stage without a position is what the tap on the price has drawn already.
        """
        message_id = generation.progress_message_id
        if message_id is None or (stage is Stage.QUEUED and not (generation.position or generation.ready)):
            return
        if not self._rate.admit_now():
            return
        view = self._screens.progress(self._texts.for_language(generation.language), generation, stage)
        with translated():
            await edit_text(self._bot, generation.chat_id, message_id, view)

    async def deliver(self, generation: Generation, balance: Balance | None = None) -> Delivery:
        """Sends the result."""
        await self._rate.admit(Priority.RESULT)
        words = self._texts.for_language(generation.language)
        with translated():
            return await self._sender.send(generation.chat_id, generation, words, balance)

    async def original(self, generation: Generation) -> Delivery:
        """Sends the files as they were made."""
        await self._rate.admit(Priority.RESULT)
        words = self._texts.for_language(generation.language)
        with translated():
            return await self._sender.send_originals(generation.chat_id, generation, words)

    async def failed(self, generation: Generation, returned: Kopecks, balance: Balance) -> None:
        """A new message, so that it is noticed."""
        await self._rate.admit(Priority.NOTICE)
        words = self._texts.for_language(generation.language)
        view = self._screens.failed(words, generation, returned, balance)
        with translated():
            await self._bot.send_message(generation.chat_id, view.text, reply_markup=view.keyboard)

    async def end_progress(self, generation: Generation) -> None:
        """Above a result it says how long that took; a failure takes it away."""
        if generation.progress_message_id is None:
            return
        view = self._screens.last_progress(self._texts.for_language(generation.language), generation)
        try:
            await redraw(self._bot, generation.chat_id, generation.progress_message_id, view)
        except AiogramError as error:
            logger.info(
                "the progress message stays as it is",
                extra={"generation_id": generation.id, "reason": type(error).__name__},
            )

    async def gone(self, generation: Generation) -> None:
        """Honest words in place of a result that nobody has any more."""
        await self._rate.admit(Priority.NOTICE)
        words = self._texts.for_language(generation.language)
        view = self._screens.gone(words, generation)
        with translated():
            await self._bot.send_message(generation.chat_id, view.text, reply_markup=view.keyboard)
