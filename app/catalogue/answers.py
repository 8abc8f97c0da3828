"""What a person typed or tapped, turned into a value. Pure."""

from app.catalogue.errors import InputProblem, InvalidAnswerError, Problem
from app.catalogue.inputs import value_problem
from app.catalogue.parameters import InputValue, Parameter, ParameterKind, decimal_of

_LONGEST_ANSWER = 100_000  # characters; Telegram sends at most 4096 at once


def parse_answer(parameter: Parameter, raw: str) -> InputValue:
    """The value that `raw` means for this parameter.

    A choice or a switch takes `Choice.raw` or the words on the button in either language; a number takes a
    comma or a point; media and an earlier result take one reference. Raises InvalidAnswerError, and nothing
    else, for what does not fit; a list of parts is answered part by part, never by one text.
    """
    text = _clean(raw)
    value = _value(parameter, text)
    if value is None:
        raise InvalidAnswerError(InputProblem(parameter.name, _REFUSED.get(parameter.kind, Problem.MISSING)))
    problem = value_problem(parameter, value)
    if problem is not None and problem.rule != Problem.TOO_FEW:  # the next files are still to come
        raise InvalidAnswerError(problem)
    return value


_REFUSED = {
    ParameterKind.CHOICE: Problem.NOT_A_CHOICE,
    ParameterKind.SWITCH: Problem.NOT_A_SWITCH,
    ParameterKind.NUMBER: Problem.NOT_A_NUMBER,
    ParameterKind.PARTS: Problem.WRONG_TYPE,
}


def _clean(raw: str) -> str:
    """Without NUL (no Postgres text holds it), lone surrogates (no UTF-8 does) and outer white space."""
    short = raw[:_LONGEST_ANSWER].replace("\x00", "")
    return short.encode("utf-8", "ignore").decode("utf-8").strip()


def _value(parameter: Parameter, text: str) -> InputValue | None:
    match parameter.kind:
        case ParameterKind.CHOICE | ParameterKind.SWITCH:
            return _chosen(parameter, text)
        case ParameterKind.NUMBER:
            return _number(text)
        case ParameterKind.MEDIA:
            return [text] if text else None
        case ParameterKind.PARTS:
            return None
        case ParameterKind.TEXT | ParameterKind.RESULT:
            return text or None


def _chosen(parameter: Parameter, text: str) -> InputValue | None:
    for choice in parameter.choices:
        if text == choice.raw:
            return choice.value
    words = text.casefold()
    for choice in parameter.choices:
        if words in (choice.label.ru.casefold(), choice.label.en.casefold(), choice.raw.casefold()):
            return choice.value
    return None


def _number(text: str) -> InputValue | None:
    number = decimal_of(text)
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)
