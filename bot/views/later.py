"""The one screen of everything that is not built yet."""

from types import MappingProxyType

from bot.callbacks import Target
from bot.keyboards.later import later_keyboard
from bot.later import Later
from bot.texts import Markup, Words
from bot.view import View

LATER_KEYS = MappingProxyType({Later.INVITE: "later-invite"})

INSTEAD = MappingProxyType({Later.INVITE: ("button-help-free", Target.HELP_FREE)})
"""What helps meanwhile."""


def later_view(words: Words, later: Later) -> View:
    """What it will be, that it is not there yet, and what there is instead."""
    key, target = INSTEAD[later]
    text = Markup("\n\n".join([words(LATER_KEYS[later]), words("later")]))
    return View(text, later_keyboard(words, key, target))
