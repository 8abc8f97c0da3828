"""People who write to the bot: they make updates as Telegram does and feed them to the event handler."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from app.db import Epoch
from app.inbox import Event, EventHandler
from tests.unit.bot.fake_telegram import FakeTelegram, Shown, chat_json, message_json


@dataclass
class Wire:
    """Between people and the bot: events get ids as the inbox gives them."""

    telegram: FakeTelegram
    events: EventHandler
    epoch: Epoch
    store: Any = None
    """`async (event id) -> None`: puts a row for the event into the inbox; None where no database is there."""
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    pause: float = 10.0
    """Seconds between two things that people do, however fast the test is."""
    moment: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    async def feed(self, update: dict[str, Any], *, applied: bool = False) -> Event:
        """One update, handled to its end."""
        event = await self.event(update, applied=applied)
        await self.events.handle(event, self.epoch)
        return event

    async def event(self, update: dict[str, Any], *, applied: bool = False) -> Event:
        """The stored event of an update."""
        number = next(self.numbers)
        payload = json.dumps({"update_id": number, **update}).encode()
        if self.store is not None:
            number = await self.store(number, payload)
        self.moment += timedelta(seconds=self.pause)
        return Event(
            number, "telegram", str(number), "lane", payload, self.moment, attempt=1, applied=applied
        )


@dataclass
class Somebody:
    """One person in one chat."""

    wire: Wire
    id: int = 501
    first_name: str = "Иван"
    language_code: str = "ru"
    chat_id: int = 0

    def __post_init__(self) -> None:
        self.chat_id = self.chat_id or self.id
        self._last_tap = ""

    @property
    def sender(self) -> dict[str, Any]:
        """As Telegram tells of the person."""
        return {
            "id": self.id,
            "is_bot": False,
            "first_name": self.first_name,
            "language_code": self.language_code,
        }

    @property
    def screen(self) -> Shown:
        """The newest message of the bot in this chat."""
        return self.wire.telegram.in_chat(self.chat_id)[-1]

    @property
    def toast(self) -> str | None:
        """What the last tap was answered with."""
        return self.wire.telegram.answers[self._last_tap].text

    def message(self, **content: Any) -> dict[str, Any]:
        """An update with a message of this person."""
        return {
            "message": {
                "message_id": next(self.wire.numbers) + 10_000,
                "date": 1_790_000_000,
                "chat": chat_json(self.chat_id),
                "from": self.sender,
                **content,
            }
        }

    def callback(self, data: str, message: Shown, **changes: Any) -> dict[str, Any]:
        """An update with a tap on a message."""
        self._last_tap = f"tap{next(self.wire.numbers)}"
        return {
            "callback_query": {
                "id": self._last_tap,
                "from": self.sender,
                "chat_instance": "1",
                "data": data,
                "message": message_json(message) | changes,
            }
        }

    async def say(self, text: str) -> Shown:
        """Types a text; returns what the bot shows then."""
        command = [{"type": "bot_command", "offset": 0, "length": len(text.split(" ", maxsplit=1)[0])}]
        entities = {"entities": command} if text.startswith("/") else {}
        await self.wire.feed(self.message(text=text, **entities))
        return self.screen

    async def find(self, shelf: str, model: str) -> Shown:
        """From the menu to the card of a model by taps alone: its shelf, its family where there is one, its page."""
        screen = await self.tap(shelf)
        while not any(model in it for it in screen.buttons):
            families = (it.partition(" · ")[0] for it in screen.buttons if " · " in it)
            family = next((f"{it} · " for it in families if model.startswith(it)), None)
            screen = await self.tap(family or " →")
        return await self.tap(model)

    async def leaf(self, words: str) -> Shown:
        """Taps the button, on this page of a list or on the first one after it that has it."""
        screen = self.screen
        while not any(words in it for it in screen.buttons):
            screen = await self.tap(" →")
        return await self.tap(words)

    async def tap(self, words: str, message: Shown | None = None, **changes: Any) -> Shown:
        """Taps the button whose text contains `words`."""
        message = message or self.screen
        data = next((data for text, data in message.buttons.items() if words in text), None)
        assert data is not None, f"no button {words!r} among {list(message.buttons)}"
        await self.wire.feed(self.callback(data, message, **changes))
        return self.screen
