"""Random valid inputs of any model, by its own parameters."""

from decimal import Decimal

from hypothesis import strategies as st

from app.catalogue import Inputs, InputValue, ModelSpec, Parameter, ParameterKind

LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Z")),
    min_size=1,
)


def valid_inputs(spec: ModelSpec) -> st.SearchStrategy[Inputs]:
    """All required inputs and any of the optional ones; cross-field rules are not looked at."""
    required = {p.name: valid_value(p) for p in spec.parameters if p.required}
    optional = {p.name: valid_value(p) for p in spec.parameters if not p.required}
    return st.fixed_dictionaries(required, optional=optional)


def valid_value(parameter: Parameter) -> st.SearchStrategy[InputValue]:
    """Any value that one parameter takes."""
    match parameter.kind:
        case ParameterKind.TEXT | ParameterKind.RESULT:
            longest = parameter.max_length or 40
            return LETTERS.filter(lambda text: parameter.min_length <= len(text) <= longest)
        case ParameterKind.CHOICE | ParameterKind.SWITCH:
            return st.sampled_from([choice.value for choice in parameter.choices])
        case ParameterKind.NUMBER:
            return _numbers(parameter)
        case ParameterKind.MEDIA:
            assert parameter.media is not None
            files = st.sampled_from(["https://files.example/a", "https://files.example/b"])
            return st.lists(files, min_size=parameter.media.min_count, max_size=parameter.media.max_count)
        case ParameterKind.PARTS:
            one = st.fixed_dictionaries({part.name: valid_value(part) for part in parameter.parts})
            return st.lists(one, min_size=1, max_size=parameter.max_parts or 3)  # type: ignore[return-value]


def _numbers(parameter: Parameter) -> st.SearchStrategy[InputValue]:
    least = parameter.minimum if parameter.minimum is not None else Decimal(0)
    most = parameter.maximum if parameter.maximum is not None else least + 1000
    step = parameter.step or Decimal("0.01")
    return st.integers(0, int((most - least) / step)).map(lambda count: _plain(least + count * step))


def _plain(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)
