"""The free tier: which models, and how many runs are left."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.catalogue import ModelSpec
from app.generation import FreeAllowance, FreeLeft, Standing
from app.offers import Offers
from bot.keyboards.free import free_keyboard
from bot.keyboards.models import page_of
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import model_lines, resting_lines, short_price

CHEAPEST = 5
"""Models that are named where there is no free tier."""


@dataclass(frozen=True)
class FreeTable:
    """What is given away, what is left of it for one person, and which models rest."""

    allowance: FreeAllowance
    left: FreeLeft
    standing: Standing


def free_view(words: Words, offers: Offers, table: FreeTable, page: int) -> View:
    """One page (from 0) of the free models, and what is left; where there is no free tier, the cheapest models."""
    allowance = table.allowance
    if not allowance.is_offered:
        return _off_view(words, offers, table.standing)
    models = offers.free()
    shown, _, _ = page_of(models, page)
    lines = [line for spec in shown for line in _lines(words, offers, spec, table.standing)]
    rule = words("free-rule", day=allowance.per_day, hour=allowance.per_hour)
    listed = "\n".join(lines or [words("free-no-models")])
    text = "\n\n".join([words("free"), rule, listed, left_line(words, table.left)])
    return View(Markup(text), free_keyboard(words, models, page))


def left_line(words: Words, left: FreeLeft) -> Markup:
    """How many free runs there are today, or when there is one again."""
    if left.now == left.today > 0:
        return words("free-left", left=left.today)
    if left.now > 0:
        return words("free-left-now", left=left.today, now=left.now)
    moment = words.moment(left.opens_at) if left.opens_at else ""
    if left.today > 0:
        return words("free-wait", moment=moment, left=left.today)
    return words("free-none-left", moment=moment)


def _lines(words: Words, offers: Offers, spec: ModelSpec, standing: Standing) -> list[Markup]:
    line = words(
        "free-line",
        model=spec.name,
        price=short_price(words, offers, spec),
        description=spec.description.get(words.language),
    )
    return [line, *resting_lines(words, standing, spec)]


def _off_view(words: Words, offers: Offers, standing: Standing) -> View:
    models: Sequence[ModelSpec] = sorted(offers.for_sale(), key=offers.price_from)[:CHEAPEST]
    text = "\n\n".join(
        [words("free"), words("free-off"), "\n".join(model_lines(words, offers, models, standing))]
    )
    return View(Markup(text), free_keyboard(words, models, 0))
