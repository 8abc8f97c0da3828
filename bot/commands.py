"""The commands that Telegram shows, in every language; a test compares them with the routers."""

import logging
from collections.abc import Mapping

from aiogram import Bot
from aiogram.exceptions import AiogramError
from aiogram.types import BotCommand, BotCommandScopeChat

from bot.texts import Texts, Words

logger = logging.getLogger(__name__)

COMMANDS = {
    "start": "command-start",
    "menu": "command-menu",
    "models": "command-models",
    "search": "command-search",
    "favorites": "command-favourites",
    "history": "command-history",
    "balance": "command-balance",
    "budget": "command-budget",
    "settings": "command-settings",
    "language": "command-language",
    "help": "command-help",
    "support": "command-support",
    "paysupport": "command-paysupport",
    "terms": "command-terms",
    "privacy": "command-privacy",
    "cancel": "command-cancel",
}
"""Each command and the key of its words."""

STAFF_COMMANDS = {"admin": "command-admin"}
"""What only the staff is shown; to everybody else it is an unknown command."""

EVERYBODY_ELSE = "en"
"""The language of clients in languages that we do not speak."""


async def publish_commands(bot: Bot, texts: Texts) -> None:
    """Tells Telegram the commands; a refusal is logged only, since nothing depends on it."""
    try:
        await bot.set_my_commands(_described(texts.for_language(EVERYBODY_ELSE)))
        for language in texts.languages:
            await bot.set_my_commands(_described(texts.for_language(language)), language_code=language)
    except AiogramError as error:
        logger.warning("commands were not published", extra={"reason": type(error).__name__})


async def publish_staff_commands(bot: Bot, chat_id: int, words: Words) -> None:
    """Shows a member the staff's commands, too, in their chat and language."""
    try:
        await bot.set_my_commands(
            _described(words, COMMANDS | STAFF_COMMANDS), scope=BotCommandScopeChat(chat_id=chat_id)
        )
    except AiogramError as error:
        logger.info("the staff's commands were not published", extra={"reason": type(error).__name__})


def _described(words: Words, commands: Mapping[str, str] = COMMANDS) -> list[BotCommand]:
    return [BotCommand(command=name, description=words.plain(key)) for name, key in commands.items()]
