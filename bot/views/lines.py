"""Models as lines of a list, and short prices."""

from collections.abc import Iterable

from app.catalogue import ModelSpec, starting_price
from app.money import Kopecks
from app.offers import Offers
from bot.texts import Markup, Words
from bot.units import UNIT_KEYS


def model_lines(words: Words, offers: Offers, models: Iterable[ModelSpec]) -> list[Markup]:
    """Two lines per model: name and price, then what it is for."""
    return [
        words(
            "shelf-line",
            model=spec.name,
            price=short_price(words, offers, spec),
            description=spec.description.get(words.language),
        )
        for spec in models
    ]


def price_text(words: Words, price: Kopecks) -> str:
    """What was, or will be, charged; in words where it is nothing."""
    return words.money(price) if price > 0 else words.plain("price-free")


def short_price(words: Words, offers: Offers, spec: ModelSpec) -> str:
    """`0,64 ₽` where it is exact, per unit where the amount decides, else "from" it."""
    price = words.money(offers.price_from(spec))
    start = starting_price(spec)
    if start.unit is not None:
        return words.plain("price-per", price=price, unit=words.plain(UNIT_KEYS[start.unit]))
    return price if start.exact else words.plain("price-from", price=price)
