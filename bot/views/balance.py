"""A person's money: what can be spent, of which kind, what is set aside."""

from app.generation import FreeLeft
from app.ledger import Balance
from app.money import Kopecks
from app.users import Draft
from bot.keyboards.balance import balance_keyboard, credited_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.free import left_line


def balance_view(words: Words, balance: Balance, draft: Draft | None, free: FreeLeft | None = None) -> View:
    """Cash, bonus, held; debt only where there is one. `draft` is the one that may wait for money.

    `free`: what is left of the free tier, None where there is none.
    """
    lines = [_money(words, balance), *([left_line(words, free)] if free else [])]
    return View(Markup("\n\n".join(lines)), balance_keyboard(words, draft))


def credited_view(words: Words, balance: Balance, draft: Draft | None) -> View:
    """The same after money came in: the draft that waited for it can run now."""
    return View(_money(words, balance), credited_keyboard(words, draft))


def _money(words: Words, balance: Balance) -> Markup:
    lines = [
        words("balance", free=words.money(balance.free)),
        "",
        words("balance-cash", amount=words.money(Kopecks(balance.cash - balance.cash_held))),
        words("balance-bonus", amount=words.money(Kopecks(balance.bonus - balance.bonus_held))),
        words("balance-held", amount=words.money(balance.held)),
    ]
    if balance.debt > 0:
        lines += ["", words("balance-debt", amount=words.money(balance.debt))]
    return Markup("\n".join(lines))
