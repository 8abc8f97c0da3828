"""Traces without what people said: libraries quote the values that they stumble over."""

import re
import traceback

UNSAID = "[unsaid]"

_QUOTING = (
    # Postgres: "Failing row contains (…)", "Key (…)=(…)", each to the end of the statement's answer.
    re.compile(
        r"(?<=\nDETAIL:)(?:(?!\nHINT:|\n\[SQL|\n\(Background|\nTraceback|\n {2}File|\n\n).)*", re.DOTALL
    ),
    # pydantic
    re.compile(r"(?<=input_value=)(?:(?!, input_type=).)*", re.DOTALL),
    # Python's own numbers
    re.compile(r"(?<=invalid literal for int\(\) with base 10: )[^\n]*"),
    re.compile(r"(?<=could not convert string to float: )[^\n]*"),
)


def trace_of(error: BaseException) -> str:
    """The trace of an error with its causes; what it quotes of its input is left out."""
    return without_quotes("".join(traceback.format_exception(error)))


def without_quotes(trace: str) -> str:
    """The same of a trace that was written already."""
    for quoting in _QUOTING:
        trace = quoting.sub(f" {UNSAID}", trace)
    return trace
