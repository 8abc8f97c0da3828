"""What one person has been shown so far, and what nobody may ever be shown."""

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fixtures.people import Message, buttons, text_of
from tests.walker.speech import MARK

LEAKED = re.compile(
    r"Traceback|\bNone\b|\bNaN\b|\\n|[{}]|\b\w+Error\b|[A-Z]\w+\(|&(?:lt|gt|amp|quot|#\d+);|</?(?:b|i|code)>"
)
"""What a person is shown only when a text was put together wrongly."""
GENERATION = re.compile(r"№(\d+)")
LONG_NUMBER = re.compile(r"\d{6,}")
REMEMBERED_BUTTONS = 400
FINAL = ("depart:",)
"""What buttons that end an account begin with: a walker stays."""
LONGEST_BEGINNING = 200
"""Letters of what is shown of a long text."""


class ShownWronglyError(AssertionError):
    """Somebody saw what nobody should see."""


@dataclass
class Sight:
    """One chat as its person saw it; `mark` and `person` are the words and the number that may stand in it."""

    person: int
    mark: str
    everybody: set[int]
    """The numbers of all people."""
    spoken: list[str] = field(default_factory=list)
    """All that the person typed, blanks made one: it may come back."""
    messages: dict[int, Message] = field(default_factory=dict)
    keys: list[tuple[int, str]] = field(default_factory=list)
    """Every button ever shown: message and data."""
    deleted_by_person: set[int] = field(default_factory=set)
    tapped: set[int] = field(default_factory=set)
    """Messages whose buttons were pressed; the bot may take one away while the tap is on its way."""
    generations: set[int] = field(default_factory=set)
    answers: dict[str, Message] = field(default_factory=dict)
    late: set[str] = field(default_factory=set)
    """Taps whose answer came too late."""
    payments: dict[str, str] = field(default_factory=dict)
    last: int = 0
    shown: int = 0
    """How many messages of the bot were sent or edited."""

    def take(self, changes: list[dict[str, Any]]) -> None:
        """Looks at what is new, in order; raises ShownWronglyError."""
        for change in changes:
            self.last = change["n"]
            look = getattr(self, f"_{change['kind']}", None)
            if look is not None:
                look(change["body"])

    def heard(self, words: str) -> None:
        """Something the person said."""
        said = " ".join(words.split())
        if said and said not in self.spoken:
            self.spoken.append(said)

    def newest(self) -> Message | None:
        """The lowest message that has buttons."""
        return next((it for _, it in sorted(self.messages.items(), reverse=True) if buttons(it)), None)

    def invoices(self) -> list[int]:
        """The messages with a Pay button."""
        return [number for number, it in self.messages.items() if "invoice" in it]

    def files(self) -> list[tuple[str, str]]:
        """Kind and file id of everything with bytes in this chat."""
        return [found for message in self.messages.values() if (found := _file(message)) is not None]

    def _message(self, message: Message) -> None:
        self.messages[message["message_id"]] = message
        if message["from"]["is_bot"]:
            self.shown += 1
            self._check(message)

    _edited = _message

    def _deleted(self, body: dict[str, Any]) -> None:
        for number in body["message_ids"]:
            self.messages.pop(number, None)

    def _callback(self, body: dict[str, Any]) -> None:
        if body["person"] == self.person:
            self.answers[body["id"]] = body
            self._check_words(body["text"] or "")

    def _payment(self, body: dict[str, Any]) -> None:
        if body["person"] == self.person:
            self.payments[body["pre_checkout_query_id"]] = body["state"]
            self._check_words(body["error"] or "")

    def _check(self, message: Message) -> None:
        self._check_words(text_of(message))
        for words in ("title", "description"):
            self._check_words(message.get("invoice", {}).get(words, ""))
        for button in buttons(message):
            self._check_words(button["text"])
            if (data := button.get("callback_data")) is not None:
                if not data.startswith(FINAL):
                    self.keys.append((message["message_id"], data))
                if not 1 <= len(data.encode()) <= 64:
                    raise ShownWronglyError(f"callback data {data!r}")
        del self.keys[:-REMEMBERED_BUTTONS]

    def _check_words(self, text: str) -> None:
        strangers = set(re.findall(MARK, text)) - {self.mark}
        if strangers:
            raise ShownWronglyError(f"words of {strangers} were shown to {self.mark}: {text!r}")
        rest = self._without_own_words(text)
        if others := {int(number) for number in LONG_NUMBER.findall(rest)} & self.everybody - {self.person}:
            raise ShownWronglyError(f"the numbers {others} were shown to {self.person}: {text!r}")
        if (leaked := LEAKED.search(rest)) is not None:
            raise ShownWronglyError(f"{leaked.group()!r} was shown: {text!r}")
        self.generations |= {int(number) for number in GENERATION.findall(text)}

    def _without_own_words(self, text: str) -> str:
        """What the bot says of its own."""
        text = " ".join(text.split())
        for words in sorted(self.spoken, key=len, reverse=True):
            text = text.replace(words, " ")
        *cut_off, rest = text.split("…")
        return "…".join([*map(self._without_own_beginning, cut_off), rest])

    def _without_own_beginning(self, text: str) -> str:
        """Of long words the bot shows a beginning, which may end in the middle of anything."""
        for words in self.spoken:
            for length in range(min(len(words), LONGEST_BEGINNING), 2, -1):
                if text.endswith(words[:length]):
                    return text[:-length]
        return text


def _file(message: Message) -> tuple[str, str] | None:
    if "photo" in message:
        return "photo", message["photo"][-1]["file_id"]
    kinds = ("video", "audio", "voice", "document", "animation")
    return next(((kind, message[kind]["file_id"]) for kind in kinds if kind in message), None)
