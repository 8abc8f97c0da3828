"""The provider's list held against our catalogue. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from app.catalogue import Catalogue, Endpoint, ModelSpec
from app.generation.market.differences import (
    Change,
    Difference,
    Loss,
    losses,
    price_differences,
)
from app.generation.market.facts import Fields, Listed
from app.generation.market.known import Known
from app.generation.market.prices import RowReading, read_rows
from app.generation.market.schemas import schema_differences
from app.offers import Rates

BELIEVED_GONE = 0.5
"""A list that lacks more than this part of our models is no list: something is wrong with it, not with them."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What was found by one look at the list. `gone`: ours that the list lacks. `readings`: of each that it has."""

    differences: tuple[Difference, ...]
    losses: tuple[Loss, ...]
    gone: tuple[ModelSpec, ...]
    listed: tuple[ModelSpec, ...]


def compare_list(
    catalogue: Catalogue, listed: Sequence[Listed], known: Known, rates: Rates
) -> Comparison | None:
    """New models, gone ones, prices and losses; None where the list cannot be believed."""
    ours = watched(catalogue)
    theirs = {it.id: it for it in listed}
    there = tuple(spec for spec in ours if spec.id in theirs)
    gone = tuple(spec for spec in ours if spec.id not in theirs)
    if not there or len(gone) > BELIEVED_GONE * len(ours):
        return None
    readings = [(spec, read_rows(spec, theirs[spec.id].price_words)) for spec in there]
    prices = [it for spec, rows in readings for it in _unknown_prices(spec, rows, theirs[spec.id], known)]
    return Comparison(
        differences=(
            *_new_models(catalogue, listed, known),
            *(Difference(Change.GONE, spec.key, spec.name) for spec in gone),
            *prices,
        ),
        losses=tuple(loss for spec, rows in readings for loss in losses(spec, rows, rates)),
        gone=gone,
        listed=there,
    )


def compare_fields(spec: ModelSpec, fields: Fields | None, known: Known) -> list[Difference]:
    """What is other in the schema; nothing where the provider has written none down."""
    if fields is None:
        return []
    return schema_differences(spec, fields, known.inputs_of(spec), known.values_of(spec))


def watched(catalogue: Catalogue) -> tuple[ModelSpec, ...]:
    """The models whose facts the provider tells: those for sale that its one endpoint takes."""
    return tuple(spec for spec in catalogue.models if spec.endpoint is Endpoint.JOBS)


def _new_models(catalogue: Catalogue, listed: Iterable[Listed], known: Known) -> Iterator[Difference]:
    ids = {spec.id for spec in (*catalogue.models, *catalogue.withdrawn)} | set(known.models)
    for it in listed:
        if it.id not in ids:
            yield Difference(Change.NEW_MODEL, it.id, it.title, ", ".join(it.tasks))


def _unknown_prices(
    spec: ModelSpec, rows: Sequence[RowReading], listed: Listed, known: Known
) -> Iterator[Difference]:
    understood = known.prices.get(spec.key) == (listed.price_words or "")
    for it in price_differences(spec, rows):
        if it.change is not Change.PRICE_UNREAD or not understood:
            yield it
