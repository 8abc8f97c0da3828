"""Which question comes next and which answers a draft may hold; pure, over the catalogue's rules."""

from collections.abc import Mapping, Set

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    InvalidAnswerError,
    ModelSpec,
    Parameter,
    Problem,
    next_question,
    validate_inputs,
)
from app.users.draft import Answer

# What is wrong with a value whatever the others are. Rules across fields are judged before paying, not here:
# answers that only fit together must be changeable one after the other.
_OF_THE_VALUE = frozenset(problem.value for problem in Problem)


def first_unanswered(spec: ModelSpec, inputs: Inputs) -> str | None:
    """The name of the next required parameter without a value."""
    parameter = next_question(spec, inputs)
    return None if parameter is None else parameter.name


def asked_next(spec: ModelSpec, inputs: Inputs, asking: str | None, answered_now: Set[str]) -> str | None:
    """The question after some answers: the open one while it is unanswered or waits for more files."""
    present = None if asking is None else spec.parameter(asking)
    if present is not None and (present.name not in answered_now or takes_more(present, inputs)):
        return present.name
    return first_unanswered(spec, inputs)


def takes_more(parameter: Parameter, inputs: Inputs) -> bool:
    """Whether there is room for one more file in an input that takes several."""
    given = inputs.get(parameter.name)
    count = len(given) if isinstance(given, list) else 0
    return parameter.media is not None and count < parameter.media.max_count > 1


def question(spec: ModelSpec, inputs: Inputs, parameter: str | None) -> str | None:
    """The parameter that was asked for, else whatever is still unanswered; InvalidAnswerError for no such one."""
    return first_unanswered(spec, inputs) if parameter is None else _known(spec, parameter).name


def answered(spec: ModelSpec, inputs: Inputs, answer: Answer) -> Inputs:
    """The inputs with the answer in them; raises InvalidAnswerError when the value itself is refused."""
    parameter = _known(spec, answer.parameter)
    others = {name: value for name, value in inputs.items() if name != parameter.name}
    if answer.value is None:
        return others
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
    """The inputs and the question before the present one; what was chosen beforehand was no question."""
    unanswered = first_unanswered(spec, inputs)
    led_to = _questions_answered(spec, inputs)
    if asking != unanswered or not led_to:
        return inputs, unanswered
    last = led_to[-1]
    return {name: value for name, value in inputs.items() if name != last}, last


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
