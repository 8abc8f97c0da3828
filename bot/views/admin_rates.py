"""The rates in force."""

from types import MappingProxyType

from app.admin import Rate, value_of
from app.offers import Rates
from bot.keyboards.admin_rates import ask_rate_keyboard, rates_keyboard
from bot.staff_awaiting import Asked, Awaited
from bot.texts import Words
from bot.view import View

ASK_KEYS = MappingProxyType(
    {
        Rate.USD_RUB: "admin-ask-usd",
        Rate.MARKUP: "admin-ask-markup",
        Rate.STAR_RUB: "admin-ask-star",
        Rate.IMPROVEMENT: "admin-ask-improvement",
    }
)


def rates_view(words: Words, rates: Rates) -> View:
    """What every new price is computed with."""
    text = words(
        "admin-rates",
        usd=str(rates.usd_rub),
        markup=str(rates.markup),
        star=str(rates.star_rub),
        improvement=str(value_of(rates, Rate.IMPROVEMENT)),
    )
    return View(text, rates_keyboard(words))


def ask_rate_view(words: Words, rates: Rates, rate: Rate) -> View:
    """Asks for another value and the reason."""
    text = words(ASK_KEYS[rate], value=str(value_of(rates, rate)))
    return View(text, ask_rate_keyboard(words), Awaited(Asked.RATE, rate.value).text)
