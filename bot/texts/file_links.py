"""A link to a file that leads nowhere: words for whoever answers without loading the rest of the bot."""

from collections.abc import Callable
from types import MappingProxyType

from app.users import language_of
from bot.texts.loader import Texts

LINK_KEYS = MappingProxyType({"unknown": "link-unknown", "expired": "link-expired"})


def link_words(texts: Texts) -> Callable[[str, str], str]:
    """("unknown" or "expired", language code of the browser) -> text."""

    def words(reason: str, language: str) -> str:
        return texts.for_language(language_of(language)).plain(LINK_KEYS[reason])

    return words
