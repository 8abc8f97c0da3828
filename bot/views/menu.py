"""The main menu: who, how much money, how many models."""

from app.catalogue import Category
from app.ledger import Balance
from app.money import Kopecks
from app.offers import Offers
from bot.keyboards.menu import menu_keyboard
from bot.texts import Markup, Words
from bot.view import View


def shelves(offers: Offers) -> tuple[Category, ...]:
    """The categories that have something for sale, in the menu's order."""
    return tuple(category for category in Category if offers.for_sale(category))


def menu_view(words: Words, offers: Offers, balance: Balance) -> View:
    """Money, and what there is to do."""
    text = words("menu", balance=words.money(balance.free), models=len(offers.for_sale()))
    return View(Markup(text + _bonus_line(words, balance)), menu_keyboard(words, shelves(offers)))


def _bonus_line(words: Words, balance: Balance) -> str:
    bonus = Kopecks(balance.bonus - balance.bonus_held)
    if bonus <= 0 or balance.free <= 0:
        return ""
    return "\n" + words("menu-bonus", bonus=words.money(bonus))
