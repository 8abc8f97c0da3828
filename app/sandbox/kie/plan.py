"""What will become of one task: the knobs of the moment it was accepted, kept with it."""

import json
from dataclasses import asdict, dataclass

from app.sandbox.kie.knobs import FAILURES, KnobBoard
from app.sandbox.kie.values import as_number

DEFAULT_DELAY = 2.5
_FIVE = 5.0
_TWO_WEEKS = 14 * 86_400.0


@dataclass(frozen=True)
class Failure:
    """How a task fails."""

    code: str
    message: str


@dataclass(frozen=True)
class ResultPlan:
    """What the results look like and how they are served. Seconds; megabytes."""

    count: int | None
    empty: bool
    dead: bool
    slow: float
    huge: float
    cut: bool
    junk: bool
    ttl: float


@dataclass(frozen=True)
class CallbackPlan:
    """How the callback goes out: a mode of `knobs.CALLBACK_MODES`; seconds; a factor of the gaps."""

    mode: str
    delay: float
    pace: float


@dataclass(frozen=True)
class Plan:
    """A task's course. Seconds."""

    delay: float
    skip_states: bool
    stuck: str
    unknown: float
    hang: bool
    drop: bool
    failure: Failure | None
    callback: CallbackPlan
    result: ResultPlan

    def dump(self) -> str:
        """As text for the store."""
        return json.dumps(asdict(self))


def make_plan(knobs: KnobBoard, model: str) -> Plan:
    """Reads, and uses up, the knobs that act on a new task of this model."""
    return Plan(
        delay=knobs.number("delay", DEFAULT_DELAY, model=model),
        skip_states=knobs.switch("skip_states", model=model),
        stuck=knobs.word("stuck", model=model),
        unknown=knobs.number("unknown_seconds", 0, model=model),
        hang=knobs.switch("create_hang", model=model),
        drop=knobs.switch("create_drop", model=model),
        failure=_failure(knobs, model),
        callback=CallbackPlan(
            mode=knobs.word("callback", model=model) or "once",
            delay=knobs.number("callback_delay", _FIVE, model=model),
            pace=knobs.number("callback_pace", 1, model=model),
        ),
        result=_result(knobs, model),
    )


def load_plan(text: str) -> Plan:
    """The plan from its text."""
    raw = json.loads(text)
    failure = Failure(**raw.pop("failure")) if raw["failure"] else raw.pop("failure")
    callback, result = CallbackPlan(**raw.pop("callback")), ResultPlan(**raw.pop("result"))
    return Plan(**raw, failure=failure, callback=callback, result=result)


def _failure(knobs: KnobBoard, model: str) -> Failure | None:
    preset = knobs.word("fail", model=model)
    if not preset:
        return None
    code, message = FAILURES[preset]
    return Failure(
        code=knobs.word("fail_code", model=model) or code,
        message=knobs.word("fail_message", model=model) or message,
    )


def _result(knobs: KnobBoard, model: str) -> ResultPlan:
    count = as_number(knobs.take("results", model=model))
    return ResultPlan(
        count=None if count is None else int(count),
        empty=knobs.switch("empty_result", model=model),
        dead=knobs.switch("dead_result", model=model),
        slow=knobs.number("slow_result", 0, model=model),
        huge=knobs.number("huge_result", 0, model=model),
        cut=knobs.switch("cut_result", model=model),
        junk=knobs.switch("junk_result", model=model),
        ttl=knobs.number("result_ttl", _TWO_WEEKS, model=model),
    )
