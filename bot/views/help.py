"""The help."""

from bot.keyboards.help import help_keyboard
from bot.texts import Words
from bot.view import View


def help_view(words: Words) -> View:
    """How it works, and the commands."""
    return View(words("help"), help_keyboard(words))
