"""The rules across fields, as `schemas.json` writes them under `checks`.

A check is `{"if": {field: "given" | "absent" | [values, null = left out]}, …}` with any of: `need` and `absent`
(fields), `only` and `not` (field: values), `max` (field: longest text, most items or greatest number), `range`
(field: [least, most]) with `or` (further values), `slots` (field: slots an item takes) with `limit`.
Defaults do not count: a rule is about what was sent.
"""

from collections.abc import Iterator

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.schemas import ModelFacts
from app.sandbox.kie.values import Json, JsonObject, as_items, as_number, as_object, as_text, is_given


def check_rules(model: ModelFacts, inputs: JsonObject) -> None:
    """Raises RefusalError (code 500, as KIE answers) at the first rule that is broken."""
    for check in model.checks:
        if not _applies(as_object(check.get("if")), inputs):
            continue
        for field, words in _breaches(check, inputs):
            raise RefusalError(500, f"{field} {words}", field=field)


def _applies(condition: JsonObject, inputs: JsonObject) -> bool:
    return all(_holds(wanted, inputs.get(field)) for field, wanted in condition.items())


def _holds(wanted: Json, value: Json) -> bool:
    if wanted == "given":
        return is_given(value)
    if wanted == "absent":
        return not is_given(value)
    return value in as_items(wanted)


def _breaches(check: JsonObject, inputs: JsonObject) -> Iterator[tuple[str, str]]:
    yield from _presence(check, inputs)
    yield from _values(check, inputs)
    yield from _sizes(check, inputs)
    yield from _slots(check, inputs)


def _presence(check: JsonObject, inputs: JsonObject) -> Iterator[tuple[str, str]]:
    for name in as_items(check.get("need")):
        if not is_given(inputs.get(as_text(name))):
            yield as_text(name), "is required here"
    for name in as_items(check.get("absent")):
        if is_given(inputs.get(as_text(name))):
            yield as_text(name), "cannot be used together with the other fields"


def _values(check: JsonObject, inputs: JsonObject) -> Iterator[tuple[str, str]]:
    for field, values in as_object(check.get("only")).items():
        if inputs.get(field) not in as_items(values):
            yield field, "is not within the range of allowed options"
    for field, values in as_object(check.get("not")).items():
        if inputs.get(field) in as_items(values):
            yield field, "is not within the range of allowed options"


def _sizes(check: JsonObject, inputs: JsonObject) -> Iterator[tuple[str, str]]:
    for field, limit in as_object(check.get("max")).items():
        most, size = as_number(limit), _size(inputs.get(field))
        if most is not None and size > most:
            yield field, f"exceeds the maximum of {most:g}"
    for field, bounds in as_object(check.get("range")).items():
        value = as_number(inputs.get(field))
        least, most = (as_number(bound) for bound in as_items(bounds))
        if value is None or inputs.get(field) in as_items(check.get("or")):
            continue
        if least is not None and most is not None and not least <= value <= most:
            yield field, f"must be between {least:g} and {most:g}"


def _size(value: Json) -> float:
    if isinstance(value, str | list):
        return len(value)
    return as_number(value) or 0


def _slots(check: JsonObject, inputs: JsonObject) -> Iterator[tuple[str, str]]:
    weights = as_object(check.get("slots"))
    taken = sum(
        (as_number(weight) or 0) * len(as_items(inputs.get(field))) for field, weight in weights.items()
    )
    limit = as_number(check.get("limit"))
    if limit is not None and taken > limit:
        yield next(iter(weights)), f"and its companions take {taken:g} of {limit:g} places"
