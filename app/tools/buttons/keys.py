"""What makes two buttons one and the same: the class of their data and its fields, without the ids of rows."""

from collections.abc import Mapping

from aiogram.filters.callback_data import CallbackData

KEPT_NUMBERS = frozenset({"page", "stars", "amount"})
"""Numbers that say what a button does; every other number is the id of a row, or a revision."""


def read_data(data: str, classes: Mapping[str, type[CallbackData]]) -> CallbackData | None:
    """The callback of these bytes; None when no class of ours made them."""
    known = classes.get(data.partition(":")[0])
    if known is None:
        return None
    try:
        return known.unpack(data)
    except (TypeError, ValueError):
        return None


def key_of(data: str, classes: Mapping[str, type[CallbackData]]) -> str:
    """Equal for buttons that do the same."""
    callback = read_data(data, classes)
    if callback is None:
        return data
    fields = (f"{name}={_told(name, value)}" for name, value in callback)
    return ":".join([data.partition(":")[0], *fields])


def outdated(callback: CallbackData) -> list[str]:
    """The same button as an old menu may still have it: of rows and things that are gone."""
    gone = {
        name: value + 7_000_000 if type(value) is int and name not in KEPT_NUMBERS else value
        for name, value in callback
    }
    missing = {
        name: "gone" if type(value) is str else 0 if name in KEPT_NUMBERS else value
        for name, value in callback
    }
    variants = {callback.model_copy(update=update).pack() for update in (gone, missing, {**gone, **missing})}
    return sorted(variants - {callback.pack()})


def _told(name: str, value: object) -> str:
    if type(value) is int and name not in KEPT_NUMBERS:
        return "n" if value else "0"
    return str(value)
