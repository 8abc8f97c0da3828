"""Every handler of the staff stands behind a check of the role; who is staff is a matter of numeric ids."""

from pathlib import Path

import pytest
from aiogram import Router

from app.db import Database
from app.settings import SettingsError, settings_of
from bot.factory import BotSide
from tests.unit.bot.house import build_house
from tests.unit.bot.test_wiring import handlers

CHECKS = ("allowed.<locals>", "answers.<locals>")
OPEN = {"admin_refused"}
"""What answers those who were not let in."""


@pytest.fixture(scope="module")
def side() -> BotSide:
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    return build_house(nowhere, Path("/nonexistent")).side


def staff_routers(side: BotSide) -> list[Router]:
    """The screens of the staff."""
    found = [it for it in side.dispatcher.sub_routers if it.name.startswith("admin")]
    return [it for it in found if it.name not in OPEN]


@pytest.mark.proves("S4")
def test_no_handler_of_the_staff_is_reached_without_a_check_of_the_role(side: BotSide) -> None:
    doors = [(router.name, handler) for router in staff_routers(side) for handler in handlers(router)]
    assert len(doors) > 40
    for name, handler in doors:
        checks = [getattr(it.callback, "__qualname__", "") for it in handler.filters or []]
        unchecked = not any(check.startswith(CHECKS) for check in checks)
        assert not unchecked, f"{name}: {getattr(handler.callback, '__qualname__', handler.callback)}"


@pytest.mark.proves("S4")
def test_what_agrees_to_money_needs_what_was_shown_before(side: BotSide) -> None:
    (confirm,) = [it for it in staff_routers(side) if it.name == "admin_confirm"]
    acting = [it for it in handlers(confirm) if getattr(it.callback, "__name__", "") != "void"]
    assert len(acting) >= 4
    for handler in acting:
        checks = [getattr(it.callback, "__qualname__", "") for it in handler.filters or []]
        assert any(check.startswith("agreed.<locals>") for check in checks), handler


@pytest.mark.proves("S4")
@pytest.mark.parametrize("named", ["@durov", "durov", "1,@durov"])
def test_nobody_is_staff_by_a_name(named: str) -> None:
    with pytest.raises(SettingsError):
        settings_of({"ADMIN_IDS": named})
