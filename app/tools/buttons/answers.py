"""What a person may say at each place: an answer to the open question, or words where there is none."""

from app.catalogue import (
    Catalogue,
    Inputs,
    InputValue,
    MediaFile,
    Modality,
    ModelSpec,
    Parameter,
    ParameterKind,
    Part,
    PartValue,
)
from app.tools.buttons.person import Action, Say, Send
from app.users import Draft
from bot.staff_awaiting import Asked, Awaited

SENTENCE = "A red fox"
SENT_AS = {Modality.IMAGE: "photo", Modality.VIDEO: "video", Modality.AUDIO: "audio"}
MIME = {Modality.IMAGE: "image/png", Modality.VIDEO: "video/mp4", Modality.AUDIO: "audio/mpeg"}


def answers_to(spec: ModelSpec, draft: Draft) -> list[Action]:
    """What answers the open question in words or by a file; taps are found on the screen itself."""
    parameter = None if draft.asking is None else spec.question(draft.asking)
    if parameter is None:
        return []
    if parameter.media is not None:
        return [Send(SENT_AS[parameter.media.kind], _seconds(parameter), MIME[parameter.media.kind])]
    if parameter.kind is ParameterKind.TEXT:
        return [Say(_sentence(parameter))]
    return [Say(str(_number(parameter)))] if parameter.kind is ParameterKind.NUMBER else []


def words_for(awaits: Awaited | None, catalogue: Catalogue, somebody: int) -> list[Action]:
    """What may be typed or sent where a screen waits for something; the staff is asked for somebody's id, too."""
    if awaits is None:
        name = catalogue.models[0].name
        return [Say("100"), Say(SENTENCE), Say(name), Send("photo"), Send("document")]
    if awaits.asked is Asked.FIND:
        return [Say(str(somebody)), Say(f"№ {somebody}"), Say(SENTENCE)]
    number = somebody if awaits.asked is Asked.ASSIGN else 100
    return [Say(f"{number} {SENTENCE}"), Say(SENTENCE)]


def words_for_nothing() -> list[Action]:
    """What arrives without being asked for."""
    return [Say(SENTENCE), Send("photo"), Send("video"), Send("audio"), Send("voice"), Send("document")]


def plain_inputs(spec: ModelSpec) -> Inputs:
    """An answer to everything that a model requires."""
    return {it.name: first_answer(it) for it in spec.parameters if it.required}


def first_answer(parameter: Parameter) -> InputValue:
    """The least that answers it: one file, one element."""
    return _element(parameter) if parameter.parts else _value(parameter)


def _element(parameter: Parameter) -> list[Part]:
    """A list with one element."""
    return [{it.name: _value(it) for it in parameter.parts if it.required}]


def _value(parameter: Parameter) -> PartValue:
    if parameter.media is not None:
        file = MediaFile(
            file_id="rehearsal",
            unique_id="rehearsal",
            kind=parameter.media.kind,
            mime=MIME[parameter.media.kind],
            size=100_000,
            seconds=_seconds(parameter),
            width=1024,
            height=1024,
        )
        return [file.reference] * max(1, parameter.media.min_count)
    if parameter.choices:
        return parameter.choices[0].value
    return _number(parameter) if parameter.kind is ParameterKind.NUMBER else _sentence(parameter)


def _sentence(parameter: Parameter) -> str:
    long_enough = SENTENCE * (parameter.min_length // len(SENTENCE) + 1)
    return long_enough[: parameter.max_length or None]


def _number(parameter: Parameter) -> int | float:
    least = parameter.minimum or 0
    return int(least) if least == int(least) else float(least)


def _seconds(parameter: Parameter) -> int:
    rule = parameter.media
    least = 0 if rule is None or rule.min_seconds is None else int(rule.min_seconds)
    most = 5 if rule is None or rule.max_seconds is None else int(rule.max_seconds)
    return min(max(least, 5), most)
