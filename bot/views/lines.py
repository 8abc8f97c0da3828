"""Models as lines of a list, and short prices."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from app.catalogue import ModelSpec, starting_price
from app.generation import OffSale, Standing
from app.money import Kopecks
from app.offers import LeastPrice, Offers
from bot.keyboards.menu import CATEGORY_KEYS
from bot.texts import Markup, Words
from bot.units import UNIT_KEYS


def model_lines(
    words: Words, offers: Offers, models: Iterable[ModelSpec], standing: Standing
) -> list[Markup]:
    """Two lines per model: name and price, then what it is for; a third where it rests."""
    return [line for spec in models for line in _model_lines(words, offers, spec, standing)]


def resting_lines(words: Words, standing: Standing, spec: ModelSpec) -> list[Markup]:
    """Until when this model rests, where it does; or that it is off sale."""
    rest = standing.resting.get(spec.key)
    if isinstance(rest, OffSale):
        return [words("shelf-off-sale")]
    return [] if rest is None else [words("shelf-resting", moment=words.moment(rest.opens_at))]


def offer_lines(words: Words, offers: Offers, models: Iterable[ModelSpec]) -> Iterator[Markup]:
    """A line per model below the name of its shelf: a whole page of them leaves room for its buttons."""
    for shelf, group in groupby(models, key=lambda spec: spec.category):
        yield Markup("")
        yield words("offer-shelf", category=words.plain(CATEGORY_KEYS[shelf]))
        for spec in group:
            yield words("offer-line", model=spec.name, price=short_price(words, offers, spec))


def closed_lines(words: Words, standing: Standing) -> list[Markup]:
    """That nothing at all is sold now, where that is so."""
    return [] if standing.closed is None else [words("selling-stopped")]


def price_text(words: Words, price: Kopecks) -> str:
    """What was, or will be, charged; in words where it is nothing."""
    return words.money(price) if price > 0 else words.plain("price-free")


def pace_text(words: Words, usual: int, slow: int | None) -> str:
    """How many seconds it takes, and how many it takes when it takes long."""
    if slow is None:
        return words.duration(usual)
    return words.plain("pace-sometimes", usual=words.duration(usual), slow=words.duration(slow))


def least_text(words: Words, least: LeastPrice) -> str:
    """What inputs that are not complete come to at the least; without "from" where nothing changes it any more."""
    price = words.money(least.price)
    return price if least.exact else words.plain("price-from", price=price)


def short_price(words: Words, offers: Offers, spec: ModelSpec) -> str:
    """`0,64 ₽` where it is exact, per unit where the amount decides, else "from" it."""
    price = words.money(offers.price_from(spec))
    start = starting_price(spec)
    if start.unit is not None:
        return words.plain("price-per", price=price, unit=words.plain(UNIT_KEYS[start.unit]))
    return price if start.exact else words.plain("price-from", price=price)


def _model_lines(words: Words, offers: Offers, spec: ModelSpec, standing: Standing) -> list[Markup]:
    line = words(
        "shelf-line",
        model=spec.name,
        price=short_price(words, offers, spec),
        description=spec.description.get(words.language),
    )
    return [line, *resting_lines(words, standing, spec)]
