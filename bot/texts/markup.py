"""Telegram's HTML as a type, and lengths as Telegram counts them."""

from html.parser import HTMLParser

TEXT_LIMIT = 4096
"""Characters of a message after its entities are parsed (Bot API, sendMessage)."""

CAPTION_LIMIT = 1024
"""Characters of a caption after its entities are parsed (Bot API, sendPhoto)."""

TOAST_LIMIT = 200
"""Characters of the answer to a callback query (Bot API, answerCallbackQuery)."""


class Markup(str):
    """HTML that is ready to be sent: it is not escaped again when it becomes part of another text."""

    __slots__ = ()


def width(text: str) -> int:
    """The length of a text in UTF-16 code units, the stricter of Telegram's two ways of counting."""
    return len(text) + sum(1 for character in text if ord(character) > 0xFFFF)


def shortened(text: str, limit: int) -> str:
    """The text, or as much of its beginning as fits into `limit` code units together with an ellipsis."""
    if width(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - 1
    for character in text:
        room -= width(character)
        if room < 0:
            break
        kept.append(character)
    return "".join(kept).rstrip() + "…"


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
