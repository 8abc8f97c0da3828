"""The main menu: who, how much money, how many models."""

from dataclasses import dataclass

from app.catalogue import ModelSpec
from app.ledger import Balance
from app.money import Kopecks
from app.offers import Offers
from app.users import Draft, User
from bot.configured import Configured
from bot.keyboards.menu import menu_keyboard
from bot.keyboards.model import resume_row
from bot.texts import Markup, Words
from bot.view import View


@dataclass(frozen=True)
class Unfinished:
    """A draft that somebody left with answers in it, and its model."""

    draft: Draft
    spec: ModelSpec


def menu_view(
    words: Words,
    offers: Offers,
    configured: Configured,
    balance: Balance,
    unfinished: Unfinished | None = None,
) -> View:
    """Money, and what there is to do."""
    text = words(
        "menu",
        balance=words.money(balance.free),
        bonus=_bonus_line(words, balance),
        models=len(offers.for_sale()),
    )
    resume = resume_row(words, unfinished.draft, unfinished.spec) if unfinished else None
    return View(text, menu_keyboard(words, resume, invites=configured.referral_bonus > 0))


def greeting(words: Words, user: User, configured: Configured) -> Markup:
    """By first name; a newcomer is told what this is, and of the bonus that was really booked (F60)."""
    if not user.is_new:
        return words("greeting", name=user.first_name)
    said = words("greeting-new", name=user.first_name)
    if configured.welcome_bonus <= 0:
        return said
    return Markup(said + "\n" + words("greeting-bonus", bonus=words.money(configured.welcome_bonus)))


def _bonus_line(words: Words, balance: Balance) -> Markup:
    """Told where there is something of both: a balance that is all bonus needs no second sum."""
    bonus = Kopecks(balance.bonus - balance.bonus_held)
    if not 0 < bonus < balance.free:
        return Markup()
    return Markup("\n" + words("menu-bonus", bonus=words.money(bonus)))
