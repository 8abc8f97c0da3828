"""A bank transfer, step by step."""

from types import MappingProxyType

from app.payments import Order, Received, RoubleTerms, TransferDetails
from bot.awaiting import TRANSFER, receipt_of
from bot.keyboards.bank import (
    bank_keyboard,
    details_keyboard,
    own_sum_keyboard,
    received_keyboard,
    send_receipt_keyboard,
)
from bot.texts import Words
from bot.view import View

RECEIVED_KEYS = MappingProxyType(
    {
        Received.TAKEN: "receipt-taken",
        Received.ALREADY: "receipt-already",
        Received.CLOSED: "receipt-closed",
        Received.TOO_MANY: "receipt-too-many",
    }
)


def bank_view(words: Words, terms: RoubleTerms, pending: Order | None) -> View:
    """How much?"""
    return View(words("bank", **_bounds(words, terms)), bank_keyboard(words, terms, pending))


def own_sum_view(words: Words, terms: RoubleTerms) -> View:
    """Asks for a sum in roubles."""
    return View(words("bank-own", **_bounds(words, terms)), own_sum_keyboard(words), TRANSFER)


def details_view(words: Words, order: Order, details: TransferDetails) -> View:
    """Where to transfer, and what to write in the transfer."""
    text = words(
        "bank-details",
        amount=words.money(order.credited),
        bank=details.bank,
        card=details.card,
        holder=details.holder,
        phone=details.phone,
        code=details.code,
        moment=words.moment(order.expires_at),
    )
    return View(text, details_keyboard(words, order))


def send_receipt_view(words: Words, order: Order) -> View:
    """Asks for the receipt."""
    text = words("bank-send-receipt", amount=words.money(order.credited))
    return View(text, send_receipt_keyboard(words, order), receipt_of(order.id))


def received_view(words: Words, order: Order, received: Received) -> View:
    """What becomes of it; another picture of the same receipt finds this screen, too."""
    text = words(RECEIVED_KEYS[received], amount=words.money(order.credited))
    return View(text, received_keyboard(words), receipt_of(order.id))


def _bounds(words: Words, terms: RoubleTerms) -> dict[str, str]:
    return {"least": words.money(terms.smallest), "most": words.money(terms.largest)}
