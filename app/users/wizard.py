"""Which question comes next and which answers a draft may hold; pure, over the catalogue's rules."""

from collections.abc import Mapping, Set
from dataclasses import replace

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    InvalidAnswerError,
    ModelSpec,
    Parameter,
    ParameterKind,
    Problem,
    next_question,
    results_asked,
    validate_inputs,
)
from app.users import elements
from app.users.draft import Answer, Draft

# What is wrong with a value whatever the others are. Rules across fields are judged before paying, not here:
# answers that only fit together must be changeable one after the other.
_OF_THE_VALUE = frozenset(problem.value for problem in Problem)


def first_unanswered(spec: ModelSpec, inputs: Inputs) -> str | None:
    """The name of the next required parameter without a value."""
    parameter = next_question(spec, inputs)
    return None if parameter is None else parameter.name


def asked_next(spec: ModelSpec, inputs: Inputs, asking: str | None, answered_now: Set[str]) -> str | None:
    """The question after some answers: the open one while it is unanswered or waits for more.

    Of a list of parts: what its last element still lacks, then the list itself, until that is said to be done.
    """
    about_element = next(filter(elements.is_about_element, answered_now), None)
    if about_element is not None:
        return _asked_of_element(spec, inputs, about_element)
    present = None if asking is None else spec.question(asking)
    if present is not None and (present.name not in answered_now or takes_more(present, inputs)):
        return present.name
    return first_unanswered(spec, inputs)


def takes_more(parameter: Parameter, inputs: Inputs) -> bool:
    """Whether an input is a list of parts, or has room for one more of several files."""
    given = inputs.get(parameter.name)
    count = len(given) if isinstance(given, list) else 0
    has_room = parameter.media is not None and count < parameter.media.max_count > 1
    return has_room or parameter.kind is ParameterKind.PARTS


def advanced(spec: ModelSpec, draft: Draft, *answers: Answer) -> Draft:
    """The draft after some answers, at its next question; raises InvalidAnswerError, and then none is taken over."""
    inputs, asking = draft.inputs, draft.asking
    for answer in answers:
        inputs = answered(spec, inputs, answer, asking)
    names = frozenset(answer.parameter for answer in answers)
    return replace(draft, inputs=inputs, asking=asked_next(spec, inputs, asking, names))


def asked(spec: ModelSpec, draft: Draft, name: str | None) -> Draft:
    """The draft at the question that was asked for, else (None) at whatever is still unanswered.

    A question about an element of a list begins a new one. Raises InvalidAnswerError for no such question, and where
    the list is full.
    """
    inputs, asking = draft.inputs, draft.asking
    if name is None and asking is not None and elements.is_about_element(asking):
        return replace(draft, asking=elements.following(spec, inputs, asking))
    if name is None:
        return replace(draft, asking=first_unanswered(spec, inputs))
    if elements.is_about_element(name):
        return replace(draft, inputs=elements.begun(spec, inputs, None, name), asking=name)
    return replace(draft, asking=_known(spec, name).name)


def answered(spec: ModelSpec, inputs: Inputs, answer: Answer, asking: str | None = None) -> Inputs:
    """The inputs with the answer in them; raises InvalidAnswerError when the value itself is refused."""
    if elements.is_about_element(answer.parameter):
        return elements.answered(spec, inputs, asking, answer.parameter, answer.value)
    parameter = _known(spec, answer.parameter)
    others = {name: value for name, value in inputs.items() if name != parameter.name}
    if answer.value is None:
        shared = {it.name for it in results_asked(spec)} if parameter.kind is ParameterKind.RESULT else set()
        return {name: value for name, value in others.items() if name not in shared}
    problem = _problem_of(spec, parameter.name, answer.value)
    if problem is not None and problem.rule != Problem.TOO_FEW:  # the next files are still to come
        raise InvalidAnswerError(problem)
    return others | {parameter.name: answer.value}


def begun(spec: ModelSpec, inputs: Mapping[str, InputValue]) -> Inputs:
    """What a draft begins with: the accepted inputs, and the default of every required choice as if it were tapped.

    The person sees it chosen and may change it before paying; files, texts and numbers are never filled in.
    """
    prechosen = {it.name: it.default for it in spec.parameters if it.is_prechosen and it.default is not None}
    return {**prechosen, **accepted(spec, inputs)}


def is_begun(spec: ModelSpec, inputs: Inputs) -> bool:
    """Whether the person has answered anything that was not chosen beforehand."""
    return dict(inputs) != dict(begun(spec, {}))


def accepted(spec: ModelSpec, inputs: Mapping[str, InputValue]) -> Inputs:
    """Those of the inputs that the model knows and whose values it takes."""
    return {
        name: value
        for name, value in inputs.items()
        if spec.parameter(name) is not None and _problem_of(spec, name, value) is None
    }


def stepped_back(spec: ModelSpec, inputs: Inputs, asking: str | None) -> tuple[Inputs, str | None]:
    """The inputs and the question before the present one; what was chosen beforehand was no question.

    A list of parts that is come back to keeps its elements.
    """
    if asking is not None and elements.is_about_element(asking):
        return elements.stepped_back(spec, inputs, asking)
    unanswered = first_unanswered(spec, inputs)
    led_to = _questions_answered(spec, inputs)
    if asking in led_to and _is_list(spec, asking):
        unanswered, led_to = asking, led_to[: led_to.index(asking)]
    if asking != unanswered or not led_to:
        return inputs, unanswered
    last = led_to[-1]
    if _is_list(spec, last):
        return inputs, last
    return {name: value for name, value in inputs.items() if name != last}, last


def _asked_of_element(spec: ModelSpec, inputs: Inputs, question: str) -> str:
    whole, _, part = question.partition(".")
    inner = _known(spec, whole).part(part)
    given = elements.elements_of(inputs.get(whole))
    if inner is not None and given and takes_more(inner, given[-1]):
        return question
    return elements.following(spec, inputs, question)


def _is_list(spec: ModelSpec, name: str | None) -> bool:
    parameter = None if name is None else spec.parameter(name)
    return parameter is not None and parameter.kind is ParameterKind.PARTS


def _questions_answered(spec: ModelSpec, inputs: Inputs) -> list[str]:
    """The required parameters that a person gave a value when asked, in the order in which they are asked."""
    prechosen = {it.name for it in spec.parameters if it.is_prechosen}
    answers = {name: value for name, value in inputs.items() if name in prechosen}
    for _ in spec.parameters:
        name = first_unanswered(spec, answers)
        if name is None or name not in inputs:
            break
        answers[name] = inputs[name]
    return [name for name in answers if name not in prechosen]


def _known(spec: ModelSpec, name: str) -> Parameter:
    parameter = spec.parameter(name)
    if parameter is None:
        raise InvalidAnswerError(InputProblem(name, Problem.UNKNOWN))
    return parameter


def _problem_of(spec: ModelSpec, name: str, value: InputValue) -> InputProblem | None:
    for problem in validate_inputs(spec, {name: value}):
        # A fault inside a list of parts is named `shots.duration`.
        if problem.parameter.partition(".")[0] == name and problem.rule in _OF_THE_VALUE:
            return problem
    return None
