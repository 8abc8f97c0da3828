"""The audit's one person: what they do, as updates of Telegram."""

from dataclasses import dataclass
from typing import Any, assert_never

from app.generation import State
from app.tools.buttons.chat import DATE, MEDIA, Shown, chat_json
from app.tools.buttons.stage import Stage
from app.tools.buttons.workshop import Ending

CURRENCY = "XTR"


@dataclass(frozen=True)
class Say:
    """Types a text."""

    text: str

    def __str__(self) -> str:
        return f"the text {self.text!r}"


@dataclass(frozen=True)
class Send:
    """Sends a file of a kind of `MEDIA`; `seconds` where it has a length."""

    kind: str
    seconds: int = 5
    mime: str | None = None

    def __str__(self) -> str:
        return f"a {self.kind}"


@dataclass(frozen=True)
class Tap:
    """Presses a button of a message."""

    message: Shown
    data: str
    label: str
    is_old: bool = False
    """The message does not show it any more."""

    def __str__(self) -> str:
        return f"the button {self.label!r} ({self.data})"


@dataclass(frozen=True)
class Pay:
    """Pays an invoice."""

    invoice: Shown

    def __str__(self) -> str:
        return f"the payment of {self.invoice.stars} Stars"


@dataclass(frozen=True)
class Wait:
    """Waits until the last generation has ended."""

    ending: Ending

    def __str__(self) -> str:
        return f"a generation that ends as {self.ending}"


Action = Say | Send | Tap | Pay | Wait


class Person:
    """`language` is the client's; without an `id` it is the stage's own person."""

    def __init__(self, stage: Stage, language: str, id: int | None = None) -> None:  # noqa: A002 - Telegram's word
        self.language = language
        self._stage = stage
        self._id = stage.person if id is None else id
        self._taps = 0

    async def do(self, action: Action) -> None:
        """Raises whatever the bot raises."""
        match action:
            case Say(text):
                await self._message(_typed(text), text)
            case Send():
                await self._message(_media(action))
            case Tap():
                await self._stage.feed(self._callback(action))
            case Pay(invoice):
                await self._message({"successful_payment": self._payment(invoice)})
            case Wait(ending):
                await self._wait(ending)
            case _:
                assert_never(action)

    async def _wait(self, ending: Ending) -> None:
        generation = await self._stage.newest()
        if generation is not None and generation.state is State.HELD:
            await self._stage.finish(generation, ending)

    async def _message(self, content: dict[str, Any], text: str = "") -> None:
        chat = self._stage.chat
        number = chat.next_id()
        chat.said[number] = text
        told = {"message_id": number, "date": DATE, "chat": chat_json(self._id), **content}
        await self._stage.feed({"message": {**told, "from": self._sender}})

    @property
    def _sender(self) -> dict[str, Any]:
        return {
            "id": self._id,
            "is_bot": False,
            "first_name": "Audit",
            "language_code": self.language,
        }

    def _callback(self, tap: Tap) -> dict[str, Any]:
        self._taps += 1
        told = {"id": f"tap{self._taps}", "from": self._sender, "chat_instance": "1", "data": tap.data}
        return {"callback_query": {**told, "message": tap.message.as_update(self._id)}}

    def _payment(self, invoice: Shown) -> dict[str, Any]:
        charge = f"rehearsal-{self._id}-{invoice.message_id}"
        return {
            "currency": CURRENCY,
            "total_amount": invoice.stars,
            "invoice_payload": invoice.payload,
            "telegram_payment_charge_id": charge,
            "provider_payment_charge_id": "",
        }


def tap_on(message: Shown, data: str) -> Tap:
    """A press of a button that this message may not show any more."""
    return Tap(message, data, "from an old menu", is_old=True)


def _typed(text: str) -> dict[str, Any]:
    if not text.startswith("/"):
        return {"text": text}
    length = len(text.split(" ", maxsplit=1)[0])
    return {"text": text, "entities": [{"type": "bot_command", "offset": 0, "length": length}]}


def _media(sent: Send) -> dict[str, Any]:
    content = MEDIA[sent.kind][sent.kind]
    if isinstance(content, list):
        return {"photo": [{**it, "width": 1024, "height": 1024, "file_size": 100_000} for it in content]}
    assert isinstance(content, dict)  # noqa: S101 - a file is an object, a photo a list of sizes
    facts: dict[str, Any] = {"file_size": 100_000}
    if "duration" in content:
        facts["duration"] = sent.seconds
    if sent.mime is not None:
        facts["mime_type"] = sent.mime
    return {sent.kind: {**content, **facts}}
