"""Who it is: the person is known before any filter runs; a banned one gets one answer and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from aiogram.types import User as TelegramUser

from app.inbox import Step
from app.users import Person, UserService
from bot.addressed import is_addressed, without_mention
from bot.tap_answer import answer_tap
from bot.texts import Texts, Words

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class PersonMiddleware(BaseMiddleware):
    """Puts `user` and `words` beside each update; what no person sent to us ends here."""

    def __init__(self, users: UserService, texts: Texts) -> None:
        self._users = users
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Hands on to the routers, unless nobody is there or they are banned."""
        sender: TelegramUser | None = data.get("event_from_user")
        bot: Bot = data["bot"]
        step: Step = data["step"]
        if not isinstance(event, Update) or sender is None or sender.is_bot:
            return None
        paid = is_about_money(event)
        if event.message is not None and not paid and not await is_addressed(event.message, bot):
            return None
        user = await self._users.arrive(step.epoch, _person(sender), event_id=step.event_id)
        words = self._texts.for_language(user.language)
        if user.banned and not paid:  # money that came in or went back is booked, whoever it belongs to
            return await _refuse(event.event, words)
        data.update(user=user, words=words)
        return await handler(await without_mention(event, bot), data)


def is_about_money(event: Update) -> bool:
    """Whether the update tells of a payment, of its going back or of a subscription."""
    message = event.message
    if message is None:
        return event.subscription is not None
    return message.successful_payment is not None or message.refunded_payment is not None


def _person(sender: TelegramUser) -> Person:
    return Person(
        id=sender.id,
        first_name=sender.first_name,
        last_name=sender.last_name,
        username=sender.username,
        language_code=sender.language_code,
    )


async def _refuse(event: TelegramObject, words: Words) -> None:
    if isinstance(event, CallbackQuery):
        await answer_tap(event, words.plain("banned"), alert=True)
    elif isinstance(event, Message):
        await event.answer(words("banned"))
