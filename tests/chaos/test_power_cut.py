"""Everything on the machine dies at once, at a moment that nobody chose; then somebody starts it again."""

import asyncio
import random
from time import monotonic

import pytest

from tests.fixtures.books import Books
from tests.fixtures.journeys import PICTURE_PRICE, order_picture
from tests.fixtures.launched import scratch_folder
from tests.fixtures.people import Message, Person, text_of
from tests.fixtures.sandboxed import start_sandbox

CUTS = 3
SEED = 20261123
# A hang, not a slow machine: a lost wake-up is swept after half a minute, and this is many of them.
ENDED_WITHIN = 300
# Nobody answers any more: the stand-in answers at once, and it calls back for the last time after 15 s.
UNANSWERED = "interval '30 seconds'"


@pytest.mark.proves("F12", "F15", "F51", "X1")
async def test_after_a_power_cut_each_generation_is_delivered_or_refunded() -> None:
    luck = random.Random(SEED)
    people: list[int] = []
    with scratch_folder() as folder:
        sandboxed = start_sandbox(folder, {})
        try:
            for _ in range(CUTS):
                async with sandboxed.client() as client:
                    await client.kie("POST", "knobs", {"delay": 1.5})
                    newcomers = [await client.person() for _ in range(2)]
                    people += [person.id for person in newcomers]
                    orders = asyncio.gather(*map(order_picture, newcomers), return_exceptions=True)
                    await asyncio.wait({orders}, timeout=luck.uniform(0.5, 4))
                    sandboxed.launched.kill_everything()
                    orders.cancel()
                    await asyncio.gather(orders, return_exceptions=True)
                sandboxed = start_sandbox(folder, {"PORT": sandboxed.url.rpartition(":")[2]})
            async with sandboxed.client() as client:
                await all_ended(sandboxed.books)
                for person_id in people:
                    await go_on(Person(client, person_id))
                await all_ended(sandboxed.books)
                assert_nothing_is_lost(sandboxed.books, people)
            sandboxed.audit()
        finally:
            sandboxed.launched.end()


async def go_on(person: Person) -> None:
    """Whoever was interrupted goes on where they are; the bot has forgotten nobody."""
    await order_picture(person, "После темноты")

    def brought(messages: list[Message]) -> bool | None:
        """This picture: one that was ordered before the cut may have come long ago."""
        return any("photo" in it and "После темноты" in text_of(it) for it in messages) or None

    await person.wait_until(brought, "the picture after the cut")


async def all_ended(books: Books) -> None:
    """A cut between our note and the provider's ear leaves a creation that only its grace time ends."""
    deadline = monotonic() + ENDED_WITHIN
    while open_generations(books):
        assert monotonic() < deadline, open_generations(books)
        books.let_the_grace_time_pass(UNANSWERED)
        await asyncio.sleep(0.05)


def open_generations(books: Books) -> list[tuple[object, ...]]:
    return books.all(
        "SELECT id, state FROM generation WHERE state NOT IN ('delivered', 'kept', 'failed', 'cancelled')"
    )


def assert_nothing_is_lost(books: Books, people: list[int]) -> None:
    for person in people:
        paid = books.one(
            "SELECT count(*) FROM generation WHERE user_id = %s AND state IN ('delivered', 'kept')", person
        )
        left = books.all(
            "SELECT sum(posted), sum(held) FROM ledger_wallet WHERE user_id = %s AND bucket <> 'debt'", person
        )
        assert isinstance(paid, int)
        assert left == [(30_000 - paid * PICTURE_PRICE, 0)]
