"""The choice of language."""

from app.users import Language
from bot.keyboards.language import language_keyboard
from bot.texts import Texts, Words
from bot.view import View


def language_view(words: Words, texts: Texts) -> View:
    """Every language there is."""
    return View(words("language"), language_keyboard(words, texts, tuple(Language)))
