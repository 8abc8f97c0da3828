"""The subscription: what it costs, until when it is paid, what happens then."""

from types import MappingProxyType

from app.payments import RenewalState, StarsTerms, Subscription
from bot.keyboards.subscription import pay_subscription_keyboard, stopped_keyboard, subscription_keyboard
from bot.texts import Markup, Words
from bot.view import View

STATE_KEYS = MappingProxyType(
    {
        RenewalState.ACTIVE: "subscription-active",
        RenewalState.CANCELED: "subscription-canceled",
        RenewalState.FAILED: "subscription-failed",
    }
)


def subscription_view(words: Words, terms: StarsTerms, running: Subscription | None) -> View:
    """The one that is paid for; without one the offer, if there is any."""
    return View(_text(words, terms, running), subscription_keyboard(words, terms, running))


def pay_subscription_view(words: Words, terms: StarsTerms, url: str) -> View:
    """The offer with the way to Telegram's window."""
    return View(_offer(words, terms), pay_subscription_keyboard(words, terms, url))


def renewal_stopped_view(words: Words, stopped: Subscription) -> View:
    """A month of it went back, so the next one will not be taken."""
    text = words("subscription-stopped", date=words.moment(stopped.paid_until))
    return View(text, stopped_keyboard(words))


def _text(words: Words, terms: StarsTerms, running: Subscription | None) -> Markup:
    if running is None:
        return _offer(words, terms)
    return words(
        STATE_KEYS[running.renewal],
        date=words.moment(running.paid_until),
        stars=running.stars,
        amount=words.money(running.credited),
    )


def _offer(words: Words, terms: StarsTerms) -> Markup:
    if terms.subscription is None:
        return words("subscription-none")
    amount = words.money(terms.credited(terms.subscription))
    return words("subscription", stars=terms.subscription, amount=amount)
