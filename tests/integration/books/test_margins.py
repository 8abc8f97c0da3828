"""What each model earned and what it cost."""

from datetime import timedelta
from decimal import Decimal

from app.books import Margins
from app.money import Credits, rouble_cost
from tests.integration.books.conftest import Shop
from tests.integration.generation.world import PRICE
from tests.unit.users.specs import CLIP, PICTURE

COST = rouble_cost(Credits(Decimal(4)), Decimal(79))
"""What the fake provider says it took."""


async def test_the_margin_is_what_was_captured_less_what_kie_said_it_took(shop: Shop) -> None:
    margins = {it.model_key: it for it in await Margins(shop.world.database).by_model(timedelta(days=1))}
    clip, picture = margins[CLIP], margins[PICTURE]
    assert (clip.made, clip.free, clip.revenue, clip.cost) == (1, 0, PRICE, COST)
    assert clip.credits == Decimal(4)
    assert clip.share == Decimal(PRICE - COST) / PRICE
    assert (picture.made, picture.free, picture.revenue, picture.margin) == (1, 1, 0, -COST)
    assert picture.share is None
    assert list(margins) == [PICTURE, CLIP]
    assert await Margins(shop.world.database).by_model(timedelta(0)) == ()
