"""Which question a draft is at, and what an answer to it is worth; pure, over the catalogue's rules."""

from collections.abc import Collection, Sequence

from app.catalogue import (
    InputProblem,
    Inputs,
    InputValue,
    InvalidAnswerError,
    Modality,
    ModelSpec,
    Parameter,
    ParameterKind,
    parse_answer,
    results_asked,
    validate_inputs,
)
from app.money import Stars
from app.offers import Preset
from app.users import Draft, elements_of

ASKABLE = frozenset({ParameterKind.TEXT, ParameterKind.CHOICE, ParameterKind.SWITCH, ParameterKind.NUMBER})
"""What can be answered by typing or tapping."""


MOST_ON_CARD = 8
"""Options that a choice may have to stand on the card: four rows of two."""


def open_question(spec: ModelSpec, draft: Draft) -> Parameter | None:
    """The parameter whose answer is awaited; None when the card can be shown."""
    return None if draft.asking is None else spec.question(draft.asking)


def typed_answer_to(spec: ModelSpec, draft: Draft, text: str) -> Parameter | None:
    """The parameter that a typed text answers: the open question, or the description itself.

    The description it is where a file or an earlier result is awaited, and on the card unless the text names one of
    its choices. At a list of parts it begins a new element, where these have a text.
    """
    question = open_question(spec, draft)
    if question is None:
        return _choice_named(spec, text) or main_text(spec)
    if question.kind is ParameterKind.PARTS:
        return new_element(spec, draft, question, ParameterKind.TEXT) or main_text(spec)
    return question if question.kind in ASKABLE else main_text(spec)


def new_element(
    spec: ModelSpec, draft: Draft, parameter: Parameter, kind: ParameterKind | Modality
) -> Parameter | None:
    """The part of this kind, or for files of this kind, with which a new element of a list can begin."""
    if not has_room(parameter, draft):
        return None
    for part in parameter.parts:
        if part.kind is kind or (part.media is not None and part.media.kind is kind):
            return spec.question(f"{parameter.name}.{part.name}")
    return None


def has_room(parameter: Parameter, draft: Draft) -> bool:
    """Whether a list of parts takes one more element."""
    count = len(elements_of(draft.answer_to(parameter.name)))
    return parameter.max_parts is None or count < parameter.max_parts


def main_text(spec: ModelSpec) -> Parameter | None:
    """The text that a model works from: its first required one, else its first one."""
    texts = [it for it in spec.parameters if it.kind is ParameterKind.TEXT and not it.advanced]
    return next((it for it in texts if it.required), next(iter(texts), None))


def takes_text_alone(spec: ModelSpec) -> bool:
    """True when a text and taps suffice to run the model."""
    required = [it for it in spec.parameters if it.required]
    return main_text(spec) is not None and all(it.kind in ASKABLE for it in required)


def card_choices(spec: ModelSpec) -> Sequence[Parameter]:
    """What is chosen on the card itself, above the price: few options, one of which holds until another is tapped."""
    return tuple(
        it
        for it in spec.parameters
        if it.default is not None and not it.advanced and 0 < len(it.choices) <= MOST_ON_CARD
    )


def settings_of(spec: ModelSpec) -> Sequence[Parameter]:
    """What a person may set but does not have to, and does not find on the card."""
    on_card = card_choices(spec)
    unasked = (it for it in shown_of(spec) if it.is_prechosen or not it.required)
    return tuple(it for it in unasked if it not in on_card)


def shown_of(spec: ModelSpec) -> Sequence[Parameter]:
    """All inputs as a person sees them: one pick answers every input that is an earlier result."""
    others = results_asked(spec)[1:]
    return tuple(it for it in spec.parameters if it not in others)


def read_answer(parameter: Parameter, raw: str) -> InputValue | InputProblem:
    """The value that a typed text means, or why it is none."""
    try:
        return parse_answer(parameter, raw)
    except InvalidAnswerError as error:
        return error.problem


def prompted(spec: ModelSpec, text: str) -> Inputs:
    """The inputs that a text gives a model; none when the model would refuse it."""
    parameter = main_text(spec)
    if parameter is None or not text:
        return {}
    value = read_answer(parameter, text)
    return {} if isinstance(value, InputProblem) else {parameter.name: value}


def filled_in(spec: ModelSpec, preset: Preset, subject: str, language: str) -> Inputs | InputProblem:
    """The inputs of a quick action with the sentence in its prompt, or why the model would refuse it."""
    inputs = preset.filled(subject.strip(), language)
    return next(iter(validate_inputs(spec, inputs)), inputs)


def _choice_named(spec: ModelSpec, text: str) -> Parameter | None:
    named = (it for it in card_choices(spec) if not isinstance(read_answer(it, text), InputProblem))
    return next(named, None)


def read_stars(raw: str, names: Collection[str] = ()) -> Stars | None:
    """A number of Stars as people type it (`250`, `1 000`, `250 ⭐`, with one of their names behind it), or None."""
    typed = raw.casefold().replace("⭐", " ").replace("\ufe0f", " ").split()
    digits = "".join(typed[:-1] if typed and typed[-1] in names else typed)
    return Stars(int(digits)) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else None
