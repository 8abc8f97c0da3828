"""Who it is: the person is known before any filter runs; one who is shut out gets one answer and nothing else."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import BaseMiddleware, Bot
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from aiogram.types import User as TelegramUser

from app.inbox import Step
from app.privacy import PrivacyService
from app.users import Person, Presence, User, UserService, language_of
from bot.addressed import is_addressed, without_mention
from bot.shut_out import answer_to_shut_out, begins_anew
from bot.tap_answer import answer_tap
from bot.texts import Texts, Words

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


class PersonMiddleware(BaseMiddleware):
    """Puts `user` and `words` beside each update; what no person sent to us ends here."""

    def __init__(self, users: UserService, privacy: PrivacyService, texts: Texts) -> None:
        self._users = users
        self._privacy = privacy
        self._texts = texts

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Hands on to the routers, unless nobody is there or they are shut out."""
        sender: TelegramUser | None = data.get("event_from_user")
        bot: Bot = data["bot"]
        step: Step = data["step"]
        if not isinstance(event, Update) or sender is None or sender.is_bot:
            return None
        paid = is_about_money(event)
        if event.message is not None and not paid and not await is_addressed(event.message, bot):
            return None
        user = await self._user(step, sender, event)
        is_gone = user.presence is Presence.GONE
        words = self._texts.for_language(language_of(sender.language_code) if is_gone else user.language)
        refusal = answer_to_shut_out(user, event)
        if refusal and not paid:  # money that came in or went back is booked, whoever it belongs to
            return await _refuse(event.event, words, refusal)
        data.update(user=user, words=words)
        return await handler(await without_mention(event, bot), data)

    async def _user(self, step: Step, sender: TelegramUser, event: Update) -> User:
        person = _person(sender)
        user = await self._users.arrive(step.epoch, person, event_id=step.event_id)
        if user.presence is Presence.GONE and begins_anew(event):
            return await self._privacy.come_back(step.epoch, person) or user
        return user


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


async def _refuse(event: TelegramObject, words: Words, key: str) -> None:
    if isinstance(event, CallbackQuery):
        await answer_tap(event, words.plain(key), alert=True)
    elif isinstance(event, Message):
        await event.answer(words(key))
