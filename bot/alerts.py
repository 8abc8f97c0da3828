"""What operators are told without having asked: one chat, in the product's first language."""

import logging
from decimal import Decimal

from aiogram import Bot

from app.admin import Alert
from app.generation import AmbiguousError, UnreachablePersonError
from bot.pacing import Priority, UnsolicitedRate
from bot.refusals import translated
from bot.texts import Texts, Words
from bot.texts.loader import FIRST_LANGUAGE
from bot.view import View
from bot.views.alerts import alert_view, linked

logger = logging.getLogger(__name__)


class OperatorAlerts:
    """`app.generation.OperatorNews` and `app.admin.StaffAlerts` over Telegram.

    `chat_id` None: nobody is configured, and what would be told is only in the log.
    """

    def __init__(self, bot: Bot, texts: Texts, rate: UnsolicitedRate, chat_id: int | None) -> None:
        self._bot = bot
        self._words: Words = texts.for_language(FIRST_LANGUAGE)
        self._rate = rate
        self._chat_id = chat_id

    async def credits_low(self, left: Decimal) -> None:
        """KIE's balance fell below the threshold."""
        await self._tell(View(self._words("alert-credits-low", credits=f"{left:f}")))

    async def webhook_repaired(self, host: str | None) -> None:
        """Somebody had sent updates to `host` ("": nowhere), or (None) had left kinds of them out."""
        if host is None:
            await self._tell(View(self._words("alert-webhook-updates")))
        else:
            await self._tell(View(self._words("alert-webhook-elsewhere", host=host or "—")))

    async def alert(self, alert: Alert) -> None:
        """One message with buttons to where it is handled. A message that may have been sent is not sent again."""
        try:
            await self._tell(alert_view(self._words, alert))
        except AmbiguousError:
            logger.warning("an alert may not have been sent", extra={"kind": alert.kind.value})

    async def _tell(self, view: View) -> None:
        if self._chat_id is None:
            logger.warning("nobody is configured to be alerted")
            return
        await self._rate.admit(Priority.NOTICE)
        try:
            with translated():
                view = await self._fitting(view, self._chat_id)
                await self._bot.send_message(self._chat_id, view.text, reply_markup=view.keyboard)
        except UnreachablePersonError:
            logger.exception("the alerts' chat cannot be reached")

    async def _fitting(self, view: View, chat_id: int) -> View:
        """In a group others read along, so what is handled is handled in the private chat: a link leads there."""
        if chat_id > 0 or view.keyboard is None:
            return view
        return linked(self._words, view, f"https://t.me/{(await self._bot.me()).username}?start=admin")
