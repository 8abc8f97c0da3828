"""The OpenAPI document of one model: which fields its `input` has. References and alternatives are resolved."""

from collections.abc import Iterator
from decimal import Decimal
from urllib.parse import unquote

from app.generation.kie.values import Json, JsonObject, as_decimal, as_text, as_whole
from app.generation.market import Field, Fields

_DEEPEST = 8
"""References that lead to references; a circle ends here."""


def fields_in(document: JsonObject) -> Fields:
    """The inputs of its first POST with a JSON body, by name; of alternatives, required is what all of them require."""
    body = next(_bodies(document), {})
    properties = _object(document, body.get("properties"))
    if "input" in properties:
        return _fields(document, _object(document, properties["input"]), _DEEPEST)
    found = _fields(document, body, _DEEPEST)
    return {name: field for name, field in found.items() if name not in _TRANSPORT}


_TRANSPORT = frozenset({"model", "callBackUrl"})


def _bodies(document: JsonObject) -> Iterator[JsonObject]:
    for operations in _object(document, document.get("paths")).values():
        post = _object(document, _object(document, operations).get("post"))
        content = _object(document, _object(document, post.get("requestBody")).get("content"))
        schema = _object(document, _object(document, content.get("application/json")).get("schema"))
        if schema:
            yield schema


def _fields(document: JsonObject, schema: JsonObject, deep: int) -> dict[str, Field]:
    required = {as_text(name) for name in _list(schema.get("required"))}
    found = {
        name: _field(document, _object(document, part), required=name in required)
        for name, part in _object(document, schema.get("properties")).items()
    }
    if deep:
        for one in _list(schema.get("allOf")):
            found |= _fields(document, _object(document, one), deep - 1)
        for word in ("oneOf", "anyOf"):
            shapes = [_object(document, one) for one in _list(schema.get(word))]
            found = _either(
                found, [_fields(document, one, deep - 1) for one in shapes if "properties" in one]
            )
    return found


def _either(found: dict[str, Field], shapes: list[dict[str, Field]]) -> dict[str, Field]:
    for name in dict.fromkeys(name for shape in shapes for name in shape):
        ways = [shape[name] for shape in shapes if name in shape]
        is_required = len(ways) == len(shapes) and all(way.required for way in ways)
        first = ways[0]
        found[name] = Field(
            is_required, first.choices, first.minimum, first.maximum, first.max_length, first.max_items
        )
    return found


def _field(document: JsonObject, schema: JsonObject, *, required: bool) -> Field:
    return Field(
        required=required and "default" not in schema,
        choices=() if schema.get("x-open-enum") is True else _choices(document, schema),
        minimum=as_decimal(schema.get("minimum")),
        maximum=as_decimal(schema.get("maximum")),
        max_length=as_whole(schema.get("maxLength")),
        max_items=as_whole(schema.get("maxItems")),
    )


def _choices(document: JsonObject, schema: JsonObject) -> tuple[str, ...]:
    """Of a list, those of its elements are another matter; `const` among alternatives is a choice."""
    values = _list(schema.get("enum"))
    for word in ("oneOf", "anyOf"):
        for one in _list(schema.get(word)):
            shape = _object(document, one)
            values += [*_list(shape.get("enum")), *([shape["const"]] if "const" in shape else [])]
    return tuple(_raw(value) for value in values if value is not None)


def _raw(value: Json) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _object(document: JsonObject, value: Json) -> JsonObject:
    """The object itself, or what its `$ref` leads to; keys in a reference are percent-encoded and taken literally."""
    for _ in range(_DEEPEST):
        if not isinstance(value, dict):
            return {}
        pointer = value.get("$ref")
        if not isinstance(pointer, str):
            return value
        value = _pointed(document, pointer)
    return {}


def _pointed(document: JsonObject, pointer: str) -> Json:
    place: Json = document
    for step in pointer.removeprefix("#/").split("/"):
        name = unquote(step).replace("~1", "/").replace("~0", "~")
        place = place.get(name) if isinstance(place, dict) else None
    return place


def _list(value: Json) -> list[Json]:
    return list(value) if isinstance(value, list) else []
