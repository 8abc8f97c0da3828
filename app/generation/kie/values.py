"""JSON as KIE sends it, read without trust: a value of another shape is None, never an exception."""

import json
from decimal import Decimal
from typing import TypeAlias

Json: TypeAlias = "bool | int | Decimal | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]


def parse_json(text: str | bytes) -> Json:
    """The JSON value in `text`, fractions as exact decimals; None when it is not JSON."""
    try:
        value: Json = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None
    return value


def as_object(value: Json) -> JsonObject | None:
    """An object, also one that is written as a string of JSON (up to twice, as KIE does); else None."""
    for _ in range(2):
        if isinstance(value, str):
            value = parse_json(value)
    return value if isinstance(value, dict) else None


def as_text(value: Json) -> str | None:
    """Text that says something, or a whole number as text; else None. What Postgres cannot keep is left out."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        return None
    return value.replace("\0", "").encode("utf-8", "ignore").decode().strip() or None


def as_whole(value: Json) -> int | None:
    """A whole number, also one in quotes; else None."""
    text = as_text(value)
    if text is None or len(text) > 9 or not (text.isascii() and text.lstrip("-").isdigit()):
        return None
    return int(text)


def as_decimal(value: Json) -> Decimal | None:
    """A finite number, also one in quotes; else None."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        number = Decimal(value)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
