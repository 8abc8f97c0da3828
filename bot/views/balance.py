"""A person's money: what can be spent, of which kind, what is set aside."""

from app.ledger import Balance
from app.money import Kopecks
from bot.keyboards.balance import balance_keyboard
from bot.texts import Markup, Words
from bot.view import View


def balance_view(words: Words, balance: Balance) -> View:
    """Cash, bonus, held; debt only where there is one."""
    lines = [
        words("balance", free=words.money(balance.free)),
        "",
        words("balance-cash", amount=words.money(Kopecks(balance.cash - balance.cash_held))),
        words("balance-bonus", amount=words.money(Kopecks(balance.bonus - balance.bonus_held))),
        words("balance-held", amount=words.money(balance.held)),
    ]
    if balance.debt > 0:
        lines += ["", words("balance-debt", amount=words.money(balance.debt))]
    return View(Markup("\n".join(lines)), balance_keyboard(words))
