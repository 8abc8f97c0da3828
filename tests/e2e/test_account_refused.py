"""KIE refuses our own account: nobody loses a kopeck, all are told before they pay, and it comes back by itself."""

import pytest

from tests.fixtures.journeys import PICTURE_PRICE, order_picture
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.receipts import arrived_operator
from tests.fixtures.sandboxed import Sandboxed

# Key unknown, credits gone, the cap of the key reached.
REFUSALS = (401, 402, 433)
MONEY = (
    "SELECT sum(posted)::bigint, sum(held)::bigint FROM ledger_wallet WHERE user_id = %s AND bucket <> 'debt'"
)


async def is_told_before_paying(person: Person) -> None:
    """On the shelf, on the model's card, and where the price would be."""
    begun = await person.say("/start")
    await person.tap("Картинки", after=begun)
    await person.wait_for_text("мы ничего не создаём", after=begun)
    await person.tap("Z-Image", after=begun)
    await person.tap("✨ Создать", after=begun)
    described = await person.say("Тихая гавань")
    await person.wait_for_text("Деньги не отложены", after=described)
    await person.wait_for_button("Проверить ещё раз", after=described)


@pytest.mark.proves("F68")
async def test_a_refused_account_stops_selling_holds_nothing_and_comes_back(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    await arrived_operator(sandbox)  # who is told of it
    buyer, onlooker = [await sandbox.person() for _ in range(2)]
    try:
        for code in REFUSALS:
            await sandbox.kie("POST", "knobs", {"code": code})
            said = await buyer.say("/menu")
            await order_picture(buyer)
            await buyer.wait_for_text("вернули", after=said)
            assert product.books.all(MONEY, buyer.id) == [(30_000, 0)]
            await is_told_before_paying(onlooker)
            assert product.books.all(MONEY, onlooker.id) == [(30_000, 0)]
            await sandbox.kie("DELETE", "knobs")
            the_pause_passes(product)
        await order_picture(onlooker)
        await onlooker.wait_for_media("photo")
        assert product.books.all(MONEY, onlooker.id) == [(30_000 - PICTURE_PRICE, 0)]
    finally:
        the_pause_passes(product)


def the_pause_passes(product: Sandboxed) -> None:
    """Three minutes go by since the last refusal."""
    product.books.execute(
        "UPDATE generation SET state_at = state_at - interval '3 minutes' WHERE failure = 'our_account'"
    )
