"""Which taps lead from the main menu to each model."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from tests.buying.chat import Chat

PAGES = ("shelf", "family")


@dataclass(frozen=True)
class Route:
    """The buttons to press, one after the other, the model's own last; `model` is its name."""

    model: str
    taps: tuple[str, ...]


async def routes(somebody: Callable[[], Awaitable[Chat]]) -> list[Route]:
    """One to each model, in the order of the shelves; each category is looked through by somebody of their own."""
    menu = (await somebody()).screen
    found: dict[str, Route] = {}
    for shelf in menu.data("shelf"):
        await _look_through(await somebody(), shelf, found)
    return list(found.values())


async def _look_through(chat: Chat, shelf: str, found: dict[str, Route]) -> None:
    """Every page and every family of a category."""
    seen = {shelf}
    ahead: list[tuple[str, ...]] = [(shelf,)]
    while ahead:
        path = ahead.pop(0)
        await chat.press(path[-1])
        screen = chat.screen
        for data in screen.data("model"):
            found.setdefault(data.split(":")[1], Route(screen.label(data), (*path, data)))
        new = [it for prefix in PAGES for it in screen.data(prefix) if it not in seen]
        ahead += [(*path, it) for it in new]
        seen |= set(new)
