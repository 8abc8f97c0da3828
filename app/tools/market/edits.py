"""Changes of a family's file as text, so that its comments and its layout stay."""

import re
from decimal import Decimal

_MODEL = re.compile(r"^\[\[model\]\]\s*$", re.MULTILINE)
_CREDITS = re.compile(r"(\bcredits\s*=\s*)([\d_.]+)")
_PRICES = re.compile(r"^(price\s*=|\[\[model\.price\]\])", re.MULTILINE)


def with_price(text: str, key: str, row: int, credits_: Decimal) -> str | None:
    """The price row of this number (from 0) of the model costs so much; None where it cannot be found."""
    begin, end = _block(text, key)
    prices = _PRICES.search(text, begin, end)
    if prices is None:
        return None
    rows = list(_CREDITS.finditer(text, prices.start(), end))
    if row >= len(rows):
        return None
    found = rows[row]
    return f"{text[: found.start(2)]}{credits_.normalize():f}{text[found.end(2) :]}"


def with_status(text: str, key: str, status: str, reason: str) -> str | None:
    """The model has this status and reason; None where it has a status already or cannot be found."""
    begin, end = _block(text, key)
    named = re.compile(r'^id = ".*"\n', re.MULTILINE).search(text, begin, end)
    if named is None or re.search(r"^status\s*=", text[begin:end], re.MULTILINE):
        return None
    return f'{text[: named.end()]}status = "{status}"\nreason = "{reason}"\n{text[named.end() :]}'


def with_limit(text: str, key: str, name: str, before: str, after: str) -> str | None:
    """A bound of an input that stands on the input's own line; None where it does not."""
    return _on_line_of(text, key, name, rf"(=\s*){re.escape(before)}(?![\d.])", rf"\g<1>{after}")


def without_choice(text: str, key: str, name: str, value: str) -> str | None:
    """One value less among the choices on the input's own line; None where it does not stand there."""
    spelled = rf'"?{re.escape(value)}"?'
    return _on_line_of(text, key, name, rf"(?<=[\[ ]){spelled},\s*|,\s*{spelled}(?=\])", "")


def _on_line_of(text: str, key: str, name: str, pattern: str, instead: str) -> str | None:
    begin, end = _block(text, key)
    line = re.compile(rf"^inputs\.{re.escape(name)}\s*=.*$", re.MULTILINE).search(text, begin, end)
    if line is None:
        return None
    changed, count = re.subn(pattern, instead, line[0], count=1)
    return f"{text[: line.start()]}{changed}{text[line.end() :]}" if count else None


def _block(text: str, key: str) -> tuple[int, int]:
    """Where the model begins and ends; empty where there is none."""
    starts = [it.start() for it in _MODEL.finditer(text)]
    ends = [*starts[1:], len(text)]
    for begin, end in zip(starts, ends, strict=False):
        if re.search(rf'^key = "{re.escape(key)}"\s*$', text[begin:end], re.MULTILINE):
            return begin, end
    return 0, 0
