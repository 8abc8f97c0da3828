"""KIE raises a price: the model is off the shelf before anybody can lose money on it, and returns with the price."""

import asyncio
import time

import pytest

from tests.fixtures.people import WAIT_SECONDS, Person, SandboxClient
from tests.fixtures.receipts import arrived_operator
from tests.fixtures.sandboxed import Sandboxed

MODEL, NAME = "infinitalk/from-audio", "InfiniteTalk"
OFF_SALE = "SELECT count(*) FROM suspension WHERE name = %s AND ended_at IS NULL"


async def compared(operator: Person) -> None:
    """The operator asks for a look at KIE's prices now."""
    begun = await operator.say("/admin")
    await operator.tap("🧩 Модели", after=begun)
    await operator.tap("Сверить цены", after=begun)
    await operator.wait_for_text("Сверяем", after=begun)


async def becomes(product: Sandboxed, expected: int) -> None:
    """So many are off sale in the end."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := product.books.one(OFF_SALE, NAME)) != expected:
        assert time.monotonic() < deadline, f"{found} are off sale, not {expected}"
        await asyncio.sleep(0.05)


async def card(person: Person, words: str) -> None:
    """The model's card says this."""
    said = await person.say(f"/search {NAME}")
    await person.tap(NAME, after=said)
    await person.wait_for_text(words, after=said)


@pytest.mark.proves("F47")
async def test_a_model_whose_price_kie_has_raised_is_not_sold_until_it_is_right_again(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    operator, person = await arrived_operator(sandbox), await sandbox.person()
    try:
        await sandbox.kie("POST", "models", {"model": MODEL, "prices": 10})
        await compared(operator)
        await becomes(product, 1)
        await operator.wait_for_text(NAME)
        await card(person, "снята с продажи")
    finally:
        await sandbox.kie("DELETE", "models")
    await compared(operator)
    await becomes(product, 0)
    said = await person.say(f"/search {NAME}")
    await person.tap(NAME, after=said)
    shown = await person.wait_for_text(NAME, after=said)
    assert "снята с продажи" not in shown.get("text", "")
