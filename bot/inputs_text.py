"""Inputs as a person reads them."""

from collections.abc import Iterable

from app.catalogue import Inputs, InputValue, ModelSpec, Parameter, ParameterKind, read_result
from app.generation import results_in
from app.users import elements_of
from bot.questions import main_text, shown_of
from bot.texts import Markup, Words, shortened

LONGEST_VALUE = 600
"""Code units of one value on a card: the whole of a long prompt stays in the draft."""

ANSWERED_VALUE = 120
"""Code units of an earlier answer above the next question."""

PART_VALUE = 60
"""Code units of one answer within an element of a list."""


def answered_lines(words: Words, spec: ModelSpec, inputs: Inputs, *, but: Parameter) -> list[Markup]:
    """One line per answer given so far, except the one to the present question and what the card lets one choose."""
    present = but.name.partition(".")[0]
    given = (it for it in shown_of(spec) if it.name in inputs and it.name != present)
    parameters = (it for it in given if not it.is_prechosen)
    return [_line(words, it, inputs[it.name], ANSWERED_VALUE) for it in parameters]


def input_lines(words: Words, parameters: Iterable[Parameter], inputs: Inputs) -> list[Markup]:
    """One line per parameter that has an answer or a default."""
    values = ((it, inputs.get(it.name, it.default)) for it in parameters)
    return [
        _line(words, parameter, value, LONGEST_VALUE)
        for parameter, value in values
        if value is not None and value not in ("", [])
    ]


def value_text(words: Words, parameter: Parameter, value: InputValue, limit: int = LONGEST_VALUE) -> str:
    """A choice by its label, a list by its length, anything else as it was given."""
    choice = parameter.choice_of(value)
    if choice is not None:
        return choice.label.get(words.language)
    if parameter.kind is ParameterKind.PARTS:
        lines = (f"{number}. {text}" for number, text in enumerate(element_texts(words, parameter, value), 1))
        return shortened("\n".join(["", *lines]), limit)
    if parameter.kind is ParameterKind.RESULT:
        return _result_text(words, str(value))
    if isinstance(value, list):
        return _files_text(words, parameter, value)
    return shortened(str(value), limit)


def element_texts(words: Words, parameter: Parameter, value: InputValue | None) -> list[str]:
    """Each element of a list of parts on one line: its answers in the order of the questions."""
    return [
        " · ".join(
            value_text(words, part, element[part.name], PART_VALUE).replace("\n", " ")
            for part in parameter.parts
            if part.name in element
        )
        for element in elements_of(value)
    ]


def _result_text(words: Words, value: str) -> str:
    past = read_result(value)
    if past is None or past.generation is None:
        return words.plain("input-files", count=1)
    return words.plain("input-result", number=str(past.generation))


def _files_text(words: Words, parameter: Parameter, value: InputValue) -> str:
    """Earlier results by their numbers, as long as there is nothing else."""
    names = results_in({parameter.name: value})
    count = len(value) if isinstance(value, list) else 0
    if not names or len(names) < count:
        return words.plain("input-files", count=count)
    numbers = dict.fromkeys(words.plain("input-result", number=str(it.generation_id)) for it in names)
    return ", ".join(numbers)


def prompt_of(spec: ModelSpec, inputs: Inputs, limit: int) -> str:
    """The text that the model worked from, on one line; empty for a model without one."""
    parameter = main_text(spec)
    text = str(inputs.get(parameter.name, "")) if parameter else ""
    return shortened(" ".join(text.split()), limit)


def _line(words: Words, parameter: Parameter, value: InputValue, limit: int) -> Markup:
    label = parameter.label.get(words.language)
    return words("input-line", label=label, value=value_text(words, parameter, value, limit))
