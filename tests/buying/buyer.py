"""One purchase: from the main menu to the result."""

import random
from dataclasses import dataclass, field

from tests.buying.chat import Chat, NoWayError
from tests.buying.fitting import file_for, fitting_choice, fitting_number, fitting_text
from tests.buying.shelves import Route
from tests.buying.shop_screen import GENERATION, PRICE, Asked, ShopScreen
from tests.fixtures.people import Message, text_of
from tests.walker.walk import kopecks

MOST_ANSWERS = 60
ATTEMPTS = 4
MEDIA = ("photo", "video", "audio", "document", "animation", "voice")


@dataclass(frozen=True)
class Purchase:
    """What was bought. `price` in kopecks, as the button said it; `optional`: what was set without need."""

    model: str
    person: int
    generation: int
    price: int
    taps: int
    optional: str | None


@dataclass
class Buyer:
    """One person, who buys one model after the other."""

    chat: Chat
    rng: random.Random = field(default_factory=random.Random)
    refused: int = 0
    """How often the answer to the present question was not taken."""
    changed: int = 0
    """How often an answer had to be changed since it did not go with another."""

    async def buy(self, route: Route, seed: int, *, plainly: bool = False) -> Purchase:
        """With one more input than needed where answers allow it; the last attempt makes do without.

        Raises NothingToGoOnError for a model that goes on from what the person has not.
        """
        for attempt in range(ATTEMPTS - 1 if plainly else 0, ATTEMPTS):
            self.rng = random.Random(f"{seed}:{attempt}:{route.model}")
            taps = self.chat.taps
            try:
                await self._enter(route)
                optional = await self._more() if attempt < ATTEMPTS - 1 else None
            except DeadEndError:
                continue
            price, generation = await self._confirm()
            taps = self.chat.taps - taps
            await self._receive(generation, price)
            return Purchase(route.model, self.chat.person.id, generation, price, taps, optional)
        raise self.chat.lost(f"{route.model} cannot be bought")

    async def _enter(self, route: Route) -> None:
        """To the card of the model, and through its questions."""
        self.chat.trail.clear()
        screen = self.chat.screen if self.chat.screen.data("shelf") else await self.chat.say("/start")
        for data in route.taps:
            if data not in screen.data(data.partition(":")[0]):
                raise self.chat.lost(f"{data} is not on the way to {route.model}")
            screen = await self.chat.tap(data)
        await self._answer_all(await self._act(screen, "resume"))

    async def _more(self) -> str | None:
        """Sets one of the settings, and taps another choice of the card."""
        screen = self.chat.screen
        if screen.data("pick"):
            screen = await self._answer_all(await self.chat.tap(fitting_choice(screen, self.rng)))
        if screen.act("settings") is None:
            return None
        settings = await self._act(screen, "settings")
        chosen = self.rng.choice(settings.data("ask"))
        label = settings.label(chosen)
        await self._answer_all(await self.chat.tap(chosen))
        return label

    async def _answer_all(self, screen: ShopScreen) -> ShopScreen:
        """Until the price is on show."""
        self.refused = self.changed = 0
        for _ in range(MOST_ANSWERS):
            if screen.asked is Asked.PRICE:
                return screen
            screen = await self._answer(screen)
            self.refused = self.refused + 1 if screen.refusal else 0
        raise DeadEndError("no end of questions")

    async def _answer(self, screen: ShopScreen) -> ShopScreen:
        times, rng = self.refused + self.changed, self.rng
        match screen.asked:
            case Asked.PARTS:
                return await self._list_parts(screen)
            case Asked.FILE:
                return await self._give_file(screen)
            case Asked.CHANGE:
                return await self._change(screen)
            case Asked.NOTHING:
                raise NothingToGoOnError([screen.label(it) for it in screen.data("model")])
            case Asked.NUMBER:
                return await self.chat.say(fitting_number(screen, rng, times))
            case Asked.TEXT:
                return await self.chat.say(fitting_text(screen, rng, times))
        plain = [it for prefix in ("agree", "take", "mine") for it in screen.data(prefix)]
        return await self.chat.tap(plain[0] if plain else fitting_choice(screen, rng))

    async def _change(self, screen: ShopScreen) -> ShopScreen:
        """Another answer to the question that is named; files are sent anew."""
        self.changed += 1
        if self.changed > 4:
            raise DeadEndError(screen.text)
        named = screen.data("ask") or screen.data("pick")
        if not named:
            raise self.chat.lost("there is no way on")
        screen = await self.chat.tap(self.rng.choice(named))
        clear = screen.act("clear")
        return screen if clear is None else await self.chat.tap(clear)

    async def _list_parts(self, screen: ShopScreen) -> ShopScreen:
        """At least one, and enough where they add up to something."""
        add, done = screen.data("part"), screen.act("done")
        wants_more = not screen.data("drop") or screen.is_short or self.rng.random() < 0.3
        if add and (done is None or wants_more):
            return await self.chat.tap(add[0])
        return await self._act(screen, "done")

    async def _give_file(self, screen: ShopScreen) -> ShopScreen:
        done = screen.act("done")
        if done is not None and (screen.most_files == 1 or self.refused or self.rng.random() < 0.7):
            return await self.chat.tap(done)
        kind = screen.file_kind
        assert kind is not None
        return await self.chat.send(*file_for(kind, self.refused))

    async def _act(self, screen: ShopScreen, name: str) -> ShopScreen:
        data = screen.act(name)
        if data is None:
            raise self.chat.lost(f"there is no button to {name}")
        return await self.chat.tap(data)

    async def _confirm(self) -> tuple[int, int]:
        """Pays; the kopecks on the button and the number of the generation."""
        card = self.chat.screen
        await self.chat.touch(card.data("run")[0])
        found = GENERATION.search(text_of(self.chat.sight.messages[card.number]))
        if found is None:
            raise self.chat.lost("it was not begun")
        return card.price, int(found.group(1))

    async def _receive(self, generation: int, price: int) -> None:
        """Waits for the result, with the number and the price that were agreed on."""
        ends = (f"made:{generation}:again", f"made:{generation}:original")

        def ended() -> Message | None:
            shown = [it for it in self.chat.sight.messages.values() if ShopScreen(it).data("made")]
            return next(
                (it for it in shown if any(ShopScreen(it).data("made", end[4:]) for end in ends)), None
            )

        await self.chat.until(ended)
        result = ended()
        assert result is not None
        if not ShopScreen(result).data("made", f":{generation}:original"):
            raise self.chat.lost(f"№{generation} failed")
        self._check_result(result, generation, price)

    def _check_result(self, result: Message, generation: int, price: int) -> None:
        texts = [text_of(it) for it in self.chat.sight.messages.values() if f"№{generation} ·" in text_of(it)]
        prices = {kopecks(found.group(1)) for text in texts if (found := PRICE.search(text.split("\n")[0]))}
        if prices - {price}:
            raise self.chat.lost(f"№{generation} was {price} on the button and is {prices} now")
        album = [it for it in self.chat.sight.messages.values() if "media_group_id" in it]
        if not any(kind in it for it in (result, *album) for kind in MEDIA):
            raise self.chat.lost(f"№{generation} has no file")


class NothingToGoOnError(Exception):
    """An earlier result is needed, of one of these models."""

    def __init__(self, makers: list[str]) -> None:
        super().__init__(makers)
        self.makers = makers


class DeadEndError(Exception):
    """Answers drawn by chance that nothing but other answers can mend."""


__all__ = ["Buyer", "NoWayError", "NothingToGoOnError", "Purchase"]
