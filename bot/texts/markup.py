"""Telegram's HTML as a type, and lengths as Telegram counts them."""

import unicodedata
from html.parser import HTMLParser

TEXT_LIMIT = 4096
"""Characters of a message after its entities are parsed (Bot API, sendMessage)."""

CAPTION_LIMIT = 1024
"""Characters of a caption after its entities are parsed (Bot API, sendPhoto)."""

TOAST_LIMIT = 200
"""Characters of the answer to a callback query (Bot API, answerCallbackQuery)."""

JOINERS = "\u200d"
"""What makes one sign of several emoji."""

SKIN_TONES = "\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff"

LONGEST_CLUSTER = 40
"""Characters of one sign; more accents on one letter are cut."""


class Markup(str):
    """HTML that is ready to be sent: it is not escaped again when it becomes part of another text."""

    __slots__ = ()


def width(text: str) -> int:
    """The length of a text in UTF-16 code units, the stricter of Telegram's two ways of counting."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def shortened(text: str, limit: int) -> str:
    """The text, or as much of its beginning as fits into `limit` code units together with an ellipsis.

    A letter keeps its accents and a family of emoji its members: what would be cut in two goes as a whole.
    """
    if width(text) <= limit:
        return text
    kept, room = 0, limit - 1
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept += 1
    return text[: _boundary(text, kept)].rstrip() + "…"


def _boundary(text: str, cut: int) -> int:
    """The last place at or before `cut` where no character hangs on to the one before; `cut` where none is near."""
    for place in range(cut, max(cut - LONGEST_CLUSTER, 0), -1):
        if not (_hangs_on(text[place]) or text[place - 1] in JOINERS):
            return place
    return cut if cut > LONGEST_CLUSTER else 0


def _hangs_on(character: str) -> bool:
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character in JOINERS
        or character in SKIN_TONES
    )


def plain_text(html: str) -> str:
    """What a person sees of an HTML text: tags gone, character references resolved."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return "".join(reader.parts)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)
