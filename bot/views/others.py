"""Other models for what a generation was asked for, and what of it did not fit the one that was chosen."""

from collections.abc import Sequence

from app.catalogue import ModelSpec, Parameter
from app.generation import Generation
from app.offers import Offers
from bot.carrying import carried
from bot.keyboards.models import page_of
from bot.keyboards.others import others_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import least_text


def others_view(
    words: Words,
    offers: Offers,
    source: ModelSpec,
    generation: Generation,
    models: Sequence[ModelSpec],
    page: int,
) -> View:
    """One page (from 0), each with what it costs with these inputs; says so where there is none."""
    key = "others" if models else "others-none"
    lines = [words(key, number=str(generation.id), model=source.name)]
    for it in page_of(models, page)[0]:
        least = offers.price_least(it, carried(source, generation.inputs, it).inputs)
        lines.append(words("offer-line", model=it.name, price=least_text(words, least)))
    return View(Markup("\n".join(lines)), others_keyboard(words, source, generation, models, page))


def lost_note(words: Words, lost: Sequence[Parameter]) -> Markup:
    """What has to be chosen anew."""
    labels = ", ".join(it.label.get(words.language) for it in lost)
    return words("others-lost", labels=labels)
