"""What goes wrong with the catalogue, as facts; the words are in `bot/texts`, those of a rule beside the rule."""

from dataclasses import dataclass, field
from enum import StrEnum

from app.catalogue.localized import Localized
from app.errors import AppError


class Problem(StrEnum):
    """Why one value is refused; a broken cross-field rule carries the rule's own id instead."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    WRONG_TYPE = "wrong-type"
    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    NOT_A_CHOICE = "not-a-choice"
    NOT_A_SWITCH = "not-a-switch"
    NOT_A_NUMBER = "not-a-number"
    TOO_SMALL = "too-small"
    TOO_BIG = "too-big"
    OFF_STEP = "off-step"
    TOO_FEW = "too-few"
    TOO_MANY = "too-many"
    WRONG_MEDIA = "wrong-media"  # `limit`: the kind that is wanted
    WRONG_FORMAT = "wrong-format"  # `limit`: the formats that are taken
    TOO_HEAVY = "too-heavy"  # `limit`: megabytes
    CLIP_TOO_SHORT = "clip-too-short"  # `limit`: seconds
    CLIP_TOO_LONG = "clip-too-long"
    UNMEASURED = "unmeasured"  # the price or a limit needs a length that nobody told
    UNSIZED = "unsized"  # the price needs the width and height of a picture that nobody told
    RESULT_GONE = "result-gone"  # not the person's, or kept by the provider no more
    ENLARGED_TOO_FAR = (
        "enlarged-too-far"  # larger than the largest result with a price; `limit`: pixels of a side
    )
    UNPRICED_SOURCE = "unpriced-source"  # an earlier clip without a price; `limit`: resolutions that have one


@dataclass(frozen=True, slots=True)
class InputProblem:
    """One refused input: `rule` is a `Problem` or the id of a cross-field rule, `limit` its bound.

    Of a cross-field rule: `say` is it in words, `among` every input that it speaks of.
    """

    parameter: str
    rule: str
    limit: str | None = None
    say: Localized | None = field(default=None, compare=False)
    among: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One fault of a catalogue file; `key` is the model's key or the path inside the file."""

    file: str
    key: str
    problem: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.problem}"


class CatalogueError(AppError):
    """The catalogue does not load; carries every problem, not the first one."""

    def __init__(self, problems: tuple[FileProblem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class UnknownModelError(AppError):
    """There is no model with this key."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no model {key!r}")
        self.key = key


class UnpricedError(AppError):
    """The cost of these inputs cannot be computed; nothing may be sold at it (F44)."""

    def __init__(self, key: str) -> None:
        super().__init__(f"no price for these inputs of {key!r}")
        self.key = key


class InvalidAnswerError(AppError):
    """A person's answer does not fit the parameter."""

    def __init__(self, problem: InputProblem) -> None:
        super().__init__(f"{problem.parameter}: {problem.rule}")
        self.problem = problem
