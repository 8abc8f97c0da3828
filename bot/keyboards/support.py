"""The buttons of the support and of the terms."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.keyboards.rows import Row, button, keyboard, link, to_menu
from bot.texts import Words


def support_keyboard(words: Words, url: str | None) -> InlineKeyboardMarkup:
    """To the support chat where there is one, to first aid, home."""
    contact: Row = [link(words.plain("button-write"), url)] if url else []
    first_aid = button(words.plain("button-help-errors"), Go(to=Target.HELP_ERRORS))
    return keyboard([contact, [first_aid], [to_menu(words)]])


def terms_keyboard(words: Words, url: str | None) -> InlineKeyboardMarkup:
    """To the terms where they are, to the privacy, to the support, home."""
    read: Row = [link(words.plain("button-read-terms"), url)] if url else []
    privacy = button(words.plain("button-privacy"), Go(to=Target.PRIVACY))
    return keyboard([read, [privacy], _last(words)])


def _last(words: Words) -> Row:
    return [button(words.plain("button-support"), Go(to=Target.SUPPORT)), to_menu(words)]
