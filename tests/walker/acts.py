"""What people do, each act with what must come of it."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.fixtures.people import Message, Person, RefusedError, buttons
from tests.walker.sight import FINAL, Sight
from tests.walker.speech import COMMANDS, GARBAGE, STRANGE, TEXTS


@dataclass
class Awaited:
    """What must be seen after an act: so many messages sent or edited, these taps answered, these payments ended."""

    said: str
    """What was done, for the trail."""
    messages: int = 0
    taps: list[str] = field(default_factory=list)
    payments: list[str] = field(default_factory=list)


class Actor(Protocol):
    """Who acts."""

    rng: random.Random
    sight: Sight
    person: Person
    uploads: "Uploads"

    @property
    def strangers_keys(self) -> list[str]:
        """Data of buttons that other people were shown."""
        ...


@dataclass(frozen=True)
class Uploads:
    """Files of the crowd, as the sandbox names them: (kind, file)."""

    files: tuple[tuple[str, str], ...]

    @property
    def pictures(self) -> list[str]:
        """Those that may stand in an album."""
        return [file for kind, file in self.files if kind == "photo"]


ONWARD = ("run:", "pick:", "offer:", "file:", "preset:", "buy:")
"""Buttons that lead towards a result: they are preferred, since what comes then matters most."""

Act = Callable[[Actor], Awaitable[Awaited | None]]


async def tap_forward(actor: Actor) -> Awaited | None:
    """A button of the newest screen."""
    newest = actor.sight.newest()
    if newest is None:
        return await command(actor)
    keys = [
        button for button in buttons(newest) if not button.get("callback_data", FINAL[0]).startswith(FINAL)
    ]
    if not keys:
        return await command(actor)
    onward = [button for button in keys if button["callback_data"].startswith(ONWARD)]
    chosen = actor.rng.choice(onward if onward and actor.rng.random() < 0.5 else keys)
    return await _tap(actor, newest["message_id"], chosen["callback_data"], chosen["text"])


async def tap_old(actor: Actor) -> Awaited | None:
    """Any button that was ever shown in this chat, its message deleted or not."""
    if not actor.sight.keys:
        return None
    message, data = actor.rng.choice(actor.sight.keys)
    return await _tap(actor, message, data, "an old button")


async def tap_twice(actor: Actor) -> Awaited | None:
    """The same button of the newest screen, two times at once."""
    newest = actor.sight.newest()
    keys = [button.get("callback_data", FINAL[0]) for button in buttons(newest or {})]
    keys = [data for data in keys if not data.startswith(FINAL)]
    if newest is None or not keys:
        return None
    data = actor.rng.choice(keys)
    taps = await asyncio.gather(*(actor.person.press(newest["message_id"], data) for _ in range(2)))
    return Awaited(f"two taps on {data}", taps=list(taps))


async def tap_nonsense(actor: Actor) -> Awaited | None:
    """Data that no screen has, or that somebody else's has, on a message of one's own."""
    newest = actor.sight.newest()
    if newest is None:
        return None
    foreign = actor.strangers_keys
    pool = foreign if foreign and actor.rng.random() < 0.6 else GARBAGE
    return await _tap(actor, newest["message_id"], actor.rng.choice(pool), "a forged button")


async def speak(actor: Actor) -> Awaited:
    """A text with the person's own word in it, or a bare one."""
    text = actor.rng.choice(TEXTS)
    if actor.rng.random() < 0.7:
        text = f"{actor.sight.mark} {text}"
    return await _say(actor, text)


