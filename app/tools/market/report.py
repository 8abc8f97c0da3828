"""What was found, for a person to read."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from app.generation.market import Change, Difference, Loss
from app.money import rouble_cost
from app.offers import Rates
from app.tools.market.findings import Findings

_TITLES = (
    ("New at KIE", (Change.NEW_MODEL,)),
    ("Gone at KIE", (Change.GONE,)),
    ("Another price", (Change.PRICE,)),
    ("A price that cannot be read", (Change.PRICE_UNREAD,)),
    (
        "Another schema: KIE would refuse us",
        (Change.INPUT_GONE, Change.INPUT_REQUIRED, Change.CHOICE_GONE, Change.LIMIT),
    ),
    ("Another schema: KIE has more", (Change.NEW_INPUT, Change.NEW_CHOICE)),
)

_WORDS: Mapping[Change, str] = MappingProxyType(
    {
        Change.NEW_MODEL: "{it.name} ({it.what}); {said}",
        Change.GONE: "{it.name}",
        Change.PRICE: "{it.what}: {it.before} → {it.after} credits",
        Change.PRICE_UNREAD: "{it.what}: ours is {it.before} credits",
        Change.NEW_INPUT: "{it.what} is new",
        Change.INPUT_GONE: "{it.what} is gone",
        Change.INPUT_REQUIRED: "{it.what} is required now",
        Change.NEW_CHOICE: "{it.what} = {it.after} is new",
        Change.CHOICE_GONE: "{it.what} = {it.after} is gone",
        Change.LIMIT: "{it.what}: ours is {it.before}, KIE's {it.after}",
    }
)


def lines_of(findings: Findings, rates: Rates) -> Iterator[str]:
    """Each kind under its title; in the end how many differences there are."""
    if findings.losses:
        yield f"Would lose money now ({len(findings.losses)})"
        yield from (f"  {_loss(it, rates)}" for it in findings.losses)
    for title, changes in _TITLES:
        yield from _section(title, findings.of(*changes), findings)
    if not findings.differences:
        yield "✅ Nothing differs"
        return
    yield f"Differences: {len(findings.differences)}; models that would lose money: {_models(findings)}"


def _section(title: str, found: Sequence[Difference], findings: Findings) -> Iterator[str]:
    if not found:
        return
    yield f"{title} ({len(found)})"
    yield from (f"  {_line(it, findings)}" for it in found)


def _line(it: Difference, findings: Findings) -> str:
    said = findings.listed[it.model].price_words if it.change is Change.NEW_MODEL else ""
    told = _WORDS[it.change].format(it=it, said=said or "no price")
    return f"{it.model}: {told}"


def _loss(loss: Loss, rates: Rates) -> str:
    price, cost = rates.of(loss.spec).price(loss.asked), rouble_cost(loss.cost, rates.usd_rub)
    return (
        f"{loss.spec.key}: {loss.what}: sold for {price / 100:.2f} ₽ ({loss.asked:f} credits), "
        f"costs {cost / 100:.2f} ₽ ({loss.cost:f})"
    )


def _models(findings: Findings) -> int:
    return len({it.spec.key for it in findings.losses})
