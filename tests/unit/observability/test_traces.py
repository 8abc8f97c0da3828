"""What people said stands in no trace, though libraries quote what they stumble over."""

import json
import logging
import sys
from collections.abc import Callable

import pytest
from pydantic import BaseModel, TypeAdapter

from app.observability import LineFormatter, Mask, trace_of

CANARY = "canary said this,\nand input_type= that"


class _Message(BaseModel):
    number: int


class _RefusedError(Exception):
    """As a driver tells what the server says."""


def _row() -> None:
    raise _RefusedError(f"violates check\nDETAIL:  Failing row contains (1, {CANARY}).\nHINT:  try again")


def _twice() -> None:
    try:
        _row()
    except _RefusedError as error:
        raise RuntimeError("the unit failed") from error


CASES: tuple[Callable[[], object], ...] = (
    _row,
    _twice,
    lambda: int(CANARY),
    lambda: float(CANARY),
    lambda: _Message.model_validate({"number": CANARY}),
    lambda: TypeAdapter(list[int]).validate_python([CANARY, 1, CANARY]),
)


@pytest.mark.proves("S9", "F87")
@pytest.mark.parametrize("fail", CASES)
def test_no_trace_quotes_its_input_and_each_says_where_it_happened(fail: Callable[[], object]) -> None:
    with pytest.raises(Exception) as caught:
        fail()
    trace = trace_of(caught.value)
    assert "canary" not in trace
    assert "test_traces.py" in trace
    assert type(caught.value).__name__ in trace


@pytest.mark.proves("S9")
@pytest.mark.parametrize("style", ["json", "console"])
def test_no_line_of_the_log_does_either(style: str) -> None:
    record = logging.getLogger("test").makeRecord("test", logging.ERROR, __file__, 1, "failed", (), None)
    try:
        _twice()
    except RuntimeError:
        record.exc_info = sys.exc_info()
    line = LineFormatter("json" if style == "json" else "console", Mask()).format(record)
    assert "canary" not in line
    assert "the unit failed" in (json.loads(line)["trace"] if style == "json" else line)
    assert "try again" in line
