"""What buttons carry that lead on from a result or a failure; the rules are those of `bot.callbacks`."""

from aiogram.filters.callback_data import CallbackData

from bot.callbacks import FileNumber, Number, Page


class OnwardTap(CallbackData, prefix="on"):
    """A model that makes something of a file of a result."""

    key: str
    generation: Number
    number: FileNumber


class OnwardPage(CallbackData, prefix="ons"):
    """One page (from 0) of the models that make something of a result."""

    generation: Number
    page: Page


class OtherTap(CallbackData, prefix="other"):
    """Another model for what a generation was asked for."""

    key: str
    generation: Number


class OtherPage(CallbackData, prefix="others"):
    """One page (from 0) of the models that take what a generation was asked for."""

    generation: Number
    page: Page
