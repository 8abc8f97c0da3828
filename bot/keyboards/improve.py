"""The buttons of a better text: on the draft's own screens, and below what became of it."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.generation import Improvement, ImprovementOffer, ImprovementState
from app.money import Kopecks
from app.users import Draft
from bot.callbacks import DraftAct, DraftTap, Improve, Reword
from bot.keyboards.rows import Row, button, keyboard, main_button
from bot.texts import Words

IMPROVE_KEYS = ("button-improve", "button-improve-for")
AGAIN_KEYS = ("button-improve-again", "button-improve-again-for")
"""The words where it costs nothing, and where it costs something."""


def improve_rows(words: Words, draft: Draft, offer: ImprovementOffer) -> list[Row]:
    """The person's own words back, where better ones stand; better ones, where they can be had."""
    rows: list[Row] = []
    if offer.taken is not None:
        own = Reword(draft=draft.id, revision=draft.revision, improvement=offer.taken.id, better=False)
        rows.append([button(words.plain("button-improve-undo"), own)])
    if offer.price is not None:
        data = Improve(draft=draft.id, revision=draft.revision, after=offer.after, price=offer.price)
        rows.append([button(_label(words, IMPROVE_KEYS, offer.price), data)])
    return rows


def working_keyboard(words: Words, improvement: Improvement) -> InlineKeyboardMarkup:
    """While it is worked on: whether it is there, and back."""
    look = _improve(improvement, improvement.id - 1, improvement.price)
    return keyboard([[button(words.plain("button-improve-look"), look)], [_back(words, improvement)]])


def ended_keyboard(words: Words, improvement: Improvement, price: Kopecks) -> InlineKeyboardMarkup:
    """Take it or leave it, where there is something to take; once more at `price`."""
    again = button(_label(words, AGAIN_KEYS, price), _improve(improvement, improvement.id, price))
    if improvement.state is not ImprovementState.READY:
        return keyboard([[again], [_back(words, improvement)]])
    take = main_button(words.plain("button-improve-take"), _reword(improvement, better=True))
    own = button(words.plain("button-improve-mine"), _reword(improvement, better=False))
    return keyboard([[take], [own], [again]])


def outrun_keyboard(words: Words, improvement: Improvement) -> InlineKeyboardMarkup:
    """Nothing to take over: to the draft as it is now."""
    return keyboard([[_back(words, improvement)]])


def _label(words: Words, keys: tuple[str, str], price: Kopecks) -> str:
    for_nothing, for_money = keys
    return words.plain(for_nothing) if price == 0 else words.plain(for_money, price=words.money(price))


def _back(words: Words, improvement: Improvement) -> InlineKeyboardButton:
    data = DraftTap(draft=improvement.draft_id, revision=improvement.revision, act=DraftAct.RESUME)
    return button(words.plain("button-to-card"), data)


def _improve(improvement: Improvement, after: int, price: Kopecks) -> Improve:
    return Improve(draft=improvement.draft_id, revision=improvement.revision, after=after, price=price)


def _reword(improvement: Improvement, *, better: bool) -> Reword:
    return Reword(
        draft=improvement.draft_id,
        revision=improvement.revision,
        improvement=improvement.id,
        better=better,
    )
