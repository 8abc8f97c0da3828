"""Random valid inputs of any model, by its own parameters."""

from collections.abc import Callable
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import (
    Inputs,
    InputValue,
    MediaFile,
    MediaRule,
    Modality,
    ModelSpec,
    Parameter,
    ParameterKind,
    PastResult,
    validate_inputs,
)

PER_FAMILY = 200
"""Examples that a property is tried on for the models of one family together."""
PER_MODEL = 40
"""The least for each of them."""

LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")),
    min_size=1,
)


def for_valid_inputs(spec: ModelSpec, siblings: int, check: Callable[[Inputs], None]) -> None:
    """Tries what must hold for all inputs of a model, which is one of so many of its family."""
    examples = max(PER_MODEL, -(-PER_FAMILY // siblings))

    @settings(max_examples=examples, deadline=None)
    @given(inputs=valid_inputs(spec))
    def tried(inputs: Inputs) -> None:
        check(inputs)

    tried()


def valid_inputs(spec: ModelSpec) -> st.SearchStrategy[Inputs]:
    """All required inputs and any of the optional ones, such that the cross-field rules hold."""
    required = {p.name: valid_value(p) for p in spec.parameters if p.required}
    optional = {p.name: valid_value(p) for p in spec.parameters if not p.required}
    drawn = st.fixed_dictionaries(required, optional=optional).map(lambda inputs: settled(spec, inputs))
    return drawn.filter(lambda inputs: validate_inputs(spec, inputs) == ())


def settled(spec: ModelSpec, inputs: Inputs) -> Inputs:
    """Without the optional inputs that break a rule: where many exclude each other, chance alone finds few that fit."""
    optional = {p.name for p in spec.parameters if not p.required}
    wrong = [problem.parameter for problem in validate_inputs(spec, inputs)]
    superfluous = next((name for name in wrong if name in optional & set(inputs)), None)
    if superfluous is None:
        return inputs
    return settled(spec, {name: value for name, value in inputs.items() if name != superfluous})


def valid_value(parameter: Parameter) -> st.SearchStrategy[InputValue]:
    """Any value that one parameter takes."""
    match parameter.kind:
        case ParameterKind.RESULT:
            return results()
        case ParameterKind.TEXT:
            longest = parameter.max_length or 40
            return LETTERS.filter(lambda text: parameter.min_length <= len(text) <= longest)
        case ParameterKind.CHOICE | ParameterKind.SWITCH:
            return st.sampled_from([choice.value for choice in parameter.choices])
        case ParameterKind.NUMBER:
            return _numbers(parameter)
        case ParameterKind.MEDIA:
            assert parameter.media is not None
            most = min(parameter.media.max_count, 3)
            return st.lists(files(parameter.media), min_size=parameter.media.min_count, max_size=most)
        case ParameterKind.PARTS:
            one = st.fixed_dictionaries({part.name: valid_value(part) for part in parameter.parts})
            return st.lists(one, min_size=1, max_size=parameter.max_parts or 3)  # type: ignore[return-value]


def files(rule: MediaRule) -> st.SearchStrategy[str]:
    """References to files that the rule takes."""
    heaviest = int((rule.max_megabytes or 20) * 1_000_000)
    timed = rule.kind is not Modality.IMAGE
    return st.builds(
        lambda size, mime, seconds: (
            MediaFile(
                "file-id", "unique", rule.kind, mime, size, seconds if timed else None, 640, 480
            ).reference
        ),
        size=st.integers(1, heaviest),
        mime=st.sampled_from(rule.mime or [f"{rule.kind}/any"]),
        seconds=st.integers(int(rule.min_seconds or 1), int(rule.max_seconds or 60)),
    )


def results() -> st.SearchStrategy[str]:
    """References to earlier results of the provider."""
    ids = st.text("0123456789abcdef", min_size=32, max_size=32)
    resolutions = st.sampled_from(["480p", "720p"])
    return st.builds(PastResult, task=ids, track=ids, resolution=resolutions).map(lambda it: it.reference)


def _numbers(parameter: Parameter) -> st.SearchStrategy[InputValue]:
    least = parameter.minimum if parameter.minimum is not None else Decimal(0)
    most = parameter.maximum if parameter.maximum is not None else least + 1000
    step = parameter.step or Decimal("0.01")
    return st.integers(0, int((most - least) / step)).map(lambda count: _plain(least + count * step))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
