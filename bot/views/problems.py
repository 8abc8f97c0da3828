"""What is wrong with an answer, in words."""

from types import MappingProxyType

from app.catalogue import InputProblem, Modality, Parameter, Problem
from bot.texts import Markup, Words

PROBLEM_KEYS = MappingProxyType(
    {
        Problem.MISSING: "problem-missing",
        Problem.UNKNOWN: "problem-unknown",
        Problem.WRONG_TYPE: "problem-wrong-type",
        Problem.TOO_SHORT: "problem-too-short",
        Problem.TOO_LONG: "problem-too-long",
        Problem.NOT_A_CHOICE: "problem-not-a-choice",
        Problem.NOT_A_SWITCH: "problem-not-a-choice",
        Problem.NOT_A_NUMBER: "problem-not-a-number",
        Problem.TOO_SMALL: "problem-too-small",
        Problem.TOO_BIG: "problem-too-big",
        Problem.OFF_STEP: "problem-off-step",
        Problem.TOO_FEW: "problem-too-few",
        Problem.TOO_MANY: "problem-too-many",
        Problem.WRONG_MEDIA: "problem-wrong-media",
        Problem.WRONG_FORMAT: "problem-wrong-format",
        Problem.TOO_HEAVY: "problem-too-heavy",
        Problem.CLIP_TOO_SHORT: "problem-clip-too-short",
        Problem.CLIP_TOO_LONG: "problem-clip-too-long",
        Problem.UNMEASURED: "problem-unmeasured",
        Problem.UNSIZED: "problem-unsized",
        Problem.RESULT_GONE: "problem-result-gone",
        Problem.ENLARGED_TOO_FAR: "problem-enlarged-too-far",
        Problem.UNPRICED_SOURCE: "problem-unpriced-source",
    }
)
"""The words of each kind of problem; a cross-field rule brings its own."""


PICTURE_KEYS = MappingProxyType(
    {
        Problem.WRONG_FORMAT: "problem-picture-format",
        Problem.TOO_HEAVY: "problem-picture-too-heavy",
    }
)
"""Of pictures: Telegram itself makes a smaller JPEG of what is sent as a photo and not as a file."""

MEDIA_KEYS = MappingProxyType(
    {
        Modality.IMAGE: "media-image",
        Modality.VIDEO: "media-video",
        Modality.AUDIO: "media-audio",
    }
)
"""What each kind of file is called."""


def problem_text(words: Words, parameter: Parameter | None, problem: InputProblem) -> Markup:
    """One sentence that says what to do about it; HTML."""
    label = parameter.label.get(words.language) if parameter else problem.parameter
    if problem.say is not None:
        return words("problem-rule", text=problem.say.get(words.language))
    limit = problem.limit or ""
    if problem.rule == Problem.WRONG_MEDIA:
        limit = words.plain(MEDIA_KEYS[Modality(limit)])
    is_picture = (
        parameter is not None and parameter.media is not None and parameter.media.kind is Modality.IMAGE
    )
    keys = {**PROBLEM_KEYS, **PICTURE_KEYS} if is_picture else PROBLEM_KEYS
    return words(keys[Problem(problem.rule)], label=label, limit=limit)
