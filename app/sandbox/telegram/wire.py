"""Between aiogram's types and the JSON of the Bot API."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from aiogram.types import TelegramObject
from pydantic import BaseModel, JsonValue

Json: TypeAlias = JsonValue
JsonObject: TypeAlias = dict[str, JsonValue]
# What a Bot API method may answer, and what the client API may show.
Answer: TypeAlias = (
    TelegramObject | Sequence["Answer"] | Mapping[str, "Answer"] | str | int | float | bool | None
)


def to_json(value: Answer) -> Json:
    """The value as Telegram writes it: aliases, no nulls inside objects, Unix time."""
    if isinstance(value, TelegramObject):
        return to_object(value)
    if isinstance(value, str | int | float) or value is None:
        return value
    if isinstance(value, Mapping):
        return {name: to_json(each) for name, each in value.items()}
    return [to_json(each) for each in value]


def to_object(value: TelegramObject) -> JsonObject:
    """Like `to_json`, for what is certainly an object. aiogram's own `Default(…)` means: not given."""
    dumped: JsonObject = value.model_dump(
        mode="json", by_alias=True, exclude_none=True, warnings=False, fallback=lambda _default: None
    )
    return {name: _without_nulls(each) for name, each in dumped.items() if each is not None}


def _without_nulls(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _without_nulls(each) for name, each in value.items() if each is not None}
    return [_without_nulls(each) for each in value] if isinstance(value, list) else value


def to_text(value: Answer) -> str:
    """Compact JSON, Cyrillic left readable."""
    return json.dumps(to_json(value), ensure_ascii=False, separators=(",", ":"))


def unknown_names(model: BaseModel, path: str = "") -> list[str]:
    """Dotted names of everything that aiogram's definition of this object does not know."""
    found = [f"{path}{name}" for name in (model.model_extra or {})]
    for name in type(model).model_fields:
        found += _unknown_in(getattr(model, name), f"{path}{name}")
    return found


def _unknown_in(value: object, path: str) -> list[str]:
    if isinstance(value, BaseModel):
        return unknown_names(value, f"{path}.")
    if isinstance(value, list):
        return [name for index, each in enumerate(value) for name in _unknown_in(each, f"{path}[{index}]")]
    return []
