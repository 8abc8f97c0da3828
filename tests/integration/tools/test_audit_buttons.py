"""The audit of buttons passes on today's bot, leaves nothing behind, and names whatever is broken."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.integration.tools.commands import ROOT, Edit, broken_checkout, run_command

COMMAND = "app/tools/audit_buttons.py"


@dataclass(frozen=True)
class Break:
    """What is done to a checkout, and what the audit says of it."""

    said: str
    edits: tuple[Edit, ...]


def behind(file: str, line: str, more: str) -> Edit:
    """`more` is put behind a line."""
    return Edit(file, line, line + more)


BROKEN: Mapping[str, Break] = {
    "a removed handler": Break(
        "dead button: the button 'Настройки' (go:settings) has no handler but the fallback",
        (
            Edit(
                "bot/routers/settings.py",
                "    router.callback_query.register(settings_button, Go.filter(F.to == Target.SETTINGS))\n",
                "",
            ),
        ),
    ),
    "a handler that no button reaches": Break(
        "unreachable handler: no button leads to history.unseen",
        (
            behind(
                "bot/routers/history.py",
                "    router.callback_query.register(page, HistoryPage.filter())\n",
                "    router.callback_query.register(unseen, HistoryPage.filter(F.before == 10**15))\n",
            ),
            Edit(
                "bot/routers/history.py",
                "async def page(",
                "async def unseen() -> None: ...\nasync def page(",
            ),
        ),
    ),
    "a second handler of the same button": Break(
        "would be taken by invite.invite_button and help.errors",
        (
            behind(
                "bot/routers/invite.py",
                "    router.callback_query.register(invite_button, Go.filter(F.to == Target.INVITE))\n",
                "    router.callback_query.register(invite_button, Go.filter(F.to == Target.HELP_ERRORS))\n",
            ),
        ),
    ),
    "data over 64 bytes": Break(
        "Resulted callback data is too long",
        (
            Edit("bot/keyboards/support.py", "import Go, Target", "import Go, PresetTap, Target"),
            Edit(
                "bot/keyboards/support.py",
                "    first_aid = button(",
                "    button('x', PresetTap(key='x' * 60))\n    first_aid = button(",
            ),
        ),
    ),
    "a missing text": Break(
        "UnknownTextError: no text 'help-prices' in language 'en'",
        (Edit("bot/texts/en/help.ftl", "\nhelp-prices =", "\nunused ="),),
    ),
    "a button that leads nowhere": Break(
        "dead button: the button 'Nowhere' (nowhere:1) has no handler but the fallback",
        (
            Edit("bot/keyboards/language.py", "import InlineKeyboardMarkup", "import *"),
            Edit(
                "bot/keyboards/language.py",
                "[to_menu(words)]",
                "[InlineKeyboardButton(text='Nowhere', callback_data='nowhere:1')], [to_menu(words)]",
            ),
        ),
    ),
    "a button without words": Break(
        "bad label: a button without words (go:menu)",
        (
            Edit("bot/keyboards/free.py", "import InlineKeyboardMarkup", "import *"),
            Edit(
                "bot/keyboards/free.py",
                "[to_menu(words)]",
                "[InlineKeyboardButton(text=' ', callback_data='go:menu')]",
            ),
        ),
    ),
    "a button of the staff that is open to everybody": Break(
        "open to strangers: adl:0 is taken by admin.log_page",
        (
            Edit(
                "bot/routers/admin.py",
                "(log_page, LogPage.filter(), look)",
                "(log_page, LogPage.filter())",
            ),
        ),
    ),
    "a promised button that is gone": Break(
        "missing button: Search (go:search) is not on /menu",
        (
            Edit(
                "bot/keyboards/menu.py",
                'go("button-search", Target.SEARCH)',
                'go("button-free", Target.FREE)',
            ),
        ),
    ),
}


@pytest.mark.proves("F20", "F23", "F24", "F31", "F34", "F35")
def test_every_button_of_the_bot_has_a_handler(tmp_path: Path) -> None:
    ended = run_command(str(ROOT / COMMAND), folder=tmp_path)
    assert ended.code == 0, ended.said
    assert ended.said.rstrip().endswith("✅ AUDIT PASSED - All buttons have handlers")
    assert "Buttons of the contract: 24" in ended.said


@pytest.mark.proves("F23", "F32", "F33", "F34", "F89")
def test_whatever_is_broken_is_named(tmp_path: Path) -> None:
    """All of the table at once in one checkout: a walk is long, and each finding stands for itself."""
    checkout = broken_checkout(tmp_path, *(edit for it in BROKEN.values() for edit in it.edits))
    ended = run_command(str(checkout / COMMAND), checkout=checkout, folder=tmp_path)
    assert ended.code == 1
    assert "❌ AUDIT FAILED" in ended.said
    assert [what for what, it in BROKEN.items() if it.said not in ended.said] == [], ended.said
