"""What buttons about a person's own data carry; the rules are those of `bot.callbacks`."""

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import Number


class Depart(CallbackData, prefix="depart"):
    """The person leaves and gives up so many kopecks; only who is `sure` is deleted."""

    given_up: Number
    sure: bool
