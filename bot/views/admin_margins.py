"""Revenue, cost and margin of each model."""

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType

from app.books import ModelMargin
from app.catalogue import Catalogue, UnknownModelError
from app.money import Kopecks
from bot.keyboards.admin_margins import margins_keyboard
from bot.keyboards.models import page_of
from bot.staff_callbacks import MarginsPage, Stretch
from bot.texts import Markup, Words
from bot.view import View

TITLE_KEYS = MappingProxyType(
    {
        Stretch.DAY: "admin-margins-day",
        Stretch.WEEK: "admin-margins-week",
        Stretch.MONTH: "admin-margins-month",
    }
)


def margins_view(
    words: Words, catalogue: Catalogue, found: Sequence[ModelMargin], asked: MarginsPage
) -> View:
    """One page, the dearest loss first, under the sum of all pages."""
    shown, _, _ = page_of(found, asked.page)
    lines = [words(TITLE_KEYS[asked.stretch]), _total(words, found)]
    lines += [_line(words, catalogue, it) for it in shown]
    return View(Markup("\n\n".join(lines)), margins_keyboard(words, asked.stretch, found, asked.page))


def percent(margin: Kopecks, revenue: Kopecks) -> str:
    """`42 %` of what was earned; a dash where nothing was."""
    if not revenue:
        return "—"
    return f"{round(Decimal(margin) * 100 / revenue)}\u00a0%"


def _total(words: Words, found: Sequence[ModelMargin]) -> Markup:
    if not found:
        return words("admin-margins-none")
    revenue = Kopecks(sum(it.revenue for it in found))
    cost = Kopecks(sum(it.cost for it in found))
    margin = Kopecks(revenue - cost)
    return words(
        "admin-margins-total",
        made=sum(it.made for it in found),
        revenue=words.money(revenue),
        cost=words.money(cost),
        margin=words.money(margin),
        percent=percent(margin, revenue),
    )


def _line(words: Words, catalogue: Catalogue, margin: ModelMargin) -> Markup:
    return words(
        "admin-margins-line",
        model=_name(catalogue, margin),
        made=margin.made,
        free=margin.free,
        revenue=words.money(margin.revenue),
        cost=words.money(margin.cost),
        margin=words.money(margin.margin),
        percent=percent(margin.margin, margin.revenue),
    )


def _name(catalogue: Catalogue, margin: ModelMargin) -> str:
    """A model that has left the files earned something, too."""
    try:
        return catalogue.get(margin.model_key).name
    except UnknownModelError:
        return margin.model_key
