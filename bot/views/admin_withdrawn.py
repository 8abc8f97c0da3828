"""Models that stand in the catalogue and are not for sale."""

from app.catalogue import Catalogue, ModelSpec
from bot.keyboards.admin_withdrawn import withdrawn_keyboard
from bot.keyboards.models import page_of
from bot.texts import Markup, Words
from bot.view import View


def withdrawn_view(words: Words, catalogue: Catalogue, page: int) -> View:
    """Eight at a time: why, and which model people are led to instead."""
    shown, page, count = page_of(catalogue.withdrawn, page)
    lines = [words("admin-withdrawn", count=len(catalogue.withdrawn))]
    lines += [_line(words, catalogue, spec) for spec in shown]
    return View(Markup("\n\n".join(lines)), withdrawn_keyboard(words, page, count))


def _line(words: Words, catalogue: Catalogue, spec: ModelSpec) -> Markup:
    reason = spec.reason or ""
    if spec.successor is None:
        return words("admin-withdrawn-model", model=spec.name, reason=reason)
    successor = catalogue.get(spec.successor).name
    return words("admin-withdrawn-led-on", model=spec.name, reason=reason, successor=successor)
