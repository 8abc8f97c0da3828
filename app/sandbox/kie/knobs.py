"""Faults and moods of the KIE stand-in on demand.

``POST /sandbox/kie/knobs`` merges a JSON object of knobs, ``DELETE`` forgets them all, ``GET`` lists them. Beside the
knobs one body may hold limits that apply to every knob in it: ``times`` (how often it acts, then it is gone), ``model``
(only tasks of this model id) and ``calls`` (of `code`, `http_status` and `latency`: create, read, credit, upload, link,
catalogue, chat or all; create when not said). ``null`` takes a knob away. They survive a restart. A task keeps the
knobs of the moment it was accepted.

=================  =====================  =============================================================================
knob               value                  meaning
=================  =====================  =============================================================================
delay              seconds (2.5)          from creation to the end, through waiting, queuing, generating
skip_states        true                   stays in waiting until it ends
stuck              "waiting"|"generating" never ends (true = "generating")
fail               preset, true           policy, internal (true), input, unfetchable, timeout: ends in fail
fail_code          text                   with fail: this failCode instead of the preset's
fail_message       text                   with fail: this failMsg instead of the preset's
unknown_seconds    seconds                recordInfo does not know the task for the first seconds
code               int                    answers with this envelope code (HTTP 200); see `calls`
http_status        int                    answers with this HTTP status and a page instead of JSON; see `calls`
latency            seconds                answers later; see `calls`
create_hang        true                   createTask accepts the task and never answers
create_drop        true                   createTask accepts the task and cuts the connection
callback           mode                   once, late, twice, flood (10), never, early (before createTask has
                                          answered), wrong_code (code 500, state success), unsigned, badly_signed
callback_delay     seconds (5)            for late; twice and flood come at once
callback_pace      factor (1)             of the gaps 1, 4, 10 s before the three retries
results            int                    how many results
empty_result       true                   success with an empty list of resultUrls
dead_result        true                   the result's URL answers 404
slow_result        seconds                the result's body dribbles in over this time
huge_result        megabytes              the result is padded to this size
cut_result         true                   the connection is cut in the middle of the result
junk_result        true                   the URL serves a page of text instead of the result, with HTTP 200
result_ttl         seconds (14 days)      life of results
upload_ttl         seconds (1 day)        life of uploads
rate_limit         int (20)               creations in 10 s; 0 = no limit
parallel_limit     int (100)              tasks that run at the same time; 0 = no limit
query_limit        int (10)               recordInfo calls per second and task; 0 = no limit
catalogue_limit    int (1)                calls of models, schema, price, success-rate per second together; 0 = no limit
price              credits                of each task instead of the price list's
answer             text                   what a text model says instead of its own words, the empty text included
=================  =====================  =============================================================================

The windows beside it, all JSON: ``GET tasks?after=n`` {"tasks": [{n, taskId, model, input, state, callBackUrl, credits,
created, ends, record (as recordInfo), callbacks: [{url, due, state: pending|delivered|given_up, attempts: [{at, status,
error}]}]}]}; ``GET violations?after=n`` {"violations": [{n, at, call, model, field, code, message, refused, body}]};
``GET credits`` and ``POST credits`` {"credits": number}; ``GET knobs`` {"knobs": [{knob, value, model, calls, times}]}.

KIE's catalogue changes without notice: ``POST models`` {"model": id, and any of: "gone": true, "like": id of the one
whose facts a new model has, "prices": factor of every price, "pricing": [rows as in schemas.json], "says": prose in
place of the rows, "input": schema fields laid over the model's properties (null takes one away), "required": [names]}
changes the model for the list, the prices that are taken and createTask alike; ``DELETE models`` takes all changes
back; ``GET models`` {"models": [what was posted]}. They survive a restart.
"""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from app.sandbox.kie.errors import KnobError
from app.sandbox.kie.store import transaction
from app.sandbox.kie.values import Json, JsonObject, as_number, as_text

CALLS = ("create", "read", "credit", "upload", "link", "catalogue", "chat", "all")
CALLBACK_MODES = (
    "once",
    "late",
    "twice",
    "flood",
    "never",
    "early",
    "wrong_code",
    "unsigned",
    "badly_signed",
)
FAILURES: Mapping[str, tuple[str, str]] = {
    "policy": ("400", "The prompt was flagged by the content policy. Please change it and try again."),
    "internal": ("500", "Internal error, please try again later."),
    "input": ("422", "The input image could not be processed. Please check its format and size."),
    "unfetchable": ("451", "Failed to fetch the input file. Please check that its url is public."),
    "timeout": ("408", "The upstream service gave no result in time."),
}

