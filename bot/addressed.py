"""Whether a message is meant for the bot: always in private, in groups only when it is spoken to."""

import re

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message, Update


async def is_addressed(message: Message, bot: Bot) -> bool:
    """True in a private chat, for a command (to us, where it names a bot), a reply to us and a mention."""
    if message.chat.type == ChatType.PRIVATE:
        return True
    me = await bot.me()
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == me.id:
        return True
    name = f"@{me.username or ''}".lower()
    text = (message.text or message.caption or "").lower()
    first, _, _ = text.partition(" ")
    if first.startswith("/"):
        return "@" not in first or first.endswith(name)
    return name in text.split()


async def without_mention(update: Update, bot: Bot) -> Update:
    """The update as the person meant it: the bot's name in a group is how it is called, not a part of a wish."""
    me = await bot.me()
    mention = re.compile(rf"\s*(?<!\S)@{re.escape(me.username or '')}(?!\S)\s*", re.IGNORECASE)
    message, query = update.message, update.callback_query
    if message is not None and message.chat.type != ChatType.PRIVATE:
        return update.model_copy(update={"message": _meant(message, mention)})
    if query is not None and isinstance(query.message, Message) and query.message.reply_to_message:
        return update.model_copy(update={"callback_query": _tapped(query, query.message, mention)})
    return update


def _tapped(query: CallbackQuery, message: Message, mention: re.Pattern[str]) -> CallbackQuery:
    """The tap on a screen that replies to what somebody typed."""
    typed = message.reply_to_message
    meant = None if typed is None else _meant(typed, mention)
    return query.model_copy(update={"message": message.model_copy(update={"reply_to_message": meant})})


def _meant(message: Message, mention: re.Pattern[str]) -> Message:
    said = {"text": message.text, "caption": message.caption}
    return message.model_copy(
        update={name: mention.sub(" ", words).strip() for name, words in said.items() if words}
    )
