"""The buttons about a person's own data."""

from aiogram.types import InlineKeyboardMarkup

from app.privacy import Farewell
from bot.callbacks import Go, Target
from bot.keyboards.rows import Row, button, keyboard, link, to_menu
from bot.privacy_callbacks import Depart
from bot.texts import Words


def privacy_keyboard(words: Words, url: str | None, *, is_private: bool) -> InlineKeyboardMarkup:
    """Where nobody else looks on, the two rights; to the support chat where there is one, to the terms, home."""
    contact: Row = [link(words.plain("button-write"), url)] if url else []
    rights: list[Row] = [
        [button(words.plain("button-export"), Go(to=Target.EXPORT))],
        [button(words.plain("button-delete-account"), Go(to=Target.DELETION))],
    ]
    terms = button(words.plain("button-terms"), Go(to=Target.TERMS))
    last = [button(words.plain("button-support"), Go(to=Target.SUPPORT)), to_menu(words)]
    return keyboard([*(rights if is_private else []), contact, [terms], last])


def farewell_keyboard(words: Words, farewell: Farewell, *, sure: bool) -> InlineKeyboardMarkup:
    """On to the last question, or its yes; and the way back."""
    yes = Depart(given_up=farewell.paid, sure=sure)
    go_on = button(words.plain("button-delete-for-good" if sure else "button-delete-go-on"), yes)
    return keyboard([[button(words.plain("button-keep-account"), Go(to=Target.PRIVACY))], [go_on]])


def export_keyboard(words: Words) -> InlineKeyboardMarkup:
    """Back."""
    return keyboard([[button(words.plain("button-privacy"), Go(to=Target.PRIVACY)), to_menu(words)]])
