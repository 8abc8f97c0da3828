"""The least that inputs which are not complete yet may come to: the price on a button that leads to the rest. Pure."""

from collections.abc import Iterable
from itertools import product

from app.catalogue.costing import cost
from app.catalogue.errors import UnpricedError
from app.catalogue.parameters import Inputs, InputValue, Parameter, ParameterKind
from app.catalogue.spec import ModelSpec
from app.catalogue.starting import StartingPrice, files_missing, starting_price
from app.money import Credits

_FILE = "a file to come"


def least_cost(spec: ModelSpec, inputs: Inputs) -> StartingPrice:
    """The cheapest way to complete `inputs`; exact when all ways cost the same and no file can be added.

    Where only the missing answers tell the amount (a text that is paid by its length), it is the price on the shelf.
    """
    on_the_shelf = starting_price(spec)
    deciding = [it for it in _deciding(spec) if it.name not in inputs]
    ways = [_values(it) for it in deciding]
    if not all(ways):
        return on_the_shelf
    names = [it.name for it in deciding]
    chosen = [dict(zip(names, way, strict=True)) for way in product(*ways)]
    sent = [_stood_for(missing) for missing in files_missing(spec, inputs)]
    found = [_cost(spec, {**inputs, **files, **way}) for files in sent for way in chosen]
    costs = [it for it in found if it is not None]
    if not costs or (on_the_shelf.unit is not None and len(costs) < len(found)):
        return on_the_shelf
    exact = min(costs) == max(costs) and not _grows_with_files(spec, inputs)
    return StartingPrice(min(costs), None, exact=exact)


def _stood_for(missing: Iterable[Parameter]) -> Inputs:
    """As many files as must still come, of which nothing but their number is known."""
    return {it.name: [_FILE] * it.media.min_count for it in missing if it.media is not None}


def _deciding(spec: ModelSpec) -> list[Parameter]:
    """The inputs that a price row asks for."""
    asked = {name.partition(".")[0] for row in spec.prices for name in (*row.when, row.by or "")}
    return [it for it in spec.parameters if it.name in asked]


def _values(parameter: Parameter) -> list[InputValue]:
    """Every value that may be chosen, the least of a number; nothing where that says nothing of the price."""
    if parameter.choices:
        return [it.value for it in parameter.choices]
    if parameter.kind is ParameterKind.NUMBER and parameter.minimum is not None:
        return [float(parameter.minimum)]
    return []


def _cost(spec: ModelSpec, inputs: Inputs) -> Credits | None:
    try:
        return cost(spec, inputs)
    except UnpricedError:
        return None


def _grows_with_files(spec: ModelSpec, inputs: Inputs) -> bool:
    """Whether a price row counts files, or their seconds, and there is room for more of them."""
    counted = any(name.startswith("@") for row in spec.prices for name in (*row.when, row.by or ""))
    return counted and any(_has_room(it, inputs.get(it.name)) for it in spec.parameters)


def _has_room(parameter: Parameter, value: InputValue | None) -> bool:
    given = len(value) if isinstance(value, list) else 0
    return parameter.media is not None and given < parameter.media.max_count
