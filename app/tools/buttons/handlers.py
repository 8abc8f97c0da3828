"""Every handler of taps that the bot has, and which of them would take a given tap."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from typing import Any

from aiogram import BaseMiddleware, Dispatcher, F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command, or_f
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.types import TelegramObject
from magic_filter import MagicFilter

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

FALLBACK = "fallback"
"""The router that answers whatever nobody else understands; it covers nothing."""


EITHER = type(or_f(F))
"""The library does not name the class of this filter."""


class Kind(StrEnum):
    """How much of the data a handler names: all that it acts on, the class alone, or nothing."""

    EXACT = "exact"
    PREFIX = "prefix"
    FALLBACK = "fallback"


@dataclass(frozen=True)
class TapHandler:
    """A handler of taps: `place` counts in order of precedence.

    One that `sweeps` takes several classes without any condition: whatever the screens before it let go by.
    """

    name: str
    place: int
    router: str = field(compare=False)
    kind: Kind = field(compare=False)
    filters: tuple[object, ...] = field(compare=False)
    classes: frozenset[type[CallbackData]] = field(compare=False)
    sweeps: bool = field(compare=False, default=False)

    def takes_rest_of(self, first: "TapHandler") -> bool:
        """Whether it was written for what `first` lets go by: the same class, fewer conditions, right behind it."""
        if self.sweeps:
            return self.place > first.place and bool(first.classes) and first.classes <= self.classes
        return (
            self.router == first.router
            and self.place > first.place
            and self.classes == first.classes
            and set(self.filters) < set(first.filters)
        )


class Census:
    """All handlers of one dispatcher."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._by_object: dict[int, TapHandler] = {}
        self.commands: list[str] = []
        for router in dispatcher.chain_tail:
            for handler in router.callback_query.handlers:
                self._by_object[id(handler)] = _tap_handler(router, handler, len(self._by_object))
            self.commands += [name for it in router.message.handlers for name in _commands(it)]

    @property
    def handlers(self) -> tuple[TapHandler, ...]:
        """In order of precedence."""
        return tuple(self._by_object.values())

    @property
    def classes(self) -> dict[str, type[CallbackData]]:
        """By prefix, every class of data that some handler names."""
        return {it.__prefix__: it for handler in self.handlers for it in handler.classes}

    def named(self, handler: HandlerObject) -> TapHandler | None:
        """Ours for aiogram's."""
        return self._by_object.get(id(handler))

    def rests(self) -> Iterator[TapHandler]:
        """The handlers that take what another one lets go by: old buttons."""
        for handler in self.handlers:
            if any(handler.takes_rest_of(first) for first in self.handlers):
                yield handler


class Probe(BaseMiddleware):
    """Lets aiogram ask every handler before the first one that fits acts."""

    def __init__(self) -> None:
        self.takers: list[HandlerObject] = []
        self._calls: list[Callable[[], Awaitable[Any]]] = []

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Around the choice: when all were asked, the first is called with what its filters gave it."""
        self.takers.clear()
        self._calls.clear()
        result = await handler(event, data)
        return await self._calls[0]() if self._calls else result

    async def put_off(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Between the choice of a handler and its call: raises SkipHandler, so that the next one is asked."""
        self.takers.append(data["handler"])
        self._calls.append(partial(handler, event, dict(data)))
        raise SkipHandler


def conflict(takers: list[TapHandler]) -> tuple[TapHandler, TapHandler] | None:
    """Two of these handlers that would both take a tap, though none was written for what the other lets go by."""
    real = [it for it in takers if it.kind is not Kind.FALLBACK]
    for number, first in enumerate(real):
        for second in real[number + 1 :]:
            if not second.takes_rest_of(first):
                return first, second
    return None


def _tap_handler(router: Router, handler: HandlerObject, place: int) -> TapHandler:
    filters = [_identity(it) for it in handler.filters or ()]
    names = [name for it in handler.filters or () for name in _named(it)]
    kind = Kind.EXACT if any(it.rule is not None for it in names) else Kind.PREFIX
    return TapHandler(
        name=f"{router.name}.{handler.callback.__name__}",
        router=router.name,
        kind=Kind.FALLBACK if router.name == FALLBACK else kind,
        place=place,
        filters=tuple(part for it in filters for part in it),
        classes=frozenset(it.callback_data for it in names),
        sweeps=len(names) > 1 and len(handler.filters or ()) == 1 and all(it.rule is None for it in names),
    )


def _named(it: FilterObject) -> list[CallbackQueryFilter]:
    """The classes of data that a filter asks for."""
    if isinstance(it.callback, EITHER):
        return [name for target in it.callback.targets for name in _named(target)]
    return [it.callback] if isinstance(it.callback, CallbackQueryFilter) else []


def _identity(it: FilterObject) -> list[object]:
    """What a filter asks, comparable with what another one asks."""
    if not isinstance(it.callback, CallbackQueryFilter):
        return [it.magic or it.callback]
    rule = it.callback.rule
    return [it.callback.callback_data, *([] if rule is None else [_meaning(rule)])]


def _meaning(rule: MagicFilter) -> str:
    """What a rule computes, equal for equal rules; the library itself compares them by identity."""
    return str([(type(it).__name__, [getattr(it, slot) for slot in _slots(it)]) for it in rule._operations])


def _slots(operation: object) -> tuple[str, ...]:
    return tuple(getattr(operation, "__slots__", ()))


def _commands(handler: HandlerObject) -> Iterator[str]:
    for it in handler.filters or ():
        if isinstance(it.callback, Command):
            yield from (name for name in it.callback.commands if isinstance(name, str))
