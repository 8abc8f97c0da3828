"""What a result leads on to, by what is on the shelf and what it costs with this very file."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.catalogue import (
    Inputs,
    Made,
    MediaFile,
    ModelKey,
    ModelSpec,
    Parameter,
    Problem,
    Sequel,
    gone_on_with,
    results_asked,
    sequel_of,
    sequel_of_result,
    taker_of,
    validate_inputs,
)
from app.offers.service import LeastPrice, Offers

_ORDER = tuple(Sequel)


@dataclass(frozen=True, slots=True)
class Onward:
    """A model that makes something of a file, and what that costs with it."""

    sequel: Sequel
    spec: ModelSpec
    least: LeastPrice


class Sequels:
    """`best` is the operator's list, best first: of several models for one sequel it decides."""

    def __init__(self, offers: Offers, best: Sequence[ModelKey]) -> None:
        self._offers = offers
        self._places = {key: place for place, key in enumerate(best)}

    def of(self, file: MediaFile, made: Made | None = None) -> tuple[Onward, ...]:
        """Every model that takes this file as it is, sequel by sequel, the best of each first.

        `made`: the same as the provider knows it; with it, also the models that go on from that.
        """
        return tuple(sorted(self._found(file, made), key=self._place))

    def _found(self, file: MediaFile, made: Made | None) -> Iterator[Onward]:
        for spec in self._offers.for_sale():
            sequel, inputs = sequel_of(spec, file.kind), begun_with(spec, file)
            if made is not None and taker_of(spec, file.kind) is None:
                sequel, inputs = sequel_of_result(spec, file.kind), gone_on_with(spec, made)
            if sequel is not None and inputs is not None:
                yield Onward(sequel, spec, self._offers.price_least(spec, inputs))

    def _place(self, onward: Onward) -> tuple[int, bool, int]:
        """What cannot do without such a file comes before what may take one."""
        needs = any(
            it.required and (it.media is not None or it in results_asked(onward.spec))
            for it in onward.spec.parameters
        )
        listed = self._places.get(onward.spec.key, len(self._places))
        return _ORDER.index(onward.sequel), not needs, listed


def best_of_each(found: Sequence[Onward]) -> tuple[Onward, ...]:
    """The first of every sequel."""
    return tuple(next(group) for _, group in groupby(found, key=lambda it: it.sequel))


def begun_with(spec: ModelSpec, file: MediaFile) -> Inputs | None:
    """The inputs that the file gives a model; None when it takes no such file, or not this one."""
    taker = taker_of(spec, file.kind)
    if taker is None or _refused(spec, taker, file):
        return None
    return {taker.name: [file.reference]}


def _refused(spec: ModelSpec, taker: Parameter, file: MediaFile) -> bool:
    problems = validate_inputs(spec, {taker.name: [file.reference]})
    return any(it.parameter == taker.name and it.rule != Problem.TOO_FEW for it in problems)
