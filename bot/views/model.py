"""The card of a model."""

from types import MappingProxyType

from app.catalogue import Modality, ModelSpec, ParameterKind, Unit, starting_price
from app.offers import Offers
from app.users import Draft
from bot.keyboards.model import model_keyboard
from bot.questions import open_question
from bot.texts import Markup, Words
from bot.view import View

MAKES_KEYS = MappingProxyType(
    {
        Modality.IMAGE: "model-makes-image",
        Modality.VIDEO: "model-makes-video",
        Modality.AUDIO: "model-makes-audio",
    }
)

UNIT_KEYS = MappingProxyType(
    {
        Unit.PER_TASK: "unit-task",
        Unit.PER_SECOND: "unit-second",
        Unit.PER_IMAGE: "unit-image",
        Unit.PER_1K_CHARS: "unit-1k-chars",
        Unit.PER_MEGAPIXEL: "unit-megapixel",
        Unit.PER_MINUTE: "unit-minute",
    }
)


def model_view(words: Words, offers: Offers, spec: ModelSpec, draft: Draft) -> View:
    """Name, provider, what it makes, price, time, inputs."""
    inputs = ", ".join(parameter.label.get(words.language) for parameter in spec.parameters)
    lines = [
        words("model-title", model=spec.name, provider=spec.provider),
        words("model-description", text=spec.description.get(words.language)),
        "",
        words(MAKES_KEYS[spec.produces]),
        price_line(words, offers, spec),
        *_time_line(words, spec),
        words("model-inputs", inputs=inputs),
    ]
    question = open_question(spec, draft)
    if question is not None and question.kind is ParameterKind.TEXT:
        lines += ["", words("model-type-now")]
    return View(Markup("\n".join(lines)), model_keyboard(words, draft))


def price_line(words: Words, offers: Offers, spec: ModelSpec) -> Markup:
    """The price, with "from" where inputs change it, and the unit it is for."""
    start = starting_price(spec)
    price = words.money(offers.price_from(spec))
    if start.unit is not None:
        return words("model-price-unit", price=price, unit=words.plain(UNIT_KEYS[start.unit]))
    return words("model-price" if start.exact else "model-price-from", price=price)


def _time_line(words: Words, spec: ModelSpec) -> list[Markup]:
    if spec.expected_seconds is None:
        return []
    return [words("model-time", time=words.duration(spec.expected_seconds))]
