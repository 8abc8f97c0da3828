"""The provider's prose on a price, held against our price rows. Pure.

Of each figure that is followed by `credits` the words around it say what it is for; a row of ours takes the figure
whose words speak for most of its conditions and against none. What cannot be told apart counts at its dearest.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from app.catalogue import ModelSpec, PriceRow, Scalar, Unit
from app.money import Credits

_FIGURE = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s*credits?\b", re.IGNORECASE)
_END = re.compile(r"[;\n]|\.\s|\.$")
_WORD = re.compile(r"[@\w]+(?:[./]\w+)*")
_UNITS: Mapping[Unit, re.Pattern[str]] = MappingProxyType(
    {
        Unit.PER_1K_CHARS: re.compile(r"(per|/)\s*(1k|1,?000)\s*char", re.IGNORECASE),
        Unit.PER_MEGAPIXEL: re.compile(r"(per|/)\s*(megapixel|mp\b)", re.IGNORECASE),
        Unit.PER_MINUTE: re.compile(r"(per|/)\s*min", re.IGNORECASE),
        Unit.PER_SECOND: re.compile(r"(per|/)\s*((output|video|audio)\s+)?s(ec|econd)?\b", re.IGNORECASE),
        Unit.PER_IMAGE: re.compile(r"(per|/)\s*(image|picture)", re.IGNORECASE),
        Unit.PER_TASK: re.compile(r"(per|/)\s*(task|video|song|track|generation|request)", re.IGNORECASE),
    }
)
_ALIKE = frozenset({Unit.PER_TASK, Unit.PER_IMAGE})
"""A task of one picture: either word may stand for it."""

_BEFORE_NO = r"(without|no|w/o|excluding)\s+"
_AFTER_NO = r"\s*(false|off|no\b|not\b)"
_EXTRA = re.compile(
    r"@input_|\b(each|every|per) (extra|additional|input|reference)|\bsurcharge|\bextra\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure, in credits, and the words around it. `unit`: what it is for, where the words tell."""

    credits: Credits
    words: str
    unit: Unit | None

    @property
    def tokens(self) -> frozenset[str]:
        """Its single words and numbers, small."""
        found = (it.lower() for it in _WORD.findall(self.words.replace("-", " ")))
        return frozenset(token for it in found for token in (it, *_number_in(it)))

    @property
    def is_extra(self) -> bool:
        """Whether it comes on top of another figure."""
        return _EXTRA.search(self.words) is not None


@dataclass(frozen=True, slots=True)
class RowReading:
    """What the provider takes for one price row of ours now; None: its words do not tell."""

    number: int
    row: PriceRow
    credits: Credits | None

    @property
    def differs(self) -> bool:
        """Whether it is read, and is another amount than ours."""
        return self.credits is not None and self.credits != self.row.credits


def read_rows(spec: ModelSpec, words: str | None) -> tuple[RowReading, ...]:
    """Every price row of the model, in its order, with the provider's figure for it."""
    statements = tuple(statements_in(words or ""))
    return tuple(RowReading(n, row, _figure(spec, row, statements)) for n, row in enumerate(spec.prices))


def statements_in(words: str) -> Iterator[Statement]:
    """Each figure with what stands between its neighbours, up to the end of the sentence."""
    figures = list(_FIGURE.finditer(words))
    for place, figure in enumerate(figures):
        since = figures[place - 1].end() if place else 0
        before = _END.split(words[since : figure.start()])[-1]
        until = figures[place + 1].start() if place + 1 < len(figures) else len(words)
        after = _END.split(words[figure.end() : until])[0].partition(",")[0]
        amount = Decimal(figure[1].replace(",", ""))
        yield Statement(Credits(amount), f"{before} {after}", _unit(after) or _unit(before))


