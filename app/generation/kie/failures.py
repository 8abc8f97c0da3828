"""From KIE's codes and words to our classes of failure: two tables and the words that override them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from app.generation.states import FailureClass

_POLICY = (
    r"nsfw(?!_)|(?<!case.)\bsensitive|content.?(policy|policies|filter|safety|moderation|violation|guideline)|"
    r"usage polic|"
    r"safety (system|filter|check|guideline|polic|reason)|moderation|flagged|prohibited|inappropriate|unsafe|"
    r"violat\w* .{0,60}(polic|guideline|terms|rules)|polic(y|ies) violation|guardrail|risk control|"
    r"\bsexual|pornograph|nudity|\bgore\b|hate speech|celebrit|public figure|prominent (people|person)|"
    r"copyright|third.party (content|likeness)|likeness|responsible ai|forbidden content"
)
_CREDITS = (
    r"credits? (is |are )?(insufficient|not enough)|insufficient (credit|balance|fund)|"
    r"(balance|credits?) (isn'?t|is not|are not|not) (enough|sufficient)|not enough credit|please top up|"
    r"out of credits|points used by apikey"
)
_GONE = (
    r"model name you specified|model .{0,40}(not supported|not available|does not exist|not found|offline)|"
    r"not published|page does not exist|discontinued"
)
_INPUT = (
    r"is required|required field|cannot be (empty|null|blank)|must (not )?(be|have|contain)|range of allowed|"
    r"not (within|in) the range|out of range|invalid (value|param|input|image|url|file|format|type|aspect|size)|"
    r"not a valid|is not valid|too (long|large|short|small|big|many|few)|exceeds?\b|at (most|least)|maximum|"
    r"minimum|unsupported (format|file|image|video|audio|type)|(failed|unable|could not|cannot) .{0,20}"
    r"(fetch|download|load|read|process|access|decode|be processed|be fetched)|url is wrong|resolution of the|"
    r"no face|not detect|mime|file type|please enter"
)
_TIMEOUT = r"time.?out|timed out|no result in|took too long|deadline"
_BUSY = (
    r"overload|busy|high demand|capacity|queue is full|too frequent|frequency is too high|rate.?limit|throttl"
)

_WORDS: tuple[tuple[re.Pattern[str], FailureClass], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), failure)
    for pattern, failure in (
        (_CREDITS, FailureClass.OUR_ACCOUNT),
        (_POLICY, FailureClass.CONTENT_POLICY),
        (_GONE, FailureClass.PROVIDER_DOWN),
        (_BUSY, FailureClass.PROVIDER_BUSY),
        (_TIMEOUT, FailureClass.TIMEOUT),
        (_INPUT, FailureClass.BAD_INPUT),
    )
)

_FINAL_WORDS: frozenset[FailureClass] = frozenset(
    {
        FailureClass.OUR_ACCOUNT,
        FailureClass.CONTENT_POLICY,
        FailureClass.PROVIDER_DOWN,
        FailureClass.BAD_INPUT,
    }
)
_OUR_ACCOUNT = (401, 402, 403, 433)

REFUSALS: Mapping[int, FailureClass] = MappingProxyType(
    {
        **dict.fromkeys(_OUR_ACCOUNT, FailureClass.OUR_ACCOUNT),
        **dict.fromkeys((400, 405, 409, 413, 415, 422, 451), FailureClass.BAD_INPUT),
        404: FailureClass.PROVIDER_DOWN,  # the model is gone
        505: FailureClass.PROVIDER_DOWN,  # switched off
        531: FailureClass.PROVIDER_DOWN,
    }
)
"""Codes of a createTask answer that are final."""

WAITS: Mapping[int, float] = MappingProxyType({408: 30.0, 429: 10.0, 430: 10.0, 455: 120.0, 550: 60.0})
"""Codes of an answer that pass by themselves, with the seconds to wait where KIE says none."""

_TASK_CODES: Mapping[int, FailureClass] = MappingProxyType(
    {
        **dict.fromkeys(_OUR_ACCOUNT, FailureClass.OUR_ACCOUNT),
        **dict.fromkeys((413, 422, 451), FailureClass.BAD_INPUT),
        **dict.fromkeys((429, 430, 455, 550), FailureClass.PROVIDER_BUSY),
        400: FailureClass.CONTENT_POLICY,  # in callbacks and records: the content was refused
        408: FailureClass.TIMEOUT,
    }
)


def class_by_words(message: str) -> FailureClass | None:
    """What the words of an error say, whatever its code; None when they say nothing we know."""
    return next((failure for pattern, failure in _WORDS if pattern.search(message)), None)


def class_of_refusal(code: int, message: str) -> FailureClass:
    """The class of a final refusal of createTask; account codes are not overridden by words."""
    if code in _OUR_ACCOUNT:
        return FailureClass.OUR_ACCOUNT
    said = class_by_words(message)
    return said if said is not None and said in _FINAL_WORDS else REFUSALS.get(code, FailureClass.BAD_INPUT)


def refuses_for_good(message: str) -> bool:
    """Do the words of a server error (5xx) say that asking again is useless?"""
    return class_by_words(message) in _FINAL_WORDS


def class_of_failed_task(code: int | None, message: str) -> FailureClass:
    """The class of a task that ended in `fail`: its words first, then its code, else the provider is to blame."""
    return class_by_words(message) or _TASK_CODES.get(code or 0, FailureClass.PROVIDER_DOWN)
