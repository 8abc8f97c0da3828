"""One look at all of KIE's catalogue."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from app.catalogue import Catalogue, ModelSpec
from app.generation import TryLaterError
from app.generation.market import (
    Change,
    Difference,
    Known,
    Listed,
    Loss,
    NotListedError,
    ProviderList,
    compare_fields,
    compare_list,
    watched,
)
from app.offers import Rates


@dataclass(frozen=True)
class Findings:
    """`listed`: KIE's entries by id. `compared`: how many of our models were held against their schemas."""

    differences: tuple[Difference, ...]
    losses: tuple[Loss, ...]
    listed: Mapping[str, Listed]
    compared: int

    def of(self, *changes: Change) -> tuple[Difference, ...]:
        """Those of these kinds."""
        return tuple(it for it in self.differences if it.change in changes)


async def look(
    provider: ProviderList, catalogue: Catalogue, known: Known, rates: Rates, only: Collection[str]
) -> Findings:
    """Reads the list, then the schema of each model (of `only`, where any are named: our keys).

    Raises TryLaterError where KIE cannot be read, or is not believed.
    """
    listed = await provider.models()
    found = compare_list(catalogue, listed, known, rates)
    if found is None:
        raise TryLaterError(0)
    chosen = [spec for spec in watched(catalogue) if not only or spec.key in only]
    kept = [it for it in found.differences if not only or it.model in only]
    gone = [await _differences(provider, spec, known) for spec in chosen]
    return Findings(
        differences=(*kept, *(it for found_of_one in gone for it in found_of_one)),
        losses=tuple(it for it in found.losses if not only or it.spec.key in only),
        listed={it.id: it for it in listed},
        compared=len(chosen),
    )


async def _differences(provider: ProviderList, spec: ModelSpec, known: Known) -> list[Difference]:
    try:
        return compare_fields(spec, await provider.fields(spec.id), known)
    except NotListedError:
        return []  # the list has told
