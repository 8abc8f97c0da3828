"""Whether files fit the input they were given for: how many, of which kind, how large, how long. Pure."""

from decimal import Decimal

from app.catalogue.errors import InputProblem, Problem
from app.catalogue.media import ENLARGED_BY, LARGEST_SIDE, MediaFile, media_in
from app.catalogue.parameters import (
    Inputs,
    InputValue,
    MediaRule,
    Modality,
    Parameter,
    ParameterKind,
)
from app.catalogue.prices import Fact, Facts
from app.catalogue.spec import ModelSpec

MEGABYTE = 1_000_000

UNREADABLE = frozenset({"image/heic", "image/heif", "image/heic-sequence", "image/heif-sequence"})
"""What phones keep photos in, and no model reads unless it says so."""

_CONVERTED = UNREADABLE | {"image/jpeg", "image/png", "image/webp"}
"""What we make JPEGs of."""

_LENGTHS = {
    Fact.INPUT_VIDEO_SECONDS: frozenset({Modality.VIDEO}),
    Fact.INPUT_AUDIO_SECONDS: frozenset({Modality.AUDIO}),
    Fact.INPUT_LONGEST_SECONDS: frozenset({Modality.VIDEO, Modality.AUDIO}),
}


def media_problem(parameter: Parameter, value: InputValue) -> InputProblem | None:
    """What is wrong with the files; a reference that tells no facts is judged by their number only."""
    rule = parameter.media
    if rule is None or not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return InputProblem(parameter.name, Problem.WRONG_TYPE)
    if len(value) < rule.min_count:
        return InputProblem(parameter.name, Problem.TOO_FEW, str(rule.min_count))
    if len(value) > rule.max_count:
        return InputProblem(parameter.name, Problem.TOO_MANY, str(rule.max_count))
    problems = (_file_problem(parameter.name, rule, file) for file in media_in(value))
    return next((problem for problem in problems if problem is not None), None)


def becomes_jpeg(rule: MediaRule, file: MediaFile) -> bool:
    """Whether the provider takes this picture only as a JPEG of ours: for its format, or for its weight."""
    if file.kind is not Modality.IMAGE or rule.kind is not Modality.IMAGE or file.mime not in _CONVERTED:
        return False
    if rule.mime and "image/jpeg" not in rule.mime:
        return False
    return _is_unread(rule, file) or _is_too_heavy(rule, file)


def unmeasured(spec: ModelSpec, parameter: Parameter, value: InputValue | None) -> InputProblem | None:
    """A file without the length, or a picture without the size, by which the model is paid for."""
    if parameter.media is None:
        return None
    files = media_in(value)
    counted = {kind for row in spec.prices if row.by in _LENGTHS for kind in _LENGTHS[Fact(row.by)]}
    if parameter.media.kind in counted and any(file.seconds is None for file in files):
        return InputProblem(parameter.name, Problem.UNMEASURED)
    if _is_paid_by_size(spec) and any(_is_unsized(file) for file in files):
        return InputProblem(parameter.name, Problem.UNSIZED)
    return None


def enlarged_too_far(spec: ModelSpec, inputs: Inputs, facts: Facts) -> tuple[InputProblem, ...]:
    """The factor, where it makes a result larger than any that has a price."""
    sized = any(media_in(value) for value in inputs.values())
    if not _is_paid_by_size(spec) or not sized or facts.output_tier is not None:
        return ()
    return (InputProblem(ENLARGED_BY, Problem.ENLARGED_TOO_FAR, str(LARGEST_SIDE)),)


def unpriced_source(spec: ModelSpec, inputs: Inputs, facts: Facts) -> tuple[InputProblem, ...]:
    """An earlier clip in a resolution that has no price, where that of the source chooses the price."""
    priced = {str(row.when.get(Fact.SOURCE_RESOLUTION, "")) for row in spec.prices if not row.surcharge}
    asked = [it.name for it in spec.parameters if it.kind is ParameterKind.RESULT and it.name in inputs]
    if not asked or "" in priced or facts.source_resolution in priced:
        return ()
    return (InputProblem(asked[0], Problem.UNPRICED_SOURCE, ", ".join(sorted(priced))),)


def _is_paid_by_size(spec: ModelSpec) -> bool:
    """Whether the size of the result chooses the price."""
    return any(Fact.OUTPUT_TIER in row.when for row in spec.prices)


def _is_unsized(file: MediaFile) -> bool:
    return file.kind is Modality.IMAGE and (file.width is None or file.height is None)


def _file_problem(name: str, rule: MediaRule, file: MediaFile) -> InputProblem | None:
    if file.kind is not rule.kind:
        return InputProblem(name, Problem.WRONG_MEDIA, rule.kind)
    if becomes_jpeg(rule, file):
        return None
    if _is_unread(rule, file):
        return InputProblem(name, Problem.WRONG_FORMAT, formats(rule) or "JPEG, PNG, WEBP")
    if _is_too_heavy(rule, file):
        return InputProblem(name, Problem.TOO_HEAVY, f"{rule.max_megabytes:f}")
    return _length_problem(name, rule, file.seconds)


def _is_unread(rule: MediaRule, file: MediaFile) -> bool:
    return file.mime not in rule.mime if rule.mime else file.mime in UNREADABLE


def _is_too_heavy(rule: MediaRule, file: MediaFile) -> bool:
    return rule.max_megabytes is not None and (file.size or 0) > rule.max_megabytes * MEGABYTE


def formats(rule: MediaRule) -> str:
    """The formats of a rule as people call them: `JPEG, PNG`."""
    names = (mime.partition("/")[2].removeprefix("x-").upper() for mime in rule.mime)
    return ", ".join(dict.fromkeys(names))


def _length_problem(name: str, rule: MediaRule, seconds: int | None) -> InputProblem | None:
    if rule.min_seconds is None and rule.max_seconds is None:
        return None
    if seconds is None:
        return InputProblem(name, Problem.UNMEASURED)
    if seconds < (rule.min_seconds or Decimal(0)):
        return InputProblem(name, Problem.CLIP_TOO_SHORT, f"{rule.min_seconds:f}")
    if rule.max_seconds is not None and seconds > rule.max_seconds:
        return InputProblem(name, Problem.CLIP_TOO_LONG, f"{rule.max_seconds:f}")
    return None
