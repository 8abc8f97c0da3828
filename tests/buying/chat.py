"""One person's chat: what they do, and the screen that comes of it."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.buying.shop_screen import ShopScreen
from tests.fixtures.people import WAIT_SECONDS, Message, Person, text_of
from tests.walker.sight import Sight


class NoWayError(AssertionError):
    """A model could not be bought."""


@dataclass
class Chat:
    """`taps`: how many buttons were pressed; `trail`: what was done, for the words of a failure."""

    person: Person
    sight: Sight
    taps: int = 0
    trail: list[str] = field(default_factory=list)

    @property
    def screen(self) -> ShopScreen:
        """What can be tapped now."""
        newest = self.sight.newest()
        assert newest is not None
        return ShopScreen(newest)

    async def say(self, text: str) -> ShopScreen:
        """Types a text; the screen below it."""
        self.sight.heard(text)
        self._note(f"says {text[:80]!r}")
        return await self._below(await self.person.say(text))

    async def send(self, kind: str, content: bytes, name: str) -> ShopScreen:
        """Sends a file; the screen below it."""
        self._note(f"sends {name} as {kind}")
        file = await self.person.sandbox.upload(content, name)
        body = {"person": self.person.id, kind: file}
        sent = await self.person.sandbox.telegram("POST", f"chats/{self.person.id}/messages", body)
        return await self._below(int(sent["message_id"]))

    async def tap(self, data: str) -> ShopScreen:
        """Presses a button of the screen; what it shows then."""
        await self.touch(data)
        return self.screen

    async def touch(self, data: str) -> None:
        """The same where perhaps no button is left."""
        self.taps += 1
        self._note(f"taps {self.screen.label(data)!r} ({data})")
        await self.press(data)

    async def press(self, data: str) -> None:
        """The same with any data, also of a button that was seen elsewhere."""
        screen = self.screen
        query = await self.person.press(screen.number, data)

        def reacted() -> bool:
            answer = self.sight.answers.get(query)
            newest = self.sight.newest()
            is_new = self.sight.messages.get(screen.number) is not screen.message or (
                newest is not None and newest["message_id"] > screen.number
            )
            return answer is not None and (is_new or bool(answer["text"]))

        await self.until(reacted)

    async def until(self, seen: Callable[[], object]) -> None:
        """Looks at the chat until it is as awaited."""
        deadline = time.monotonic() + WAIT_SECONDS
        while not seen():
            if time.monotonic() > deadline:
                raise self.lost("nothing happens any more")
            await self.look(seconds=5)

    async def look(self, seconds: int = 0) -> None:
        """Takes in what is new; waits so long for it."""
        query = f"changes?after={self.sight.last}&chat={self.person.id}&timeout={seconds}"
        self.sight.take(await self.person.sandbox.telegram("GET", query))

    def lost(self, why: str) -> NoWayError:
        """What went wrong, with the last steps and the end of the chat."""
        chat: list[Message] = [it for _, it in sorted(self.sight.messages.items())[-4:]]
        return NoWayError("\n  ".join([why, *self.trail[-25:], *(f"{text_of(it)!r}" for it in chat)]))

    async def _below(self, sent: int) -> ShopScreen:
        def stands_below() -> bool:
            newest = self.sight.newest()
            return newest is not None and newest["message_id"] > sent

        await self.until(stands_below)
        return self.screen

    def _note(self, act: str) -> None:
        self.trail.append(act)
