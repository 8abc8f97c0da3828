"""The rates in force, read again before each update: a change by an operator is seen by the very next tap."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware
from aiogram.types import TelegramObject

from app.offers import RatesInForce

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class RatesMiddleware(BaseMiddleware):
    """Every price of one answer comes from one reading."""

    def __init__(self, rates: RatesInForce) -> None:
        self._rates = rates

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Reads, then hands on."""
        await self._rates.refresh()
        return await handler(event, data)
