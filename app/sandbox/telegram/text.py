"""What Telegram does with a text before it becomes a message: parses, cleans, measures."""

import re
from collections.abc import Sequence

from aiogram.types import MessageEntity

from app.sandbox.telegram.entities import Formatted, parse_html, utf16_length
from app.sandbox.telegram.errors import BadRequestError, ViolationError

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
FOUND = re.compile(
    r"(?P<url>https?://[^\s<>\"]+)"
    r"|(?<![\w/])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?)(?![\w/])"
    r"|(?<!\w)(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<!\w)(?P<hashtag>#\w+)"
)


def message_text(
    text: str,
    mode: object,
    entities: Sequence[MessageEntity] | None,
    *,
    too_long: str = "message is too long",
) -> Formatted:
    """The text of a message; raises BadRequestError when it is empty, too long or cannot be parsed.

    An edit that is too long has other words than a new message, hence `too_long`.
    """
    formatted = _formatted(text, mode, entities)
    if not formatted.text:
        raise BadRequestError("message text is empty")
    if utf16_length(formatted.text) > TEXT_LIMIT:
        raise BadRequestError(too_long)
    return formatted


def caption_text(text: str | None, mode: object, entities: Sequence[MessageEntity] | None) -> Formatted:
    """A caption, which may be absent."""
    formatted = _formatted(text or "", mode, entities)
    if utf16_length(formatted.text) > CAPTION_LIMIT:
        raise BadRequestError("message caption is too long")
    return formatted


def found_in(text: str) -> list[MessageEntity]:
    """Commands, links, mentions and hashtags, which Telegram finds by itself."""
    return [
        MessageEntity(
            type=str(match.lastgroup),
            offset=utf16_length(text[: match.start()]),
            length=utf16_length(match[0]),
        )
        for match in FOUND.finditer(text)
    ]


def _formatted(text: str, mode: object, entities: Sequence[MessageEntity] | None) -> Formatted:
    if "\0" in text:
        raise ViolationError("text has a NUL character")
    if any(0xD800 <= ord(character) < 0xE000 for character in text):
        raise BadRequestError("strings must be encoded in UTF-8")
    return _with_found(_stripped(_parsed(text.replace("\r", ""), mode, entities)))


def _parsed(text: str, mode: object, entities: Sequence[MessageEntity] | None) -> Formatted:
    spoken = mode.lower() if isinstance(mode, str) else ""
    if spoken == "html":
        return parse_html(text)
    if spoken in {"markdown", "markdownv2"}:
        raise ViolationError("this sandbox does not speak Markdown; the bot writes HTML")
    if spoken:
        raise BadRequestError("unsupported parse_mode")
    length = utf16_length(text)
    for entity in entities or ():
        if entity.offset < 0 or entity.length <= 0 or entity.offset + entity.length > length:
            raise BadRequestError(f"can't parse entities: entity beyond the text at {entity.offset}")
    return Formatted(text, list(entities or ()))


def _stripped(formatted: Formatted) -> Formatted:
    """Telegram cuts white space at both ends and moves the entities along."""
    text = formatted.text
    head = utf16_length(text) - utf16_length(text.lstrip())
    stripped = text.strip()
    length = utf16_length(stripped)
    moved = [_moved(entity, head, length) for entity in formatted.entities]
    return Formatted(stripped, [entity for entity in moved if entity.length > 0])


def _moved(entity: MessageEntity, head: int, length: int) -> MessageEntity:
    begin = max(entity.offset - head, 0)
    end = min(entity.offset + entity.length - head, length)
    return entity.model_copy(update={"offset": begin, "length": end - begin})


def _with_found(formatted: Formatted) -> Formatted:
    """Adds what was found outside of the given links and code."""
    taken = [
        range(entity.offset, entity.offset + entity.length)
        for entity in formatted.entities
        if entity.type in {"text_link", "text_mention", "code", "pre", "custom_emoji"}
    ]
    new = [e for e in found_in(formatted.text) if not any(e.offset in span for span in taken)]
    order = sorted([*formatted.entities, *new], key=lambda entity: (entity.offset, -entity.length))
    return Formatted(formatted.text, order)
