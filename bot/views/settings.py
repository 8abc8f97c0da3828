"""What a person may set."""

from bot.keyboards.settings import settings_keyboard
from bot.texts import Words
from bot.view import View


def settings_view(words: Words) -> View:
    """The language, for now."""
    return View(words("preferences", language=words.plain("language-name")), settings_keyboard(words))
