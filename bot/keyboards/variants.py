"""The buttons that buy several variants of one request."""

from types import MappingProxyType

from aiogram.types import InlineKeyboardButton

from app.generation import Card, Generation
from app.money import Kopecks
from bot.callbacks import Confirm, ConfirmSeveral, GenerationAct, GenerationTap
from bot.keyboards.rows import Row, button, main_button
from bot.texts import Words

TIMES = MappingProxyType({GenerationAct.TWO: 2, GenerationAct.FOUR: 4})
"""To the card of so many of the same."""


def confirm_rows(words: Words, card: Card) -> list[Row]:
    """The price of what the card is about, and below it what other numbers cost; each takes exactly what it says."""
    price, times = words.money(card.total), card.times
    pay = main_button(words.plain(_label(card), price=price, times=times), _confirm(card, times))
    others = [times for times in (1, *card.variants) if times != card.times]
    return [[pay], [_other(words, card, times) for times in others]]


def more_row(words: Words, generation: Generation, price: Kopecks | None) -> Row:
    """Several more of the same at `price` each; None: the card says what it costs now."""
    row = []
    for act, times in TIMES.items():
        data = GenerationTap(generation=generation.id, act=act)
        said = "button-times-unpriced" if price is None else "button-times"
        total = words.money(Kopecks((price or 0) * times))
        row.append(button(words.plain(said, times=times, price=total), data))
    return row


def _other(words: Words, card: Card, times: int) -> InlineKeyboardButton:
    said = "button-times-free" if card.quote.is_free else "button-times"
    price = words.money(card.total_of(times))
    return button(words.plain(said, times=times, price=price), _confirm(card, times))


def _label(card: Card) -> str:
    if card.times == 1:
        return "button-confirm-free" if card.quote.is_free else "button-confirm"
    return "button-confirm-several-free" if card.quote.is_free else "button-confirm-several"


def _confirm(card: Card, times: int) -> Confirm | ConfirmSeveral:
    draft, revision, quote = card.draft.id, card.draft.revision, card.quote.id
    if times == 1:
        return Confirm(draft=draft, revision=revision, quote=quote)
    return ConfirmSeveral(draft=draft, revision=revision, quote=quote, times=times)
