"""Telegram's HTML: text and entities out of markup, with the server's own words for what is wrong.

Works on UTF-8 bytes, as Telegram does, because its errors name byte offsets; entities count UTF-16 units.
"""

import re
from dataclasses import dataclass, field

from aiogram.types import MessageEntity, User

from app.sandbox.telegram.errors import BadRequestError

# Tag → type of its entity.
TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
CHARACTERS = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
REFERENCE = re.compile(rb"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|(lt|gt|amp|quot));?")
SPACES = b" \t\r\n\v\f"
WORD = re.compile(rb"[A-Za-z0-9.\-]*")
TG_USER = re.compile(r"tg://user/?\?id=(\d+)")


@dataclass(frozen=True)
class Formatted:
    """Plain text and what is special in it, sorted as Telegram sorts: by offset, the longer first."""

    text: str
    entities: list[MessageEntity]


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int  # UTF-16 units
    position: int  # index into the pieces written so far


@dataclass
class _Reader:
    source: bytes
    at: int = 0
    pieces: list[str] = field(default_factory=list)
    length: int = 0  # UTF-16 units written
    stack: list[_Open] = field(default_factory=list)
    entities: list[MessageEntity] = field(default_factory=list)

    def peek(self) -> bytes:
        return self.source[self.at : self.at + 1]

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.length += utf16_length(text)

    def skip_spaces(self) -> None:
        while self.peek() and self.peek() in SPACES:
            self.at += 1

    def until(self, stops: bytes) -> bytes:
        """Everything up to one of the stops, or to the end."""
        begin = self.at
        while self.peek() and self.peek() not in stops:
            self.at += 1
        return self.source[begin : self.at]


def utf16_length(text: str) -> int:
    """Length as Telegram counts it."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(source: str) -> Formatted:
    """Raises BadRequestError in Telegram's words: "can't parse entities: …"."""
    reader = _Reader(source.encode())
    while reader.at < len(reader.source):
        if reader.peek() != b"<":
            _read_text(reader)
        elif reader.source[reader.at + 1 : reader.at + 2] == b"/":
            _read_end(reader)
        else:
            _read_start(reader)
    if reader.stack:
        raise _wrong(f'Can\'t find end tag corresponding to start tag "{reader.stack[-1].tag}"')
    order = sorted(reader.entities, key=lambda entity: (entity.offset, -entity.length))
    return Formatted("".join(reader.pieces), order)


def _wrong(reason: str) -> BadRequestError:
    return BadRequestError(f"can't parse entities: {reason}")


def _decode(match: re.Match[bytes]) -> str:
    if match[3]:
        return CHARACTERS[match[3]]
    number = int(match[1], 16) if match[1] else int(match[2])
    valid = 0 < number < 0x110000 and not 0xD800 <= number < 0xE000
    return chr(number) if valid else match[0].decode()


def _read_text(reader: _Reader) -> None:
    raw = reader.until(b"<")
    pieces, end = [], 0
    for match in REFERENCE.finditer(raw):
        pieces += [raw[end : match.start()].decode(), _decode(match)]
        end = match.end()
    reader.write("".join([*pieces, raw[end:].decode()]))


