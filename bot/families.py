"""How a long shelf is split: by family, so that no more than a few taps lead to any model (P3). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from app.catalogue import ModelSpec

LONG_SHELF = 8
"""Models above which a shelf is split."""


@dataclass(frozen=True)
class FamilyGroup:
    """Two or more models of one family on one shelf."""

    family: str
    models: tuple[ModelSpec, ...]


Entry = ModelSpec | FamilyGroup


def entries_of(models: Sequence[ModelSpec]) -> tuple[Entry, ...]:
    """What stands on a shelf: the models of a short one; of a long one families, and models that are alone."""
    families = dict.fromkeys(spec.family for spec in models)
    if len(models) <= LONG_SHELF or len(families) == 1:
        return tuple(models)
    order = list(families)
    by_family = groupby(sorted(models, key=lambda spec: order.index(spec.family)), lambda spec: spec.family)
    return tuple(_entry(family, tuple(group)) for family, group in by_family)


def place_of(entries: Sequence[Entry], key: str) -> int:
    """The place of the entry where a model stands; 0 when it is on none."""
    for place, entry in enumerate(entries):
        models = entry.models if isinstance(entry, FamilyGroup) else (entry,)
        if any(spec.key == key for spec in models):
            return place
    return 0


def _entry(family: str, models: tuple[ModelSpec, ...]) -> Entry:
    return models[0] if len(models) == 1 else FamilyGroup(family, models)
