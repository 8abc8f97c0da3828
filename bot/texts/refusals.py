"""Why a payment is refused before it happens: words for whoever answers without loading the rest of the bot."""

from collections.abc import Callable
from types import MappingProxyType

from app.payments import Refusal
from bot.texts.loader import Texts

REFUSAL_KEYS = MappingProxyType(
    {
        Refusal.UNKNOWN_ORDER: "refused-unknown-order",
        Refusal.WRONG_PERSON: "refused-wrong-person",
        Refusal.WRONG_CURRENCY: "refused-wrong-amount",
        Refusal.WRONG_AMOUNT: "refused-wrong-amount",
        Refusal.ALREADY_PAID: "refused-already-paid",
        Refusal.EXPIRED: "refused-expired",
        Refusal.BANNED: "refused-banned",
        Refusal.SUBSCRIBED: "refused-subscribed",
        Refusal.STORAGE_AWAY: "refused-storage-away",
    }
)


def refusal_words(texts: Texts) -> Callable[[str, str], str]:
    """(a `Refusal`'s value, language code of the client) -> text; a reason we do not know reads as storage away."""

    def words(reason: str, language: str) -> str:
        known = reason in list(Refusal)
        key = REFUSAL_KEYS[Refusal(reason) if known else Refusal.STORAGE_AWAY]
        return texts.for_language(language).plain(key)

    return words
