"""No model of the real catalogue is sold below what KIE takes for it, whatever the inputs."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.catalogue import InputValue, ModelSpec, Parameter, ParameterKind, cost, load_catalogue
from app.clock import SystemClock
from app.offers import NotForSaleError, Offers, Rates
from tests.fakes.rates import rates_in_force

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "models")
USD_RUB = Decimal("79.37")
STAR_RUB = Decimal("1.7")  # dear enough to decide every price where there is no markup
OFFERS = Offers(CATALOGUE, rates_in_force(Rates(USD_RUB, Decimal(1), STAR_RUB)), SystemClock())


def values_of(parameter: Parameter) -> st.SearchStrategy[InputValue]:
    """Some values that the parameter takes."""
    if parameter.choices:
        return st.sampled_from([choice.value for choice in parameter.choices])
    if parameter.kind is ParameterKind.NUMBER:
        bounds = [int(bound) for bound in (parameter.minimum, parameter.maximum) if bound is not None]
        return st.sampled_from(bounds or [1])
    if parameter.media is not None:
        return st.just(["file"] * parameter.media.min_count)
    return st.text("abc ", min_size=max(parameter.min_length, 1), max_size=max(parameter.min_length, 60))


@st.composite
def requests(draw: st.DrawFn) -> tuple[ModelSpec, dict[str, InputValue]]:
    """A model that is for sale and some of its inputs."""
    spec = draw(st.sampled_from(OFFERS.for_sale()))
    chosen = [parameter for parameter in spec.parameters if parameter.required or draw(st.booleans())]
    return spec, {parameter.name: draw(values_of(parameter)) for parameter in chosen}


@pytest.mark.proves("F44", "F47")
@settings(max_examples=500, deadline=None)
@given(requests())
def test_every_price_even_without_markup_covers_the_cost(
    request: tuple[ModelSpec, dict[str, InputValue]],
) -> None:
    spec, inputs = request
    try:
        price = OFFERS.price(spec, inputs)
    except NotForSaleError:
        assume(False)  # what only a probe of the media can tell: without it nothing is sold
        raise

    in_kopecks = Fraction(cost(spec, inputs)) * Fraction(5, 1000) * Fraction(USD_RUB) * 100
    assert price > 0
    assert price >= in_kopecks * max(
        Fraction(1), Fraction(STAR_RUB) / (Fraction(13, 1000) * Fraction(USD_RUB))
    )


def test_every_model_of_the_catalogue_is_for_sale() -> None:
    assert OFFERS.for_sale() == CATALOGUE.models
