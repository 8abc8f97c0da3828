"""What Stars are worth here, and how many one wants."""

from app.money import Stars
from app.payments import ORDERS_AN_HOUR, Order, StarsTerms, Wording
from app.users import Draft
from bot.awaiting import STARS
from bot.keyboards.top_up import own_amount_keyboard, top_up_keyboard
from bot.texts import Words
from bot.view import View

SAMPLE = Stars(100)
"""How many Stars the rate is shown for, so that no fraction of a kopeck gets lost."""


def top_up_view(
    words: Words, terms: StarsTerms, draft: Draft | None, *, subscribed: bool, has_bank: bool
) -> View:
    """The packs with what they credit, the subscription, the other method, the way back to a draft that waits."""
    buttons = top_up_keyboard(words, terms, draft, subscribed=subscribed, has_bank=has_bank)
    return View(words("top-up", rate=rate_text(words, terms)), buttons)


def own_amount_view(words: Words, terms: StarsTerms) -> View:
    """Asks for a number of Stars."""
    text = words("own-amount", least=terms.smallest, most=terms.largest, rate=rate_text(words, terms))
    return View(text, own_amount_keyboard(words), STARS)


def too_many_orders_view(words: Words) -> View:
    """No order any more for a while."""
    return View(words("orders-too-many", most=ORDERS_AN_HOUR), own_amount_keyboard(words))


def invoice_wording(words: Words, order: Order) -> Wording:
    """What stands on the invoice of an order in Stars."""
    credited = words.money(order.credited)
    lifetime = words.duration(int((order.expires_at - order.created_at).total_seconds()))
    description = words.plain("invoice-description", stars=order.amount, amount=credited, time=lifetime)
    return Wording(words.plain("invoice-title"), description)


def monthly_wording(words: Words, order: Order) -> Wording:
    """What stands in Telegram's window for the subscription."""
    credited = words.money(order.credited)
    description = words.plain("invoice-monthly-description", stars=order.amount, amount=credited)
    return Wording(words.plain("invoice-monthly-title"), description)


def rate_text(words: Words, terms: StarsTerms) -> str:
    """`100 ⭐ = 100 ₽`, as it will be credited."""
    return words.plain("stars-rate", stars=SAMPLE, amount=words.money(terms.credited(SAMPLE)))
