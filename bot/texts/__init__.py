"""The words of the bot: Fluent files, one folder per language, one file per screen.

A key is unique within its language; every language has the same keys and placeholders. What comes from outside
(names, prompts) is HTML-escaped on its way in, so no text can break a message. Adding a language is adding a
folder.

Proven by tests/unit/bot/test_texts.py and the two test_awkward_texts.py.
"""

from bot.texts.errors import TextsError, UnknownTextError, UnrenderableTextError
from bot.texts.file_links import link_words
from bot.texts.loader import Texts, load_texts
from bot.texts.markup import CAPTION_LIMIT, TEXT_LIMIT, TOAST_LIMIT, Markup, plain_text, shortened, width
from bot.texts.refusals import refusal_words
from bot.texts.words import Words

__all__ = [
    "CAPTION_LIMIT",
    "TEXT_LIMIT",
    "TOAST_LIMIT",
    "Markup",
    "Texts",
    "TextsError",
    "UnknownTextError",
    "UnrenderableTextError",
    "Words",
    "link_words",
    "load_texts",
    "plain_text",
    "refusal_words",
    "shortened",
    "width",
]
