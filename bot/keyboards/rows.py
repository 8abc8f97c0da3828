"""Buttons and rows: what every keyboard is made of."""

from collections.abc import Iterable, Sequence
from itertools import islice

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.texts import Words, shortened

BUTTON_WIDTH = 40
"""Code units that a button of full width shows on a small phone."""

HALF_WIDTH = 20
"""Code units that a button of half the width shows on a small phone."""

MOST_IN_ONE_COLUMN = 4
"""Names that stand below each other without pushing the text above them off a small phone."""

Row = list[InlineKeyboardButton]


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """A button whose text fits; `data` over 64 bytes raises ValueError."""
    return InlineKeyboardButton(text=shortened(text, BUTTON_WIDTH), callback_data=data.pack())


def main_button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """What most people came to a screen for: in the client's accent colour, once per screen."""
    return button(text, data).model_copy(update={"style": ButtonStyle.PRIMARY})


def link(text: str, url: str) -> InlineKeyboardButton:
    """A button that leads out of the chat."""
    return InlineKeyboardButton(text=shortened(text, BUTTON_WIDTH), url=url)


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup:
    """The rows as they are, empty ones left out."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def in_rows(buttons: Iterable[InlineKeyboardButton], per_row: int) -> list[Row]:
    """The buttons, `per_row` to a row."""
    rest = iter(buttons)
    rows: list[Row] = []
    while row := list(islice(rest, per_row)):
        rows.append(row)
    return rows


def listed(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    """Names one to a row; two where there are many and all are short, so that the text above stays in view."""
    names = list(buttons)
    in_pairs = len(names) > MOST_IN_ONE_COLUMN and all(len(it.text) <= HALF_WIDTH for it in names)
    return in_rows(names, 2 if in_pairs else 1)


def pages(words: Words, page: int, count: int, targets: tuple[CallbackData, CallbackData]) -> Sequence[Row]:
    """The arrows of page `page` (from 0) of `count`; `targets` are the pages before and after."""
    before, after = targets
    arrows: Row = []
    if page > 0:
        arrows.append(button(words.plain("button-page-before", page=page, count=count), before))
    if page + 1 < count:
        arrows.append(button(words.plain("button-page-after", page=page + 2, count=count), after))
    return [arrows]


def to_menu(words: Words) -> InlineKeyboardButton:
    """The way home."""
    return button(words.plain("button-menu"), Go(to=Target.MENU))
