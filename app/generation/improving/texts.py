"""What of a draft is improved, and what an answer is worth. Pure."""

from dataclasses import dataclass

from app.catalogue import ModelSpec, Parameter, TextModel
from app.generation.improving.ports import TextAnswer
from app.users import Draft, DraftState

MOST_IMPROVED = 1500
"""Characters that a better text may have: it is read on one screen, beside the person's own."""

_QUOTES = {'"': '"', "«": "»", "“": "”", "'": "'"}


@dataclass(frozen=True, slots=True)
class Subject:
    """The text of a draft that can be improved, for the model it is meant for."""

    spec: ModelSpec
    parameter: Parameter
    text: str

    @property
    def most(self) -> int:
        """Characters that the model takes and a screen shows."""
        return min(self.parameter.max_length or MOST_IMPROVED, MOST_IMPROVED)


def subject_of(writer: TextModel, spec: ModelSpec, draft: Draft) -> Subject | None:
    """None where the draft has no text yet, one that is too long, or none that the writer has a word for."""
    parameter = writer.parameter_of(spec)
    if parameter is None or draft.state is not DraftState.OPEN:
        return None
    text = draft.inputs.get(parameter.name)
    if not isinstance(text, str) or not 0 < len(text.strip()) <= len(text) <= writer.max_prompt:
        return None
    return Subject(spec, parameter, text)


def better(answer: TextAnswer, subject: Subject) -> str | None:
    """The text to take over; None where there is none, it is cut off, too long for the model, or just the same."""
    text = _unquoted(answer.text.strip())
    least = max(subject.parameter.min_length, 1)
    if not answer.is_whole or not least <= len(text) <= subject.most or text == subject.text.strip():
        return None
    return text


def _unquoted(text: str) -> str:
    """Without the quotation marks that models put around a whole answer."""
    if len(text) > 1 and _QUOTES.get(text[0]) == text[-1] and text[-1] not in text[1:-1]:
        return text[1:-1].strip()
    return text