def _read_start(reader: _Reader) -> None:
    begin = reader.at
    reader.at += 1
    tag = reader.until(SPACES + b">").decode(errors="replace").lower()
    if not reader.peek():
        raise _wrong(f"Unclosed start tag at byte offset {begin}")
    if tag not in TYPES:
        raise _wrong(f'Unsupported start tag "{tag}" at byte offset {begin}')
    argument = ""
    reader.skip_spaces()
    while reader.peek() != b">":
        name, value = _read_attribute(reader, tag, begin)
        argument = _argument(tag, name, value, argument)
        reader.skip_spaces()
    reader.at += 1
    if tag == "span" and argument != "spoiler":
        raise _wrong(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
    reader.stack.append(_Open(tag, argument, reader.length, len(reader.pieces)))


def _read_attribute(reader: _Reader, tag: str, begin: int) -> tuple[str, str]:
    name = reader.until(SPACES + b"=>/\"'").decode(errors="replace")
    if not name:
        raise _wrong(f'Empty attribute name in the tag "{tag}" at byte offset {begin}')
    reader.skip_spaces()
    if not reader.peek():
        raise _wrong(f'Unclosed start tag "{tag}" at byte offset {begin}')
    if reader.peek() != b"=":
        return name, ""
    reader.at += 1
    reader.skip_spaces()
    if not reader.peek():
        raise _wrong(f'Unclosed start tag "{tag}" at byte offset {begin}')
    value = _read_quoted(reader) if reader.peek() in b"\"'" else _read_word(reader)
    if not reader.peek():
        raise _wrong(f"Unclosed start tag at byte offset {begin}")
    return name, value


def _read_quoted(reader: _Reader) -> str:
    quote = reader.peek()
    reader.at += 1
    raw = reader.until(quote)
    reader.at += 1
    return REFERENCE.sub(lambda match: _decode(match).encode(), raw).decode(errors="replace")


def _read_word(reader: _Reader) -> str:
    begin = reader.at
    match = WORD.match(reader.source, begin)
    reader.at = match.end() if match else begin
    if reader.peek() and reader.peek() not in SPACES + b">":
        raise _wrong(f"Unexpected end of name token at byte offset {begin}")
    return reader.source[begin : reader.at].decode().lower()


def _argument(tag: str, name: str, value: str, before: str) -> str:
    if (tag, name) in {("a", "href"), ("tg-emoji", "emoji-id")}:
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else before


def _read_end(reader: _Reader) -> None:
    begin = reader.at
    if not reader.stack:
        raise _wrong(f"Unexpected end tag at byte offset {begin}")
    reader.at += 2
    found = reader.until(SPACES + b">").decode(errors="replace").lower()
    reader.skip_spaces()
    if reader.peek() != b">":
        raise _wrong(f"Unclosed end tag at byte offset {begin}")
    reader.at += 1
    opened = reader.stack.pop()
    if found and found != opened.tag:
        raise _wrong(
            f'Unmatched end tag at byte offset {begin}, expected "</{opened.tag}>", found "</{found}>"'
        )
    if reader.length > opened.offset:
        _close(reader, opened)


def _close(reader: _Reader, opened: _Open) -> None:
    length = reader.length - opened.offset
    if opened.tag in {"pre", "code"} and reader.entities:
        inner = reader.entities[-1]
        same = (inner.offset, inner.length) == (opened.offset, length)
        if same and {inner.type, opened.tag} == {"pre", "code"} and (opened.argument or inner.language):
            language = opened.argument or inner.language
            reader.entities[-1] = MessageEntity(
                type="pre", offset=opened.offset, length=length, language=language
            )
            return
    entity = _entity(opened, length, "".join(reader.pieces[opened.position :]))
    if entity is not None:
        reader.entities.append(entity)


def _entity(opened: _Open, length: int, inside: str) -> MessageEntity | None:
    kind, argument, offset = TYPES[opened.tag], opened.argument, opened.offset
    if kind == "text_link":
        return _link(argument or inside, offset, length)
    if kind == "custom_emoji" and not (argument.isascii() and argument.isdecimal() and int(argument)):
        raise _wrong("Invalid custom emoji identifier specified")
    return MessageEntity(
        type="expandable_blockquote" if kind == "blockquote" and argument else kind,
        offset=offset,
        length=length,
        language=argument or None if kind == "code" else None,
        custom_emoji_id=argument if kind == "custom_emoji" else None,
    )


def _link(url: str, offset: int, length: int) -> MessageEntity | None:
    """Telegram silently drops links that lead nowhere; a link to a person becomes a mention."""
    if user := TG_USER.fullmatch(url):
        person = User(id=int(user[1]), is_bot=False, first_name="?")
        return MessageEntity(type="text_mention", offset=offset, length=length, user=person)
    scheme, separator, rest = url.partition("://")
    full = url if separator else f"http://{url}"
    host = (rest if separator else url).partition("/")[0]
    good = (
        (scheme in {"http", "https", "tg", "ton"} if separator else "." in host) and host and " " not in full
    )
    if not good:
        return None
    full = full if full.count("/") > 2 or scheme == "tg" else f"{full}/"
    return MessageEntity(type="text_link", offset=offset, length=length, url=full)
