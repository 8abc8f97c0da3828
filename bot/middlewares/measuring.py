"""Every call to Telegram is counted and timed, without what it waited for its turn."""

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import Response, TelegramMethod
from aiogram.methods.base import TelegramType

from app.observability import Meters


class MeasuringMiddleware(BaseRequestMiddleware):
    """The innermost one: it sees each try by itself."""

    def __init__(self, meters: Meters) -> None:
        self._meters = meters

    async def __call__(
        self,
        make_request: NextRequestMiddlewareType[TelegramType],
        bot: Bot,
        method: TelegramMethod[TelegramType],
    ) -> Response[TelegramType]:
        """Sends, with the clock running."""
        with self._meters.call("telegram", method.__api_method__):
            return await make_request(bot, method)
