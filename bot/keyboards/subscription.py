"""The buttons of the subscription."""

from aiogram.types import InlineKeyboardMarkup

from app.payments import RenewalState, StarsTerms, Subscription
from bot.callbacks import (
    Go,
    Target,
)
from bot.keyboards.rows import Row, button, keyboard, link, to_menu
from bot.money_callbacks import Renewal
from bot.texts import Words


def subscription_keyboard(
    words: Words, terms: StarsTerms, running: Subscription | None
) -> InlineKeyboardMarkup:
    """Subscribe, cancel or resume, whichever is possible; back."""
    return keyboard([_change(words, terms, running), _last(words)])


def pay_subscription_keyboard(words: Words, terms: StarsTerms, url: str) -> InlineKeyboardMarkup:
    """To Telegram's window; back."""
    stars = terms.subscription or 0
    return keyboard([[link(words.plain("button-pay-subscription", stars=stars), url)], _last(words)])


def stopped_keyboard(words: Words) -> InlineKeyboardMarkup:
    """To where it can be resumed; home."""
    there = button(words.plain("button-subscription"), Go(to=Target.SUBSCRIPTION))
    return keyboard([[there, to_menu(words)]])


def _change(words: Words, terms: StarsTerms, running: Subscription | None) -> Row:
    if running is None:
        offered = terms.subscription
        subscribe = Go(to=Target.SUBSCRIBE)
        return [] if offered is None else [button(words.plain("button-subscribe", stars=offered), subscribe)]
    renews = running.renewal is not RenewalState.ACTIVE
    text = words.plain("button-resume-subscription" if renews else "button-cancel-subscription")
    return [button(text, Renewal(order=running.order_id, renews=renews))]


def _last(words: Words) -> Row:
    return [button(words.plain("button-back"), Go(to=Target.TOP_UP)), to_menu(words)]
