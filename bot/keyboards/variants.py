"""The buttons that buy several variants of one request."""

from types import MappingProxyType

from aiogram.types import InlineKeyboardButton

from app.generation import Card, Generation
from app.money import Kopecks
from bot.callbacks import Confirm, ConfirmFour, ConfirmTwo, GenerationAct, GenerationTap
from bot.keyboards.rows import Row, button, main_button
from bot.texts import Words

CONFIRMS = MappingProxyType({1: Confirm, 2: ConfirmTwo, 4: ConfirmFour})
"""The tap on the price of so many."""

ACTS = MappingProxyType({2: GenerationAct.TWO, 4: GenerationAct.FOUR})
"""To the card of so many of the same."""


def confirm_rows(words: Words, card: Card) -> list[Row]:
    """The price of what the card is about, and below it what other numbers cost; each takes exactly what it says."""
    label = "button-confirm" if card.times == 1 else "button-confirm-several"
    said = f"{label}-free" if card.quote.is_free else label
    pay = main_button(
        words.plain(said, price=words.money(card.total), times=card.times), _confirm(card, card.times)
    )
    others = [times for times in (1, *card.variants) if times != card.times]
    return [[pay], [_other(words, card, times) for times in others]]


def more_row(words: Words, generation: Generation, price: Kopecks | None) -> Row:
    """Several more of the same at `price` each; None: the card says what it costs now."""
    row = []
    for times, act in ACTS.items():
        data = GenerationTap(generation=generation.id, act=act)
        said = "button-times-unpriced" if price is None else "button-times"
        total = words.money(Kopecks((price or 0) * times))
        row.append(button(words.plain(said, times=times, price=total), data))
    return row


def _other(words: Words, card: Card, times: int) -> InlineKeyboardButton:
    said = "button-times-free" if card.quote.is_free else "button-times"
    price = words.money(card.total_of(times))
    return button(words.plain(said, times=times, price=price), _confirm(card, times))


def _confirm(card: Card, times: int) -> Confirm:
    return CONFIRMS[times](draft=card.draft.id, revision=card.draft.revision, quote=card.quote.id)
