"""Shows a better text where the person waits for it."""

from aiogram import Bot

from app.db import Epoch
from app.generation import Improvement, Improvements
from app.users import ScreenService
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.screens import edit_text, live_screen
from bot.texts import Texts
from bot.views.improve import improvement_view, working_view


class TelegramImprovementNews:
    """`app.generation.ImprovementNews` over Telegram."""

    def __init__(
        self,
        bot: Bot,
        texts: Texts,
        screens: ScreenService,
        improvements: Improvements,
        rate: UnsolicitedRate,
    ) -> None:
        self._bot = bot
        self._texts = texts
        self._screens = screens
        self._improvements = improvements
        self._rate = rate

    async def show(self, epoch: Epoch, improvement: Improvement) -> None:
        """Edits the live screen as long as it is the one that says it is worked on.

        Whoever draws that one looks again afterwards, so that one of the two sees the end.
        """
        await self._rate.admit(Priority.RESULT)
        words = self._texts.for_language(improvement.language)
        live = await self._screens.shown(improvement.chat_id, improvement.user_id)
        if live is None or live != live_screen(live.message_id, working_view(words, improvement)):
            return
        view = improvement_view(words, improvement, self._improvements.price())
        with translated():
            await edit_text(self._bot, improvement.chat_id, live.message_id, view)
        after = live_screen(live.message_id, view)
        await self._screens.swap(epoch, improvement.chat_id, improvement.user_id, live, after)
