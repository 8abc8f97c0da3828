"""`--write`: what can be written down by a machine is, and each change must load; the rest is named.

Prices, tightened limits, choices that are gone and models that are gone are changed in the family's file; what KIE has
and we do not is noted in `models/known/kie.toml`, so that nobody is told of it twice.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from app.catalogue import CatalogueError, load_catalogue
from app.generation.market import KNOWN, Change, Difference, Known, load_known
from app.offers import ShowcaseError, load_showcase
from app.tools.market import edits
from app.tools.market.findings import Findings

_NOTED = frozenset({Change.NEW_MODEL, Change.NEW_INPUT, Change.NEW_CHOICE, Change.PRICE_UNREAD})
_HEAD = (
    "# What KIE has and we leave out on purpose: nobody is told of it again. "
    "Kept by `make catalogue-diff WRITE=1`."
)


@dataclass
class Proposal:
    """`written`: what changed, a line each; `by_hand`: what a person has to do."""

    written: list[str] = field(default_factory=list)
    by_hand: list[Difference] = field(default_factory=list)


def propose(folder: Path, findings: Findings, today: date) -> Proposal:
    """Changes the files of the folder of models; what would not load is left as it was."""
    proposal = Proposal()
    for it in findings.differences:
        if it.change in _NOTED:
            continue
        path = _changed_file(folder, it, today)
        if path is None:
            proposal.by_hand.append(it)
        else:
            proposal.written.append(
                f"{path.name}: {it.model}: {it.change.value} {it.what} {it.after}".rstrip()
            )
    noted = [it for it in findings.differences if it.change in _NOTED]
    if noted:
        known = _noting(load_known(folder), noted, findings, today)
        (folder / KNOWN).parent.mkdir(exist_ok=True)
        (folder / KNOWN).write_text(_dump(known), encoding="utf-8")
        proposal.written += [
            f"{KNOWN}: {it.model}: {it.change.value} {it.what} {it.after}".rstrip() for it in noted
        ]
    return proposal


def _changed_file(folder: Path, it: Difference, today: date) -> Path | None:
    """The file that was changed, and loads; None where nothing could be."""
    for path in sorted(folder.glob("*.toml")):
        before = path.read_text(encoding="utf-8")
        after = _edit(it, today)(before)
        if after is None:
            continue
        path.write_text(after, encoding="utf-8")
        if _loads(folder):
            return path
        path.write_text(before, encoding="utf-8")
    return None


def _edit(it: Difference, today: date) -> Callable[[str], str | None]:
    match it.change:
        case Change.PRICE:
            return lambda text: edits.with_price(text, it.model, it.row or 0, Decimal(it.after))
        case Change.GONE:
            reason = f"KIE does not list it since {today}"
            return lambda text: edits.with_status(text, it.model, "unsold", reason)
        case Change.LIMIT:
            return lambda text: edits.with_limit(text, it.model, it.what, it.before, it.after)
        case Change.CHOICE_GONE:
            return lambda text: edits.without_choice(text, it.model, it.what, it.after)
        case _:
            return lambda _text: None


def _loads(folder: Path) -> bool:
    try:
        catalogue = load_catalogue(folder)
        if (folder / "showcase").exists():
            load_showcase(folder / "showcase", catalogue)
    except (CatalogueError, ShowcaseError):
        return False
    return True


def _noting(known: Known, noted: Sequence[Difference], findings: Findings, today: date) -> Known:
    models, inputs, values = dict(known.models), dict(known.inputs), dict(known.values)
    prices = dict(known.prices)
    for it in noted:
        match it.change:
            case Change.NEW_MODEL:
                models[it.model] = f"new on {today}, not described yet"
            case Change.NEW_INPUT:
                inputs[it.model] = _with(inputs.get(it.model, ()), it.what)
            case Change.NEW_CHOICE:
                values[it.model] = _with(values.get(it.model, ()), f"{it.what}={it.after}")
            case _:
                prices[it.model] = _said(it, findings)
    return replace(known, models=models, inputs=inputs, values=values, prices=prices)


def _said(it: Difference, findings: Findings) -> str:
    """The prose that was read in vain."""
    return findings.listed[it.model_id].price_words or ""


def _with(known: Iterable[str], new: str) -> tuple[str, ...]:
    return tuple(sorted({*known, new}))


def _dump(known: Known) -> str:
    """Strings of JSON are strings of TOML."""
    lines = [_HEAD, "", f"everywhere = {_array(known.everywhere)}"]
    for title, table in (("models", known.models), ("prices", known.prices)):
        if table:
            lines += [
                "",
                f"[{title}]",
                *(f"{_text(name)} = {_text(said)}" for name, said in sorted(table.items())),
            ]
    for title, lists in (("inputs", known.inputs), ("values", known.values)):
        if lists:
            lines += ["", f"[{title}]", *(f"{name} = {_array(them)}" for name, them in sorted(lists.items()))]
    return "\n".join((*lines, ""))


def _array(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_text, sorted(texts)))}]"


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
