"""A screen as a person reads it: what is asked, within which limits, and what it would cost."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from tests.fixtures.people import Message, buttons, text_of
from tests.walker.walk import kopecks

PRICE = re.compile(r"(\d[\d\s.,]*)\s₽")
NUMBER = re.compile(r"число от (-?[\d.]*) до (-?[\d.]*)\.")
LONGEST = re.compile(r"сообщением, до (\d+)")
MOST_FILES = re.compile(r"альбомом: до (\d+)")
TOGETHER = re.compile(r"вместе: ([\d.]+) из ([\d.]+)")
GENERATION = re.compile(r"№(\d+)")
FILES = {"📷": "image", "🎬 Пришлите": "video", "🎙 Пришлите": "audio"}


class Asked(Enum):
    """What a screen wants."""

    CONSENT = auto()
    PRICE = auto()
    CHANGE = auto()  # answers that do not go together
    PARTS = auto()  # a list, with what is in it so far
    CHOICE = auto()
    FILE = auto()
    RESULT = auto()  # one of what was made before
    TAKE = auto()  # this one or that
    NOTHING = auto()  # there is none yet
    NUMBER = auto()
    TEXT = auto()


@dataclass(frozen=True)
class ShopScreen:
    """The lowest message with buttons."""

    message: Message

    @property
    def number(self) -> int:
        """The message's."""
        return int(self.message["message_id"])

    @property
    def text(self) -> str:
        """All that it says."""
        return text_of(self.message)

    @property
    def refusal(self) -> str | None:
        """What was wrong with the answer just given."""
        first = self.text.split("\n")[0]
        return first if first.startswith("⚠️") else None

    @property
    def price(self) -> int:
        """Kopecks on the button that takes them."""
        found = PRICE.search(self.label(self.data("run")[0]))
        assert found is not None, self.message
        return kopecks(found.group(1))

    @property
    def longest(self) -> int | None:
        """Characters that a text may have."""
        found = LONGEST.search(self.text)
        return None if found is None else int(found.group(1))

    @property
    def most_files(self) -> int:
        """How many may be sent."""
        found = MOST_FILES.search(self.text)
        return 1 if found is None else int(found.group(1))

    @property
    def bounds(self) -> tuple[str, str] | None:
        """The least and the largest number, as they stand there."""
        found = NUMBER.search(self.text)
        return None if found is None else (found.group(1), found.group(2))

    @property
    def file_kind(self) -> str | None:
        """Which kind of file is asked for."""
        return next((kind for sign, kind in FILES.items() if f"\n{sign}" in self.text), None)

    @property
    def is_short(self) -> bool:
        """Whether the parts of a list do not add up to the whole yet."""
        found = TOGETHER.search(self.text)
        return found is not None and float(found.group(1)) < float(found.group(2))

    @property
    def asked(self) -> Asked:
        """What has to be done now."""
        signs = (
            (Asked.CONSENT, self.data("agree")),
            (Asked.PRICE, self.data("run")),
            (Asked.CHANGE, "🧾" in self.text),
            (Asked.PARTS, self.data("part") or self.data("drop")),
            (Asked.CHOICE, self.data("pick")),
            (Asked.TAKE, self.data("take")),
            (Asked.FILE, self.file_kind),
            (Asked.RESULT, self.data("mine")),
            (Asked.NOTHING, self.data("model")),
            (Asked.NUMBER, self.bounds),
        )
        return next((asked for asked, sign in signs if sign), Asked.TEXT)

    def data(self, prefix: str, ending: str = "") -> list[str]:
        """The buttons of a kind."""
        all_data = (button.get("callback_data", "") for button in buttons(self.message))
        return [it for it in all_data if it.startswith(f"{prefix}:") and it.endswith(ending)]

    def act(self, name: str) -> str | None:
        """The button that does this with the draft."""
        return next(iter(self.data("draft", f":{name}")), None)

    def label(self, data: str) -> str:
        """The words of a button."""
        return str(next(it["text"] for it in buttons(self.message) if it.get("callback_data") == data))