async def speak_long(actor: Actor) -> Awaited:
    """As much as a message holds."""
    unit = actor.rng.choice(("слово ", "<&>😀 ", "ш", "e\u0301", "👨‍👩‍👧‍👦"))
    width = len(unit.encode("utf-16-le")) // 2
    start = f"{actor.sight.mark} "
    return await _say(actor, start + unit * ((actor.rng.choice((900, 2000, 4096)) - len(start)) // width))


async def speak_quickly(actor: Actor) -> Awaited:
    """Three messages at once."""
    texts = [f"{actor.sight.mark} {actor.rng.choice(TEXTS)}" for _ in range(3)]
    for text in texts:
        await _say(actor, text)
    return Awaited("three texts at once", messages=3)


async def command(actor: Actor) -> Awaited:
    """A command, mostly one that exists."""
    return await _say(actor, actor.rng.choice(COMMANDS))


async def send_file(actor: Actor) -> Awaited:
    """A photo, a clip, a voice …, new or from the chat itself, with or without words."""
    pool = [*actor.uploads.files, *actor.sight.files()]
    kind, file = actor.rng.choice(pool)
    body: dict[str, Any] = {kind: file}
    if actor.rng.random() < 0.5:
        body["caption"] = f"{actor.sight.mark} {actor.rng.choice(TEXTS)}"
    return await _send(actor, body, f"a {kind}")


async def send_album(actor: Actor) -> Awaited:
    """Two to five pictures at once."""
    pictures = [{"photo": actor.rng.choice(actor.uploads.pictures)} for _ in range(actor.rng.randint(2, 5))]
    caption = f"{actor.sight.mark} {actor.rng.choice(TEXTS)}" if actor.rng.random() < 0.5 else None
    return await _send(actor, {"album": pictures, "caption": caption}, "an album")


async def send_strange(actor: Actor) -> Awaited:
    """What the bot has no use for."""
    content = actor.rng.choice(STRANGE)
    return await _send(actor, {"content": content}, f"strange: {next(iter(content))}")


async def reply(actor: Actor) -> Awaited | None:
    """Words in reply to something in the chat."""
    if not actor.sight.messages:
        return None
    number = actor.rng.choice(sorted(actor.sight.messages))
    words = f"{actor.sight.mark} {actor.rng.choice(TEXTS)}"
    return await _send(actor, {"text": words, "reply_to": number}, f"a reply to {number}")


async def pay(actor: Actor) -> Awaited | None:
    """An invoice: paid, looked at and left, or paid when it is paid already."""
    invoices = actor.sight.invoices()
    if not invoices:
        return None
    body = {
        "person": actor.person.id,
        "message_id": actor.rng.choice(invoices),
        "pay": actor.rng.random() < 0.8,
    }
    asked = await _try(actor, "POST", "payments", body)
    queries = [asked["pre_checkout_query_id"]] if asked and "pre_checkout_query_id" in asked else []
    return Awaited(f"pays {body['message_id']}: {body['pay']}", payments=queries)


async def edit_own(actor: Actor) -> Awaited | None:
    """One's own words are changed afterwards; nobody has to react to that."""
    own = [number for number, it in actor.sight.messages.items() if not it["from"]["is_bot"] and "text" in it]
    if not own:
        return None
    words = f"{actor.sight.mark} {actor.rng.choice(TEXTS)}"
    actor.sight.heard(words)
    body = {"person": actor.person.id, "text": words}
    await _try(actor, "PATCH", f"messages/{actor.rng.choice(own)}", body)
    return Awaited("changes own words")


async def delete_any(actor: Actor) -> Awaited | None:
    """A message disappears on the person's side, perhaps the live screen; bots are not told."""
    if not actor.sight.messages:
        return None
    number = actor.rng.choice(sorted(actor.sight.messages))
    actor.sight.deleted_by_person.add(number)
    await _try(actor, "DELETE", f"messages/{number}", None)
    return Awaited(f"deletes {number}")


async def leave_and_return(actor: Actor) -> Awaited:
    """The bot is blocked for a moment: what it sends meanwhile is refused, and waits in the history."""
    for blocked in (True, False):
        await actor.person.sandbox.telegram("POST", f"people/{actor.person.id}/block", {"blocked": blocked})
        await asyncio.sleep(actor.rng.random())
    return Awaited("blocks the bot for a moment")


ACTS: tuple[tuple[Act, int], ...] = (
    (tap_forward, 45),
    (tap_old, 12),
    (tap_twice, 4),
    (tap_nonsense, 5),
    (speak, 14),
    (speak_long, 1),
    (speak_quickly, 1),
    (command, 7),
    (send_file, 6),
    (send_album, 2),
    (send_strange, 3),
    (reply, 2),
    (pay, 6),
    (edit_own, 1),
    (delete_any, 1),
    (leave_and_return, 1),
)
"""What is done, and how often out of about a hundred times."""


async def _tap(actor: Actor, message: int, data: str, words: str) -> Awaited:
    actor.sight.tapped.add(message)
    return Awaited(f"taps {words!r} ({data}) on {message}", taps=[await actor.person.press(message, data)])


async def _say(actor: Actor, text: str) -> Awaited:
    actor.sight.heard(text)
    await actor.person.say(text)
    return Awaited(f"says {text[:60]!r}", messages=1)


async def _send(actor: Actor, body: dict[str, Any], what: str) -> Awaited:
    for words in (body.get("caption"), body.get("text")):
        actor.sight.heard(words or "")
    sent = await _try(actor, "POST", "messages", {"person": actor.person.id, **body})
    return Awaited(f"sends {what}", messages=1 if sent else 0)


async def _try(actor: Actor, method: str, path: str, body: object) -> Message | None:
    """A client's wish that Telegram itself may refuse; then nobody has to answer."""
    try:
        done = await actor.person.sandbox.telegram(method, f"chats/{actor.person.id}/{path}", body)
    except RefusedError:
        return None
    return dict(done)