_SECONDS = "seconds"
_WHOLE = "whole"
_SWITCH = "switch"
_TEXT = "text"
_KINDS: Mapping[str, str | tuple[str, ...]] = {
    "delay": _SECONDS,
    "skip_states": _SWITCH,
    "stuck": ("waiting", "generating"),
    "fail": tuple(FAILURES),
    "fail_code": _TEXT,
    "fail_message": _TEXT,
    "unknown_seconds": _SECONDS,
    "code": _WHOLE,
    "http_status": _WHOLE,
    "latency": _SECONDS,
    "create_hang": _SWITCH,
    "create_drop": _SWITCH,
    "callback": CALLBACK_MODES,
    "callback_delay": _SECONDS,
    "callback_pace": _SECONDS,
    "results": _WHOLE,
    "empty_result": _SWITCH,
    "dead_result": _SWITCH,
    "slow_result": _SECONDS,
    "huge_result": _SECONDS,
    "cut_result": _SWITCH,
    "junk_result": _SWITCH,
    "result_ttl": _SECONDS,
    "upload_ttl": _SECONDS,
    "rate_limit": _WHOLE,
    "parallel_limit": _WHOLE,
    "query_limit": _WHOLE,
    "catalogue_limit": _WHOLE,
    "price": _SECONDS,
    "answer": _TEXT,
}
_CALL_KNOBS = ("code", "http_status", "latency")
_TRUE_MEANS = {"stuck": "generating", "fail": "internal"}


@dataclass(frozen=True)
class Limits:
    """How often, for which model and on which calls a knob acts."""

    times: int | None
    model: str
    calls: str


class KnobBoard:
    """The knobs that are set now."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def set(self, body: JsonObject) -> None:
        """Merges the knobs of one body; KnobError when one is unknown or of another kind, then none is set."""
        limits = _limits(body)
        values = {name: value for name, value in body.items() if name not in ("times", "model", "calls")}
        checked = {name: None if value is None else _checked(name, value) for name, value in values.items()}
        with transaction(self._store):
            for name, value in checked.items():
                self._put(name, value, limits)

    def reset(self) -> None:
        """Forgets every knob."""
        self._store.execute("DELETE FROM knobs")

    def shown(self) -> list[Json]:
        """Every knob with its limits."""
        rows = self._store.execute("SELECT * FROM knobs ORDER BY knob, model, calls").fetchall()
        return [{**dict(row), "value": json.loads(row["value"])} for row in rows]

    def take(self, knob: str, *, model: str = "", calls: str = "") -> Json:
        """The value for this model and call, None when not set; uses up one of its `times`."""
        row = self._store.execute(
            "SELECT rowid, value, times FROM knobs WHERE knob = ? AND model IN ('', ?) AND calls IN ('', 'all', ?)"
            " ORDER BY model = '', calls IN ('', 'all') LIMIT 1",
            (knob, model, calls),
        ).fetchone()
        if row is None:
            return None
        if row["times"] is not None:
            self._store.execute("UPDATE knobs SET times = times - 1 WHERE rowid = ?", (row["rowid"],))
            self._store.execute("DELETE FROM knobs WHERE rowid = ? AND times <= 0", (row["rowid"],))
        value: Json = json.loads(row["value"])
        return value

    def number(self, knob: str, default: float, *, model: str = "", calls: str = "") -> float:
        """The value of a knob of numbers, or the default."""
        value = as_number(self.take(knob, model=model, calls=calls))
        return default if value is None else value

    def switch(self, knob: str, *, model: str = "") -> bool:
        """Whether a switch is on."""
        return self.take(knob, model=model) is True

    def word(self, knob: str, *, model: str = "") -> str:
        """The value of a knob of words, empty when not set."""
        return as_text(self.take(knob, model=model))

    def _put(self, knob: str, value: Json, limits: Limits) -> None:
        calls = limits.calls if knob in _CALL_KNOBS else ""
        if value is None:
            self._store.execute("DELETE FROM knobs WHERE knob = ? AND model = ?", (knob, limits.model))
            return
        self._store.execute(
            "INSERT OR REPLACE INTO knobs (knob, model, calls, value, times) VALUES (?, ?, ?, ?, ?)",
            (knob, limits.model, calls, json.dumps(value), limits.times),
        )


def _limits(body: JsonObject) -> Limits:
    times, model, calls = body.get("times"), body.get("model", ""), body.get("calls", "create")
    if times is not None and (not isinstance(times, int) or isinstance(times, bool) or times < 1):
        raise KnobError("times must be a whole number above zero")
    if not isinstance(model, str):
        raise KnobError("model must be the id of a model")
    if calls not in CALLS:
        raise KnobError(f"calls must be one of {', '.join(CALLS)}")
    return Limits(times=times, model=model, calls=str(calls))


def _checked(name: str, value: Json) -> Json:
    kind = _KINDS.get(name)
    if kind is None:
        raise KnobError(f"there is no knob {name}; there are {', '.join(_KINDS)}")
    if value is True and name in _TRUE_MEANS:
        return _TRUE_MEANS[name]
    fits = value in kind if isinstance(kind, tuple) else _fits(kind, value)
    if not fits:
        raise KnobError(f"{name} must be {kind if isinstance(kind, str) else ' or '.join(kind)}")
    return value


def _fits(kind: str, value: Json) -> bool:
    if kind == _SWITCH:
        return isinstance(value, bool)
    if kind == _TEXT:
        return isinstance(value, str)
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        return False
    return kind == _SECONDS or isinstance(value, int)
