"""Whether a message is meant for the bot: always in private, in groups only when it is spoken to."""

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.types import Message


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
