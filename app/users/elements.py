"""A list of parts (shots, lines of a dialogue) that a person fills in, one element after the other; pure.

The element that is being filled in is the last one of the list, for as long as one of its questions is open: then
`asking` is `shots.duration`. Nowhere else a list has an element that lacks an answer.
"""

from collections.abc import Mapping, Sequence

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    InvalidAnswerError,
    ModelSpec,
    Parameter,
    ParameterKind,
    Part,
    PartValue,
    Problem,
    value_problem,
)


def is_about_element(question: str) -> bool:
    """Whether it is asked about one element of a list."""
    return "." in question


def begun(spec: ModelSpec, inputs: Inputs, asking: str | None, question: str) -> Inputs:
    """The inputs with an element that this question is about: the one that is being filled in, else a new one.

    Raises InvalidAnswerError where the list is full.
    """
    parameter, _ = _named(spec, question)
    elements = elements_of(inputs.get(parameter.name))
    if _is_open(parameter, asking) and elements:
        return inputs
    if parameter.max_parts is not None and len(elements) >= parameter.max_parts:
        raise InvalidAnswerError(InputProblem(parameter.name, Problem.TOO_MANY, str(parameter.max_parts)))
    return _with(inputs, parameter, [*elements, {}])


def answered(
    spec: ModelSpec, inputs: Inputs, asking: str | None, question: str, value: InputValue | None
) -> Inputs:
    """The inputs with the answer in that element; raises InvalidAnswerError when the value itself is refused."""
    parameter, part = _named(spec, question)
    problem = None if value is None else value_problem(part, value)
    if problem is not None and problem.rule != Problem.TOO_FEW:  # the next files are still to come
        raise InvalidAnswerError(InputProblem(question, problem.rule, problem.limit))
    inputs = begun(spec, inputs, asking, question)
    *before, last = elements_of(inputs.get(parameter.name))
    element = {name: given for name, given in last.items() if name != part.name}
    if value is not None:
        element[part.name] = _plain(question, value)
    return _with(inputs, parameter, [*before, element])


def following(spec: ModelSpec, inputs: Inputs, question: str) -> str:
    """What is asked after this question of an element: its next part without an answer, in the end the list itself."""
    parameter, _ = _named(spec, question)
    element = _last(inputs, parameter)
    lacking = (it.name for it in parameter.parts if it.required and it.name not in element)
    part = next(lacking, None)
    return parameter.name if part is None else f"{parameter.name}.{part}"


def stepped_back(spec: ModelSpec, inputs: Inputs, question: str) -> tuple[Inputs, str]:
    """The inputs and the question before; before the first one of an element the element itself is dropped."""
    parameter, part = _named(spec, question)
    *others, last = elements_of(inputs.get(parameter.name))
    names = [it.name for it in parameter.parts]
    before = [name for name in names[: names.index(part.name)] if name in last]
    if not before:
        return _with(inputs, parameter, others), parameter.name
    dropped = {before[-1], part.name}
    element = {name: value for name, value in last.items() if name not in dropped}
    return _with(inputs, parameter, [*others, element]), f"{parameter.name}.{before[-1]}"


def completed(spec: ModelSpec, inputs: Inputs, asking: str | None) -> Inputs:
    """Without elements that lack an answer, but for the one that is being filled in."""
    for parameter in spec.parameters:
        elements = elements_of(inputs.get(parameter.name))
        if parameter.kind is ParameterKind.PARTS and elements and not _is_open(parameter, asking):
            inputs = _with(inputs, parameter, [it for it in elements if _is_whole(parameter, it)])
    return inputs


def elements_of(value: InputValue | None) -> Sequence[Part]:
    """The elements of a list of parts; nothing for any other value."""
    if not isinstance(value, list):
        return ()
    return [item for item in value if isinstance(item, Mapping)]


def _named(spec: ModelSpec, question: str) -> tuple[Parameter, Parameter]:
    """The list and the part that a question is about."""
    whole, _, part = question.partition(".")
    parameter = spec.parameter(whole)
    inner = None if parameter is None else parameter.part(part)
    if parameter is None or inner is None:
        raise InvalidAnswerError(InputProblem(question, Problem.UNKNOWN))
    return parameter, inner


def _is_open(parameter: Parameter, asking: str | None) -> bool:
    return asking is not None and asking.startswith(f"{parameter.name}.")


def _is_whole(parameter: Parameter, element: Part) -> bool:
    return all(it.name in element for it in parameter.parts if it.required)


def _last(inputs: Inputs, parameter: Parameter) -> Part:
    elements = elements_of(inputs.get(parameter.name))
    return elements[-1] if elements else {}


def _with(inputs: Inputs, parameter: Parameter, elements: Sequence[Part]) -> Inputs:
    """An empty list is no answer."""
    others = {name: value for name, value in inputs.items() if name != parameter.name}
    return {**others, parameter.name: list(elements)} if elements else others


def _plain(question: str, value: InputValue) -> PartValue:
    if not isinstance(value, list):
        return value
    files = [item for item in value if isinstance(item, str)]
    if len(files) < len(value):
        raise InvalidAnswerError(InputProblem(question, Problem.WRONG_TYPE))
    return files
