"""The buttons of the choice of language."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.users import Language
from bot.callbacks import LanguageTap
from bot.keyboards.rows import button, in_rows, keyboard, to_menu
from bot.texts import Texts, Words


def language_keyboard(words: Words, texts: Texts, languages: Sequence[Language]) -> InlineKeyboardMarkup:
    """Every language in its own words, the present one marked."""
    buttons = [button(_label(words, texts, code), LanguageTap(code=code)) for code in languages]
    return keyboard([*in_rows(buttons, 2), [to_menu(words)]])


def _label(words: Words, texts: Texts, code: Language) -> str:
    name = texts.for_language(code).plain("language-name")
    return words.plain("button-choice-marked", label=name) if code == words.language else name
