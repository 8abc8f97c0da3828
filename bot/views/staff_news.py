"""What a person is told of what the staff did."""

from types import MappingProxyType

from app.admin import Action, LogEntry
from app.money import Kopecks
from bot.keyboards.staff_news import news_keyboard
from bot.texts import Words
from bot.view import View
from bot.views.admin_receipts import reason_words

NEWS_KEYS = MappingProxyType(
    {
        Action.CREDITED: "news-credited",
        Action.DEBITED: "news-debited",
        Action.UNBANNED: "news-unbanned",
        Action.GENERATION_REFUNDED: "news-generation-refunded",
        Action.PAYMENT_REFUNDED: "news-payment-refunded",
        Action.PAYMENT_ASSIGNED: "news-payment-assigned",
        Action.RECEIPT_APPROVED: "news-receipt-approved",
        Action.RECEIPT_REJECTED: "news-receipt-rejected",
        Action.REFUND_RUN_ENDED: "news-refund-run-ended",
    }
)
"""The acts that are told; about the others nobody is."""


def news_view(words: Words, entry: LogEntry) -> View:
    """What happened, how much, why where that helps."""
    facts = entry.facts
    text = words(
        NEWS_KEYS[entry.action],
        amount=words.money(Kopecks(int(facts.get("amount", "0")))),
        number=facts.get("number", ""),
        code=facts.get("code", ""),
        count=facts.get("count", ""),
        people=facts.get("people", ""),
        left=facts.get("left", ""),
        reason=reason_words(words, entry.reason),
    )
    return View(text, news_keyboard(words, entry.action))
