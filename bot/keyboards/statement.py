"""The buttons of the statement."""

from aiogram.types import InlineKeyboardMarkup

from bot.callbacks import (
    Go,
    Target,
)
from bot.keyboards.rows import Row, button, keyboard, to_menu
from bot.money_callbacks import StatementPage
from bot.texts import Words


def statement_keyboard(
    words: Words, *, older: int | None, is_first: bool, is_empty: bool
) -> InlineKeyboardMarkup:
    """The way through the pages, everything as a file, back to the balance. `older`: the last id shown."""
    arrows: Row = []
    if not is_first:
        arrows.append(button(words.plain("button-newest"), StatementPage(before=0)))
    if older is not None:
        arrows.append(button(words.plain("button-older"), StatementPage(before=older)))
    file: Row = [] if is_empty else [button(words.plain("button-csv"), Go(to=Target.STATEMENT_FILE))]
    balance = button(words.plain("button-balance"), Go(to=Target.BALANCE))
    return keyboard([arrows, file, [balance, to_menu(words)]])
