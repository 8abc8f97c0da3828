"""The shape of what travels as JSON, and the few ways in which it is read."""

import json
from collections.abc import Iterator
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
JsonObject: TypeAlias = dict[str, Json]


def parse_object(text: str | bytes) -> JsonObject | None:
    """The JSON object in this text; None when it is not JSON or not an object."""
    try:
        value: Json = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def compact(value: Json) -> str:
    """One line of JSON, as KIE writes its inner strings."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def child(value: Json, key: str) -> Json:
    """One field of an object; None when it is no object or has no such field."""
    return value.get(key) if isinstance(value, dict) else None


def as_object(value: Json) -> JsonObject:
    """The object itself, or an empty one."""
    return value if isinstance(value, dict) else {}


def as_items(value: Json) -> list[Json]:
    """The list itself, a single value as a list of one, nothing as an empty list."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def as_text(value: Json) -> str:
    """The text itself, or an empty one."""
    return value if isinstance(value, str) else ""


def as_number(value: Json) -> float | None:
    """A number, also one that is written as text ("5"); None for the rest."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    try:
        return float(value) if isinstance(value, str) else None
    except ValueError:
        return None


def is_given(value: Json) -> bool:
    """Whether a field says anything: not null, not an empty text, not an empty list."""
    return value not in (None, "", [])


def texts_within(value: Json) -> Iterator[str]:
    """Every text inside a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_within(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from texts_within(item)
