"""What buttons about money carry; the rules are those of `bot.callbacks`."""

from enum import StrEnum

from aiogram.filters.callback_data import CallbackData

from app.generation import Period
from bot.callbacks import Number


class TransferAct(StrEnum):
    """What can be done with an order of a bank transfer."""

    SHOW = "show"
    PAID = "paid"


class Buy(CallbackData, prefix="buy"):
    """An invoice for so many Stars."""

    stars: Number


class BudgetTap(CallbackData, prefix="budget"):
    """A limit of so many kopecks for a period; 0 = none."""

    period: Period
    kopecks: Number


class BudgetSums(CallbackData, prefix="sums"):
    """The sums to choose from for a period."""

    period: Period


class TransferSum(CallbackData, prefix="sum"):
    """An order of a bank transfer of so many kopecks."""

    kopecks: Number


class TransferTap(CallbackData, prefix="transfer"):
    """Something done with an order of a bank transfer."""

    order: Number
    act: TransferAct


class Renewal(CallbackData, prefix="renew"):
    """The subscription of an order shall be renewed or not."""

    order: Number
    renews: bool


class StatementPage(CallbackData, prefix="money"):
    """The transfers booked before the one with this id; 0 = the newest."""

    before: Number
