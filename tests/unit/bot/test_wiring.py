"""The dispatcher carries what handlers ask for; each handler is there once, short, and reachable by a command."""

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

import pytest
from aiogram import Dispatcher, Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command, CommandStart
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.types import CallbackQuery
from aiogram.types import User as TelegramUser

from app.db import Database
from app.users import User
from bot import filters, routers
from bot.commands import COMMANDS, STAFF_COMMANDS
from bot.factory import BotSide
from bot.texts import Texts, Words
from bot.visit import Visit
from tests.unit.bot.house import build_house
from tests.unit.bot.test_callbacks import LARGEST

BY_MIDDLEWARE = {"visit": Visit, "user": User, "words": Words}
BY_AIOGRAM = {"callback_data", "command", "event_from_user", "bot"}
MOST_LINES, MOST_PARAMETERS = 25, 6


@pytest.fixture(scope="module")
def side() -> BotSide:
    """The bot over services that are never called: their database is nowhere."""
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    return build_house(nowhere, Path("/nonexistent")).side


def handlers(router: Router) -> Iterator[HandlerObject]:
    """Every handler of messages, taps and subscriptions, in order of precedence."""
    for observer in (router.message, router.callback_query, router.subscription):
        yield from observer.handlers
    for child in router.sub_routers:
        yield from handlers(child)


def given_by_filters(handler: HandlerObject) -> dict[str, Any]:
    """What the filters of a handler put beside the event, by name."""
    given: dict[str, Any] = {}
    for it in handler.filters or []:
        returned = get_type_hints(it.callback).get("return") if inspect.isfunction(it.callback) else None
        for part in getattr(returned, "__args__", ()):
            given |= get_type_hints(part) if hasattr(part, "__total__") else {}
        if it.magic is not None:
            asked = inspect.signature(handler.callback).parameters.keys()
            given |= dict.fromkeys({"paid", "returned"} & asked, Any)
    return given


def carried(dispatcher: Dispatcher) -> dict[str, object]:
    """What the dispatcher carries by name."""
    return dict(dispatcher.workflow_data)


def test_every_handler_asks_only_for_what_the_dispatcher_carries(side: BotSide) -> None:
    names = carried(side.dispatcher).keys() | BY_MIDDLEWARE.keys() | BY_AIOGRAM
    for handler in handlers(side.dispatcher):
        _, *asked = inspect.signature(handler.callback).parameters
        missing = set(asked) - names - given_by_filters(handler).keys()
        assert missing == set(), f"{handler.callback.__module__}.{handler.callback.__name__}"


def test_every_handler_names_the_type_that_comes(side: BotSide) -> None:
    objects = carried(side.dispatcher)
    for handler in handlers(side.dispatcher):
        hints = get_type_hints(handler.callback)
        expected = BY_MIDDLEWARE | given_by_filters(handler)
        for name, kind in hints.items():
            if name in objects:
                assert isinstance(objects[name], kind), f"{handler.callback.__name__}: {name}"
            elif name in expected and expected[name] is not Any:
                assert expected[name] == kind, f"{handler.callback.__name__}: {name}"


def test_every_filter_asks_only_for_what_the_dispatcher_carries(side: BotSide) -> None:
    names = carried(side.dispatcher).keys() | BY_MIDDLEWARE.keys() | BY_AIOGRAM | {"event", "draft"}
    for name, it in inspect.getmembers(filters, inspect.iscoroutinefunction):
        assert set(inspect.signature(it).parameters) - names == set(), name


@pytest.mark.proves("F32")
def test_no_handler_is_registered_twice(side: BotSide) -> None:
    callbacks = [it.callback for it in handlers(side.dispatcher)]
    assert len(callbacks) == len(set(callbacks))
    assert len(callbacks) > 30


