"""Buttons and rows: what every keyboard is made of."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from aiogram.enums import ButtonStyle
from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.callbacks import Go, Target
from bot.texts import Words, shortened, width

ROOM: Mapping[int, int] = MappingProxyType({1: 34, 2: 20, 3: 11})
"""Code units that a button shows on a phone of 360 px, by how many stand in its row."""

MOST_IN_ONE_COLUMN = 4
"""Names that stand below each other without pushing the text above them off a small phone."""

Row = list[InlineKeyboardButton]


def button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """A button whose text fits; `data` over 64 bytes raises ValueError."""
    return InlineKeyboardButton(text=shortened(text, ROOM[1]), callback_data=data.pack())


def main_button(text: str, data: CallbackData) -> InlineKeyboardButton:
    """What most people came to a screen for: in the client's accent colour, once per screen."""
    return button(text, data).model_copy(update={"style": ButtonStyle.PRIMARY})


def link(text: str, url: str) -> InlineKeyboardButton:
    """A button that leads out of the chat."""
    return InlineKeyboardButton(text=shortened(text, ROOM[1]), url=url)


def keyboard(rows: Iterable[Row]) -> InlineKeyboardMarkup:
    """The rows as they are, empty ones left out."""
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row])


def in_rows(buttons: Iterable[InlineKeyboardButton], most: int) -> list[Row]:
    """The buttons, up to `most` (at most 3) to a row, and no more than lets each show all its words."""
    standing = list(buttons)
    longest = max((width(it.text) for it in standing), default=0)
    per_row = next((count for count in range(most, 1, -1) if longest <= ROOM[count]), 1)
    return [standing[first : first + per_row] for first in range(0, len(standing), per_row)]


def listed(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    """Names one to a row; two where there are many and all are short, so that the text above stays in view."""
    names = list(buttons)
    return in_rows(names, 2 if len(names) > MOST_IN_ONE_COLUMN else 1)


def paired(buttons: Iterable[InlineKeyboardButton]) -> list[Row]:
    """Two to a row where both have room, in their order: one long name does not make all rows single."""
    rows: list[Row] = []
    for it in buttons:
        before = rows[-1] if rows else []
        if len(before) == 1 and all(width(one.text) <= ROOM[2] for one in (*before, it)):
            before.append(it)
        else:
            rows.append([it])
    return rows


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
