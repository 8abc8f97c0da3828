"""KIE's envelope, and what each of its codes means for the one who asked. HTTP 200 says nothing by itself."""

from dataclasses import dataclass, replace

from app.generation.errors import AmbiguousError, ProviderDownError, RefusedError, TryLaterError
from app.generation.kie.failures import REFUSALS, WAITS, class_of_refusal, refuses_for_good
from app.generation.kie.values import Json, as_text, as_whole, parse_json
from app.generation.states import FailureClass

SERVER_ERROR_WAIT = 10.0
"""Seconds after a server error that passes."""

SERVICE_UNAVAILABLE = 503
LONGEST_WAIT = 3600.0
LONGEST_DETAIL = 500


@dataclass(frozen=True)
class Answer:
    """One HTTP answer: its status, its body, and the Retry-After it named (seconds)."""

    status: int
    body: bytes
    retry_after: str | None = None

    def without(self, key: str) -> "Answer":
        """The same, should it quote our key: what it says is kept for operators."""
        return replace(self, body=self.body.replace(key.encode(), b"***")) if key else self


@dataclass(frozen=True)
class Envelope:
    """`code`, `msg` (or `message`) and `data` of an answer."""

    code: int
    message: str
    data: Json

    @property
    def detail(self) -> str:
        """Code and words, for operators."""
        return f"{self.code} {self.message}"[:LONGEST_DETAIL]


def open_envelope(answer: Answer) -> Envelope | None:
    """The envelope in the body; None when the body is something else (a proxy's page, nothing)."""
    body = parse_json(answer.body)
    if not isinstance(body, dict):
        return None
    code = as_whole(body.get("code"))
    if code is None:
        return None
    words = as_text(body.get("msg")) or as_text(body.get("message")) or ""
    return Envelope(code, words, body.get("data"))


def accepted_data(answer: Answer) -> Json:
    """`data` of a createTask that KIE accepted.

    Raises RefusedError or TryLaterError for what was certainly not accepted, AmbiguousError for the rest: a
    success that its HTTP status denies, a server error without an envelope, a code nobody has documented.
    """
    envelope = open_envelope(answer)
    if envelope is None:
        raise _without_envelope(answer)
    if envelope.code == 200 and answer.status < 300:
        return envelope.data
    raise _refusal(envelope, answer)


def _refusal(envelope: Envelope, answer: Answer) -> RefusedError | TryLaterError | AmbiguousError:
    code = envelope.code
    if code in WAITS:
        return TryLaterError(wait_of(answer, WAITS[code]))
    if code in REFUSALS or 400 <= code < 500:
        return RefusedError(class_of_refusal(code, envelope.message), envelope.detail)
    if not 500 <= code < 600:
        return AmbiguousError(f"code {code} with HTTP status {answer.status}")
    if refuses_for_good(envelope.message):
        return RefusedError(class_of_refusal(code, envelope.message), envelope.detail)
    return ProviderDownError(wait_of(answer, SERVER_ERROR_WAIT))


def _without_envelope(answer: Answer) -> RefusedError | TryLaterError | AmbiguousError:
    status = answer.status
    if status in WAITS and status < 500 and status != 408:
        return TryLaterError(wait_of(answer, WAITS[status]))
    if status in REFUSALS and status < 500:
        return RefusedError(REFUSALS[status], f"HTTP {status}")
    if status == SERVICE_UNAVAILABLE:
        # What stands before KIE's servers says that it passed nothing on.
        return ProviderDownError(wait_of(answer, SERVER_ERROR_WAIT))
    if 300 <= status < 500 and status != 408:
        return RefusedError(FailureClass.PROVIDER_DOWN, f"HTTP {status}")
    return AmbiguousError(f"HTTP status {status} without an envelope")


def wait_of(answer: Answer, otherwise: float) -> float:
    """Seconds of the Retry-After header where it says any, else `otherwise`."""
    seconds = as_whole(answer.retry_after)
    return otherwise if seconds is None or seconds < 0 else min(float(max(seconds, 1)), LONGEST_WAIT)