@pytest.mark.proves("F32", "F33")
@pytest.mark.parametrize("data", LARGEST, ids=lambda it: it.pack())
async def test_every_button_has_one_handler_that_is_not_the_fallback_and_no_second_one_behind_it(
    side: BotSide, data: CallbackData
) -> None:
    takers = [it for it in handlers(side.dispatcher) if await takes(it, data) and not is_fallback(it)]
    assert takers, "only the fallback takes it"
    conditions = [conditions_of(it) for it in takers]
    assert len(conditions) == len(set(conditions)), [it.callback for it in takers]
    assert [it for it in conditions[:-1] if not it[1:]] == [], "what stands behind it is never reached"


def is_link(command: Command) -> bool:
    """Whether it is `/start` with something behind it, of which the handler's own filter says what."""
    return isinstance(command, CommandStart) and bool(command.deep_link)


@pytest.mark.proves("F32")
def test_no_command_has_two_handlers(side: BotSide) -> None:
    handled = [
        command
        for handler in handlers(side.dispatcher)
        for it in handler.filters or []
        if isinstance(it.callback, Command) and not is_link(it.callback)
        for command in it.callback.commands
    ]
    assert len(handled) == len(set(handled))


async def takes(handler: HandlerObject, data: CallbackData) -> bool:
    """Whether a handler's first filter lets this button in."""
    sender = TelegramUser(id=1, is_bot=False, first_name="A")
    query = CallbackQuery(id="1", from_user=sender, chat_instance="1", data=data.pack())
    first = next(iter(handler.filters or []), None)
    return first is not None and is_of_buttons(first) and bool(await first.call(query))


def is_of_buttons(it: FilterObject) -> bool:
    """Whether a filter looks at what a button carries."""
    return isinstance(it.callback, CallbackQueryFilter)


def is_fallback(handler: HandlerObject) -> bool:
    """The catch-all is no coverage."""
    return handler.callback.__module__ == routers.fallback.__name__


def conditions_of(handler: HandlerObject) -> tuple[object, ...]:
    """What else must hold: a rule about the data, and the filters behind it."""
    first, *others = handler.filters or []
    rule = isinstance(first.callback, CallbackQueryFilter) and first.callback.rule is not None
    return (rule, *(it.callback for it in others))


def test_every_handler_translates_only(side: BotSide) -> None:
    for handler in handlers(side.dispatcher):
        source = inspect.getsource(handler.callback)
        assert len(inspect.signature(handler.callback).parameters) <= MOST_PARAMETERS, handler.callback
        assert len(source.splitlines()) <= MOST_LINES + 12, handler.callback
        tree = ast.parse(source)
        body = tree.body[0]
        assert isinstance(body, ast.AsyncFunctionDef)
        statements = (body.end_lineno or 0) - body.body[0].lineno
        assert statements <= MOST_LINES, handler.callback
        assert not any(isinstance(it, ast.Try) for it in ast.walk(tree)), handler.callback


def test_the_commands_that_are_shown_are_the_commands_that_are_handled(side: BotSide) -> None:
    handled = {
        command
        for handler in handlers(side.dispatcher)
        for it in handler.filters or []
        if isinstance(it.callback, Command)
        for command in it.callback.commands
    }
    assert handled == COMMANDS.keys() | STAFF_COMMANDS.keys()


def test_the_catch_all_comes_last_and_only_there(side: BotSide) -> None:
    for screen in routers.SCREENS[:-1]:
        for handler in handlers(screen.build_router()):
            assert handler.filters, f"{handler.callback.__module__} swallows everything"
    assert routers.SCREENS[-1] is routers.fallback


def test_telegram_is_asked_for_just_the_updates_that_are_handled(side: BotSide) -> None:
    assert side.allowed_updates == (
        "callback_query",
        "message",
        "pre_checkout_query",
        "subscription",
    )


def test_two_bots_can_be_built_in_one_process(side: BotSide) -> None:
    assert len(routers.build_routers()) == len(routers.SCREENS)
    assert isinstance(side.texts, Texts)
