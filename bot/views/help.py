"""The help: how it works, and four answers made of what is really configured."""

from app.generation import FreeAllowance
from app.money import Kopecks
from app.offers import QUOTE_LIFETIME, Offers
from app.payments import StarsTerms
from bot.callbacks import Target
from bot.configured import Configured
from bot.keyboards.help import answer_keyboard, help_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import short_price
from bot.views.top_up import rate_text


def help_view(words: Words) -> View:
    """How it works, and the commands."""
    return View(words("help"), help_keyboard(words))


def free_help_view(words: Words, configured: Configured, offers: Offers, allowance: FreeAllowance) -> View:
    """The bonus where one is given; no more is promised than is booked (F60)."""
    bonus = configured.welcome_bonus
    gift = words("help-free-bonus", bonus=words.money(bonus)) if bonus > 0 else words("help-free-no-bonus")
    runs = words("help-free-none")
    if allowance.is_offered and offers.free():
        names = ", ".join(spec.name for spec in offers.free())
        runs = words("help-free-runs", day=allowance.per_day, hour=allowance.per_hour, models=names)
    friends = _friends(words, configured.referral_bonus)
    text = Markup("\n\n".join([words("help-free"), gift, *friends, runs, *_cheapest(words, offers)]))
    return View(text, answer_keyboard(words, "button-free", Target.FREE))


def top_up_help_view(words: Words, terms: StarsTerms, *, has_bank: bool) -> View:
    """The methods there are, the rate, what happens to the money; the subscription where there is one."""
    lines = [words("help-top-up", rate=rate_text(words, terms))]
    if (stars := terms.subscription) is not None:
        amount = words.money(terms.credited(stars))
        lines += [words("help-top-up-subscription", stars=stars, amount=amount)]
    if has_bank:
        lines.append(words("help-top-up-bank"))
    return View(Markup("\n\n".join(lines)), answer_keyboard(words, "button-top-up", Target.TOP_UP))


def prices_view(words: Words) -> View:
    """Where a price comes from and when it is taken."""
    text = words("help-prices", minutes=words.duration(int(QUOTE_LIFETIME.total_seconds())))
    return View(text, answer_keyboard(words, "button-all-categories", Target.MODELS))


def errors_view(words: Words, configured: Configured) -> View:
    """What to do when something went wrong, and whom to write to if anybody."""
    contact = words("help-errors-contact" if configured.has_support else "help-errors-no-contact")
    text = Markup("\n\n".join([words("help-errors"), contact]))
    return View(text, answer_keyboard(words, "button-history", Target.HISTORY))


def _friends(words: Words, bonus: Kopecks) -> list[Markup]:
    """What a friend who pays is worth, where that is anything."""
    return [words("help-free-friends", bonus=words.money(bonus))] if bonus > 0 else []


def _cheapest(words: Words, offers: Offers) -> list[Markup]:
    """The model with the lowest price, as its own card shows it."""
    models = sorted(offers.for_sale(), key=offers.price_from)
    return [
        words("help-free-cheapest", model=spec.name, price=short_price(words, offers, spec))
        for spec in models[:1]
    ]
