"""Many people at once, who buy every model between them."""

import asyncio
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.buying.buyer import Buyer, NothingToGoOnError, Purchase
from tests.buying.chat import Chat
from tests.buying.shelves import Route, routes
from tests.buying.shop_screen import PRICE, ShopScreen
from tests.fixtures.people import SandboxClient
from tests.fixtures.sandboxed import Sandboxed
from tests.walker.sight import Sight
from tests.walker.walk import kopecks

OLD_FRIENDS = "UPDATE person SET created_at = created_at - interval '2 days' WHERE id = %s"
"""What newcomers spend together is capped, and a whole shelf is more."""

SEQUELS_OF_ONE = 4
"""Nobody taps more than eighty times a minute."""
COUNTED = re.compile(r"(\d+) модел")


@dataclass
class Shop:
    """`at_once` people; each model is bought by somebody new, whose chat is short."""

    sandboxed: Sandboxed
    seed: int = 1
    at_once: int = 8
    people: int = 0
    counted: int = 0
    """Models, as the menu says."""
    purchases: list[Purchase] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    _waiting: dict[str, list[Route]] = field(default_factory=dict)
    """Models that go on from a result, by the name of one that makes such results."""

    async def buy_everything(self, sandbox: SandboxClient, only: str = "") -> None:
        """Every model whose name has these letters; those last that go on from a result of another."""
        menu = (await self._somebody(sandbox)).screen
        self.counted = int(COUNTED.findall(menu.text)[0])
        found = await routes(lambda: self._somebody(sandbox))
        wanted = [[it] for it in found if only.lower() in it.model.lower()]
        await self._all_buy(sandbox, wanted)
        first = {it.model: it for it in found}
        await self._all_buy(sandbox, [[first[maker], *later] for maker, later in self._sequels()])

    def _sequels(self) -> Iterator[tuple[str, list[Route]]]:
        """What waits for a result of a maker, a few for each person."""
        for maker, waiting in self._waiting.items():
            for start in range(0, len(waiting), SEQUELS_OF_ONE):
                yield maker, waiting[start : start + SEQUELS_OF_ONE]

    async def _all_buy(self, sandbox: SandboxClient, lists: list[list[Route]]) -> None:
        """Each list is one person's, in its order."""
        waiting = deque(lists)
        await asyncio.gather(*(self._work(sandbox, waiting) for _ in range(self.at_once)))

    async def _work(self, sandbox: SandboxClient, lists: deque[list[Route]]) -> None:
        while lists:
            wanted = lists.popleft()
            chat = await self._somebody(sandbox)
            for number, route in enumerate(wanted, start=1):
                try:
                    await self._buy(chat, route, plainly=number < len(wanted))
                except NothingToGoOnError as error:
                    self._waiting.setdefault(error.makers[0], []).append(route)
                except AssertionError as error:
                    self.failures.append(f"{route.model}: {error}")

    async def _buy(self, chat: Chat, route: Route, *, plainly: bool) -> None:
        before = balance_in(chat.screen)
        purchase = await Buyer(chat).buy(route, self.seed, plainly=plainly)
        lost = before - balance_in(await chat.say("/menu"))
        if lost != purchase.price:
            raise chat.lost(f"{purchase.price} kopecks were asked and {lost} are gone")
        self.purchases.append(purchase)

    async def _somebody(self, sandbox: SandboxClient) -> Chat:
        """With the menu before them."""
        self.people += 1
        mark = f"walker{self.people:05d}"
        person = await sandbox.person(mark)
        chat = Chat(person, Sight(person.id, mark, set()))
        await chat.say("/start")
        self.sandboxed.books.execute(OLD_FRIENDS, person.id)
        return chat


def balance_in(menu: ShopScreen) -> int:
    """Kopecks that it shows as the person's to spend."""
    shown = PRICE.search(menu.text)
    assert shown is not None, menu.text
    return kopecks(shown.group(1))