def _figure(spec: ModelSpec, row: PriceRow, statements: Sequence[Statement]) -> Credits | None:
    """The dearest of the figures that are for this row and for no row of ours that says more."""
    open_to_it = _open(spec, row, statements)
    best = max((_score(row, it) for it in open_to_it), default=0)
    closest = [it for it in open_to_it if _score(row, it) == best]
    rivals = [it for it in spec.prices if it is not row and it.surcharge == row.surcharge]
    own = [it for it in closest if not any(_claims(spec, rival, it, best) for rival in rivals)]
    return max((it.credits for it in own or closest), default=None)


def _open(spec: ModelSpec, row: PriceRow, statements: Sequence[Statement]) -> list[Statement]:
    """Those that may be about this row."""
    conditions = {**_implied(spec), **row.when}
    return [
        it
        for it in statements
        if it.is_extra == row.surcharge
        and _is_for(row, it)
        and not any(_against(spec, *pair, it) for pair in conditions.items())
    ]


def _claims(spec: ModelSpec, rival: PriceRow, statement: Statement, score: int) -> bool:
    return _score(rival, statement) > score and bool(_open(spec, rival, (statement,)))


def _implied(spec: ModelSpec) -> dict[str, Scalar]:
    """What holds of every task that we send, whatever is chosen."""
    kinds = {it.media.kind.value for it in spec.parameters if it.media is not None}
    unsent = {f"@{kind}_input": False for kind in ("video", "image") if kind not in kinds}
    return {**spec.fixed, **unsent}


def _is_for(row: PriceRow, statement: Statement) -> bool:
    unit = statement.unit
    return unit is None or unit is row.unit or {unit, row.unit} <= _ALIKE


def _score(row: PriceRow, statement: Statement) -> int:
    return sum(_speaks_of(name, value, statement) for name, value in row.when.items())


def _speaks_of(name: str, value: Scalar, statement: Statement) -> bool:
    if isinstance(value, bool):
        said = _switch_said(name, statement)
        return said is not None and said == value
    if "-" in str(value):
        return (
            re.search(rf"(?<![\w-]){re.escape(str(value))}(?![\w-])", statement.words, re.IGNORECASE)
            is not None
        )
    return bool(set(_spellings(value)) & statement.tokens)


def _against(spec: ModelSpec, name: str, value: Scalar, statement: Statement) -> bool:
    """Whether the words are about another value of the same input."""
    if isinstance(value, bool):
        said = _switch_said(name, statement)
        return said is not None and said != value
    if _speaks_of(name, value, statement):
        return False
    if re.search(rf"(?<!\w){re.escape(name)}[ :=]+[\w.]", statement.words):
        return True  # named as our files name it, with another value
    parameter = spec.parameter(name)
    others = [] if parameter is None else [it.value for it in parameter.choices]
    others += [it.when[name] for it in spec.prices if name in it.when]
    return any(not isinstance(it, bool) and _speaks_of(name, it, statement) for it in others)


def _switch_said(name: str, statement: Statement) -> bool | None:
    """What the words say of a switch: on, off, or nothing."""
    word = re.escape(name.removeprefix("@")).replace("_", "[ _]")
    if re.search(rf"{_BEFORE_NO}@?{word}|{word}{_AFTER_NO}", statement.words, re.IGNORECASE):
        return False
    return True if re.search(rf"(?<!\w){word}(?!\w)", statement.words, re.IGNORECASE) else None


def _spellings(value: Scalar) -> tuple[str, ...]:
    text = str(value).lower()
    return (text, f"{float(text):g}") if re.fullmatch(r"\d+(\.\d+)?", text) else (text,)


def _number_in(token: str) -> tuple[str, ...]:
    """`5` of `5s`: a length is written with its unit."""
    length = re.fullmatch(r"(\d+(?:\.\d+)?)(s|sec|seconds?)", token)
    return (length[1],) if length else ()


def _unit(words: str) -> Unit | None:
    return next((unit for unit, pattern in _UNITS.items() if pattern.search(words)), None)
