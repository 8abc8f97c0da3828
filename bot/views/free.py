"""The free tier: which models, and how many runs are left."""

from collections.abc import Sequence

from app.catalogue import ModelSpec
from app.generation import FreeAllowance, FreeLeft
from app.offers import Offers
from bot.keyboards.free import free_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import model_lines, short_price

CHEAPEST = 5
"""Models that are named where there is no free tier."""


def free_view(words: Words, offers: Offers, allowance: FreeAllowance, left: FreeLeft) -> View:
    """The free models and what is left of them; where there is no free tier, the cheapest models."""
    if not allowance.is_offered:
        return _off_view(words, offers)
    models = offers.free()
    lines = [_line(words, offers, spec) for spec in models] or [words("free-no-models")]
    rule = words("free-rule", day=allowance.per_day, hour=allowance.per_hour)
    text = "\n\n".join([words("free"), rule, "\n".join(lines), left_line(words, left)])
    return View(Markup(text), free_keyboard(words, models))


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


def _line(words: Words, offers: Offers, spec: ModelSpec) -> Markup:
    return words(
        "free-line",
        model=spec.name,
        price=short_price(words, offers, spec),
        description=spec.description.get(words.language),
    )


def _off_view(words: Words, offers: Offers) -> View:
    models: Sequence[ModelSpec] = sorted(offers.for_sale(), key=offers.price_from)[:CHEAPEST]
    text = "\n\n".join([words("free"), words("free-off"), "\n".join(model_lines(words, offers, models))])
    return View(Markup(text), free_keyboard(words, models))
