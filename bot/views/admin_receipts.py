"""Receipts as operators see them."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import ReceiptCard
from app.payments import DECIDABLE, Receipt, ReceiptState
from bot.keyboards.admin_receipts import (
    ask_keyboard,
    queue_keyboard,
    reasons_keyboard,
    receipt_keyboard,
    waits_keyboard,
)
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import Why
from bot.texts import Markup, Words
from bot.view import View

QUEUE_SIZE = 10

STATE_KEYS = MappingProxyType(
    {
        ReceiptState.RECEIVED: "receipt-state-received",
        ReceiptState.WAITING: "receipt-state-waiting",
        ReceiptState.SECONDED: "receipt-state-seconded",
        ReceiptState.APPROVED: "receipt-state-approved",
        ReceiptState.REJECTED: "receipt-state-rejected",
    }
)

WHY_KEYS = MappingProxyType(
    {
        Why.NOT_FOUND.value: "why-not-found",
        Why.NOT_READABLE.value: "why-not-readable",
        Why.COPY.value: "why-copy",
    }
)


def queue_view(words: Words, found: Sequence[Receipt]) -> View:
    """What waits; one more than a page holds means that there are others behind."""
    shown = found[:QUEUE_SIZE]
    key = "admin-receipts" if shown else "admin-receipts-none"
    return View(words(key), queue_keyboard(words, shown))


def receipt_view(words: Words, card: ReceiptCard, *, decides: bool) -> View:
    """What an operator has to know; the receipt itself is the message's file."""
    receipt = card.receipt
    decides = decides and receipt.state in DECIDABLE
    lines = [_facts(words, card), *_warnings(words, card), _state(words, receipt)]
    return View(Markup("\n".join(lines)), receipt_keyboard(words, card, decides=decides))


def reasons_view(words: Words, card: ReceiptCard) -> View:
    """Why is it rejected?"""
    text = Markup("\n\n".join([_facts(words, card), words("receipt-why")]))
    return View(text, reasons_keyboard(words, card.receipt))


def waits_view(words: Words, card: ReceiptCard) -> View:
    """The news that a receipt waits."""
    lines = [words("receipt-waits"), _facts(words, card), *_warnings(words, card)]
    return View(Markup("\n".join(lines)), waits_keyboard(words, card.receipt))


def ask_other_view(words: Words, receipt: Receipt) -> View:
    """Asks how much has really come in."""
    text = words("receipt-ask-other", number=str(receipt.id), amount=words.money(receipt.asked))
    return View(text, ask_keyboard(words, receipt), Awaited(Asked.OTHER, str(receipt.id)).text)


def ask_why_view(words: Words, receipt: Receipt) -> View:
    """Asks for a reason in the operator's own words."""
    text = words("receipt-ask-why", number=str(receipt.id))
    return View(text, ask_keyboard(words, receipt), Awaited(Asked.REJECT, str(receipt.id)).text)


def reason_words(words: Words, reason: str) -> str:
    """A reason of a button in this language; one's own words as they are."""
    return words.plain(WHY_KEYS[reason]) if reason in WHY_KEYS else reason


def _facts(words: Words, card: ReceiptCard) -> Markup:
    receipt, sender = card.receipt, card.sender
    return words(
        "receipt-facts",
        number=str(receipt.id),
        amount=words.money(receipt.asked),
        code=receipt.code,
        name=sender.first_name,
        username=f"@{sender.username}" if sender.username else "—",
        id=str(sender.id),
        moment=words.moment(receipt.received_at),
    )


def _warnings(words: Words, card: ReceiptCard) -> list[Markup]:
    receipt, twin = card.receipt, card.twin
    if receipt.twin is not None and twin is not None:
        key = "receipt-same-file" if receipt.twin.exact else "receipt-same-look"
        state = words.plain(STATE_KEYS[twin.state])
        return [words(key, number=str(twin.id), id=str(twin.user_id), state=state)]
    is_blind = receipt.state is not ReceiptState.RECEIVED and not receipt.was_read
    return [words("receipt-not-compared")] if is_blind else []


def _state(words: Words, receipt: Receipt) -> Markup:
    if receipt.state is ReceiptState.APPROVED and receipt.amount is not None:
        return words("receipt-approved-by", amount=words.money(receipt.amount), id=str(receipt.decided_by))
    if receipt.state is ReceiptState.REJECTED:
        reason = reason_words(words, receipt.reason or "")
        return words("receipt-rejected-by", reason=reason, id=str(receipt.decided_by))
    if receipt.state is ReceiptState.SECONDED and receipt.first_amount is not None:
        amount = words.money(receipt.first_amount)
        return words("receipt-first-by", amount=amount, id=str(receipt.first_by))
    return words("receipt-is", state=words.plain(STATE_KEYS[receipt.state]))
