"""Whether KIE would take these inputs: the model's JSON Schema first, then the rules across fields.

The wording and the codes are KIE's: 500 for a field that is missing, of another type, outside its options or against
a rule; 422 for a length, a count or a number outside its bounds. Unknown fields are taken without a word, but named.
"""

import re
from collections.abc import Callable, Iterator

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.rules import check_rules
from app.sandbox.kie.schemas import ModelFacts
from app.sandbox.kie.values import Json, JsonObject, as_items, as_number, as_object, as_text

_LINK = re.compile(r"^(https?|asset|oss)://\S+$")
_REQUIRED = "This field is required"


def check_inputs(model: ModelFacts, inputs: JsonObject) -> None:
    """Raises RefusalError at the first thing KIE would not take."""
    _check_object("", model.input, inputs)
    if inputs.get("language_code") == "":
        raise RefusalError(
            500, "language_code is not within the range of allowed options", field="language_code"
        )
    check_rules(model, inputs)


def unknown_fields(model: ModelFacts, inputs: JsonObject) -> tuple[str, ...]:
    """Names KIE ignores; a client that sends them means something else than it gets."""
    return tuple(sorted(set(inputs) - set(model.fields)))


def _check_object(path: str, schema: JsonObject, value: JsonObject) -> None:
    for name in as_items(schema.get("required")):
        if value.get(as_text(name)) in (None, ""):
            raise RefusalError(500, _REQUIRED, field=path + as_text(name))
    for name, part in as_object(schema.get("properties")).items():
        if name in value:
            _check_value(path + name, as_object(part), value[name])
    _check_alternatives(path, schema, value)


def _check_alternatives(path: str, schema: JsonObject, value: JsonObject) -> None:
    sets = [
        [as_text(name) for name in as_items(as_object(one).get("required"))]
        for one in as_items(schema.get("anyOf"))
    ]
    if sets and not any(all(name in value for name in names) for names in sets):
        missing = next(name for name in sets[0] if name not in value)
        raise RefusalError(500, _REQUIRED, field=path + missing)


def _check_value(name: str, schema: JsonObject, value: Json) -> None:
    kinds = [as_text(kind) for kind in as_items(schema.get("type"))]
    if kinds and not any(_IS[kind](value) for kind in kinds):
        raise RefusalError(500, f"{name} it must be {_SAID[kinds[0]]}", field=name)
    options = schema.get("enum")
    if isinstance(options, list) and value not in options:
        raise RefusalError(500, f"{name} is not within the range of allowed options", field=name)
    for problem in _bounds(schema, value):
        raise RefusalError(422, f"{name} {problem}", field=name)
    if isinstance(value, list):
        for index, item in enumerate(value):
            _check_value(f"{name}[{index}]", as_object(schema.get("items")), item)
    if isinstance(value, dict):
        _check_object(f"{name}.", schema, value)


def _bounds(schema: JsonObject, value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield from _text_bounds(schema, value)
    elif isinstance(value, list):
        yield from _between(schema, "Items", len(value), "number of items")
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield from _number_bounds(schema, float(value))


def _text_bounds(schema: JsonObject, value: str) -> Iterator[str]:
    yield from _between(schema, "Length", len(value), "length")
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not re.search(pattern, value):
        yield "is not within the range of allowed options"
    if schema.get("format") == "uri" and not _LINK.match(value):
        yield "is not a valid url"


def _between(schema: JsonObject, what: str, size: int, word: str) -> Iterator[str]:
    least, most = as_number(schema.get(f"min{what}")), as_number(schema.get(f"max{what}"))
    if least is not None and size < least:
        yield f"{word} is below the minimum of {least:g}"
    if most is not None and size > most:
        yield f"{word} exceeds the maximum of {most:g}"


def _number_bounds(schema: JsonObject, value: float) -> Iterator[str]:
    least, most = as_number(schema.get("minimum")), as_number(schema.get("maximum"))
    if least is not None and value < least:
        yield f"must not be less than {least:g}"
    if most is not None and value > most:
        yield f"must not be greater than {most:g}"
    step = as_number(schema.get("multipleOf"))
    if step and abs(value / step - round(value / step)) > 1e-6:
        yield f"must be a multiple of {step:g}"


def _is_number(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_whole(value: Json) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and float(value).is_integer()


_IS: dict[str, Callable[[Json], bool]] = {
    "string": lambda value: isinstance(value, str),
    "boolean": lambda value: isinstance(value, bool),
    "array": lambda value: isinstance(value, list),
    "object": lambda value: isinstance(value, dict),
    "number": _is_number,
    "integer": _is_whole,
}
_SAID = {
    "string": "a string",
    "boolean": "a boolean",
    "array": "an array",
    "object": "an object",
    "number": "a number",
    "integer": "an integer",
}
