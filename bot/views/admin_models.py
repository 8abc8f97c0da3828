"""Models that are off sale."""

from collections.abc import Sequence

from app.admin import OffSaleModel, Role
from bot.keyboards.admin_models import models_off_sale_keyboard
from bot.texts import Markup, Words
from bot.view import View

SHOWN = 8
"""Models that the screen names; the rest follow when these are back."""


def models_off_sale_view(words: Words, found: Sequence[OffSaleModel], role: Role | None) -> View:
    """Why each of them is off sale, with both numbers."""
    shown = found[:SHOWN]
    lines = [words("admin-models" if found else "admin-models-none", count=len(found))]
    lines += [_line(words, it) for it in shown]
    return View(Markup("\n\n".join(lines)), models_off_sale_keyboard(words, shown, role))


def _line(words: Words, it: OffSaleModel) -> Markup:
    since, change = words.moment(it.suspension.since), it.suspension.change
    if change is None or it.price is None or it.cost is None:
        return words("admin-model-gone", model=it.suspension.name, moment=since)
    return words(
        "admin-model-cost",
        model=it.suspension.name,
        what=change.what,
        price=words.money(it.price),
        cost=words.money(it.cost),
        moment=since,
    )
