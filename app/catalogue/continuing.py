"""Which models go on from an earlier result by the provider's own id, and what they take of it. Pure."""

from dataclasses import dataclass

from app.catalogue.parameters import Inputs, Parameter, ParameterKind, Wire
from app.catalogue.past import PastResult, read_result
from app.catalogue.prices import Fact
from app.catalogue.spec import ModelKey, ModelSpec


@dataclass(frozen=True, slots=True)
class Made:
    """One output of an earlier task, and the model that made it."""

    model: ModelKey
    result: PastResult


def results_asked(spec: ModelSpec) -> tuple[Parameter, ...]:
    """The inputs that are an earlier result; one pick answers them all."""
    return tuple(it for it in spec.parameters if it.kind is ParameterKind.RESULT)


def needs_track(spec: ModelSpec) -> bool:
    """Whether it is one song among several of a task that is meant."""
    return any(it.wire is Wire.TRACK for it in results_asked(spec))


def gone_on_with(spec: ModelSpec, made: Made) -> Inputs | None:
    """The inputs that the result gives this model.

    None where it does not go on from that model's results, or not from this one: its song is not told apart from the
    others, or it is of a resolution that has no price.
    """
    asked = results_asked(spec)
    if not asked or not all(made.model in it.of for it in asked):
        return None
    if needs_track(spec) and made.result.track is None:
        return None
    resolutions = {
        row.when[Fact.SOURCE_RESOLUTION] for row in spec.prices if Fact.SOURCE_RESOLUTION in row.when
    }
    if resolutions and made.result.resolution not in resolutions:
        return None
    return {it.name: made.result.reference for it in asked}


def results_given(spec: ModelSpec, inputs: Inputs) -> tuple[tuple[str, PastResult], ...]:
    """The earlier results among the inputs, each with the input's name."""
    answers = ((it.name, inputs.get(it.name)) for it in results_asked(spec))
    found = ((name, read_result(answer)) for name, answer in answers if isinstance(answer, str))
    return tuple((name, past) for name, past in found if past is not None)
