"""The buttons that lead on from a result: the best model of each sequel, then all of them, then which file."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Sequel
from app.generation import Generation
from app.offers import Onward, best_of_each
from bot.callbacks import GenerationAct, GenerationTap
from bot.keyboards.models import page_of
from bot.keyboards.rows import Row, button, in_rows, keyboard, pages, paired, to_menu
from bot.result_callbacks import OnwardPage, OnwardTap
from bot.texts import Words
from bot.views.lines import least_text

SEQUEL_KEYS: Mapping[Sequel, str] = MappingProxyType(
    {
        Sequel.ANIMATE: "sequel-animate",
        Sequel.TALK: "sequel-talk",
        Sequel.EDIT: "sequel-edit",
        Sequel.EXTEND: "sequel-extend",
        Sequel.REWORK: "sequel-rework",
        Sequel.UPSCALE: "sequel-upscale",
        Sequel.CUT_OUT: "sequel-cut-out",
        Sequel.ADD_SOUND: "sequel-add-sound",
        Sequel.CLIP: "sequel-clip",
        Sequel.CLEAN: "sequel-clean",
    }
)

MOST_AT_ONCE = 5
"""Sequels that stand under a result itself: with the other rows it is a phone's worth."""


def sequel_rows(words: Words, generation: Generation, found: Sequence[Onward]) -> list[Row]:
    """The best model of each sequel with its price, and the way to the others where there are any."""
    best = best_of_each(found)[:MOST_AT_ONCE]
    buttons = [_best(words, generation, it) for it in best]
    if len(found) > len(best):
        more = OnwardPage(generation=generation.id, page=0)
        buttons.append(button(words.plain("button-sequels"), more))
    return paired(buttons)


def sequels_keyboard(
    words: Words, generation: Generation, found: Sequence[Onward], page: int
) -> InlineKeyboardMarkup:
    """One page of all models for this result; a tap begins at once."""
    shown, page, count = page_of(found, page)
    before, after = (OnwardPage(generation=generation.id, page=max(page + step, 0)) for step in (-1, 1))
    names = paired(button(it.spec.name, _tap(it, generation)) for it in shown)
    return keyboard([*names, *pages(words, page, count, (before, after)), [to_menu(words)]])


def which_keyboard(
    words: Words, generation_id: int, key: str, numbers: Sequence[int]
) -> InlineKeyboardMarkup:
    """The files of a result, by their places; and the result itself, to look at them."""
    taps = (button(str(it), OnwardTap(key=key, generation=generation_id, number=it)) for it in numbers)
    show = GenerationTap(generation=generation_id, act=GenerationAct.SHOW)
    look = button(words.plain("button-show", number=str(generation_id)), show)
    return keyboard([*in_rows(taps, 3), [look, to_menu(words)]])


def _best(words: Words, generation: Generation, onward: Onward) -> InlineKeyboardButton:
    price = least_text(words, onward.least)
    return button(words.plain(SEQUEL_KEYS[onward.sequel], price=price), _tap(onward, generation))


def _tap(onward: Onward, generation: Generation) -> OnwardTap:
    """Where the result has several such files, which one is meant is asked then."""
    places = [place for place, it in enumerate(generation.results, start=1) if it.kind is generation.produces]
    number = places[0] if len(places) == 1 else 0
    return OnwardTap(key=onward.spec.key, generation=generation.id, number=number)
