"""The card of a model."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from app.catalogue import Modality, ModelSpec, ParameterKind, starting_price
from app.generation import Broken, FreeLeft, OffSale, Pace, SoldOut
from app.offers import Offers
from app.users import Draft
from bot.awaiting import DRAFT
from bot.keyboards.model import SHELF, Origin, model_keyboard
from bot.questions import main_text, open_question
from bot.texts import Markup, Words
from bot.units import UNIT_KEYS
from bot.view import View
from bot.views.free import left_line
from bot.views.lines import pace_text

MAKES_KEYS = MappingProxyType(
    {
        Modality.IMAGE: "model-makes-image",
        Modality.VIDEO: "model-makes-video",
        Modality.AUDIO: "model-makes-audio",
    }
)


@dataclass(frozen=True)
class ModelCard:
    """A model as one person meets it: the draft that looking at it opened, and where they came from."""

    spec: ModelSpec
    draft: Draft
    origin: Origin = SHELF
    starred: bool = False
    free: FreeLeft | None = None
    """What is left of the free tier, where the model belongs to it."""
    pace: Pace | None = None
    refusal: SoldOut | Broken | OffSale | None = None
    """Why it is not sold now to anybody."""
    instead: Sequence[ModelSpec] = ()
    """Others for the same task that are, where it rests."""


def model_view(words: Words, offers: Offers, card: ModelCard) -> View:
    """Name, provider, what it makes, price, time, inputs."""
    spec, draft = card.spec, card.draft
    inputs = ", ".join(_within(parameter.label.get(words.language)) for parameter in spec.parameters)
    lines = [
        words("model-title", model=spec.name, provider=spec.provider),
        words("model-description", text=spec.description.get(words.language)),
        "",
        words(MAKES_KEYS[spec.produces]),
        price_line(words, offers, spec),
        *([left_line(words, card.free)] if card.free else []),
        *_time_line(words, card.pace),
        words("model-inputs", inputs=inputs),
        *_example_line(words, spec),
    ]
    if card.refusal is not None:
        lines += ["", *_refusal_lines(words, card.refusal, has_others=bool(card.instead))]
    question = open_question(spec, draft)
    if card.refusal is None and question is not None and question.kind is ParameterKind.TEXT:
        lines += ["", words("model-type-now")]
    buttons = model_keyboard(words, draft, card.origin, starred=card.starred, instead=card.instead)
    return View(Markup("\n".join(lines)), buttons, DRAFT)


def _within(label: str) -> str:
    """A label in the middle of a sentence; abbreviations stay as they are."""
    return label if label[1:2].isupper() else label[:1].lower() + label[1:]


def price_line(words: Words, offers: Offers, spec: ModelSpec) -> Markup:
    """The price, with "from" where inputs change it, and the unit it is for."""
    start = starting_price(spec)
    price = words.money(offers.price_from(spec))
    if start.unit is not None:
        return words("model-price-unit", price=price, unit=words.plain(UNIT_KEYS[start.unit]))
    return words("model-price" if start.exact else "model-price-from", price=price)


def _example_line(words: Words, spec: ModelSpec) -> list[Markup]:
    text = main_text(spec)
    if text is None or text.example is None:
        return []
    return [words("model-example", text=text.example.get(words.language))]


def _refusal_lines(words: Words, refusal: SoldOut | Broken | OffSale, *, has_others: bool) -> list[Markup]:
    match refusal:
        case SoldOut():
            return [words("selling-stopped")]
        case Broken():
            rests = words("model-resting", moment=words.moment(refusal.opens_at))
        case OffSale():
            rests = words("model-off-sale")
        case _:
            assert_never(refusal)
    return [rests, words("model-instead")] if has_others else [rests]


def _time_line(words: Words, pace: Pace | None) -> list[Markup]:
    if pace is None:
        return []
    return [words("model-time", time=pace_text(words, pace.usual, pace.slow))]
