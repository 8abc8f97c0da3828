"""Several variants with one tap, and fewer results than were sold, through the real server."""

import pytest

from tests.fixtures.journeys import PICTURE_PRICE
from tests.fixtures.people import Person, SandboxClient, text_of
from tests.fixtures.sandboxed import Sandboxed

SONG_PRICE = 948
"""Kopecks: 12 credits x 0.005 USD x 79 RUB x 2.0."""


def money_of(product: Sandboxed, person: Person) -> tuple[object, ...]:
    """What is there and what is held, in kopecks."""
    return product.books.all(
        "SELECT sum(posted), sum(held) FROM ledger_wallet WHERE user_id = %s AND bucket IN ('cash', 'bonus')",
        person.id,
    )[0]


async def count_of(person: Person, kind: str) -> int:
    """How many messages of this kind stand in the chat."""
    return sum(kind in message for message in await person.messages())


@pytest.mark.proves("F16")
async def test_four_variants_arrive_one_by_one_and_the_one_that_fails_is_paid_back(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person("Лина")
    await sandbox.kie("POST", "knobs", {"fail": "policy", "times": 1})
    started = await person.say("/start")
    await person.tap("Картинки", after=started)
    await person.tap("Z-Image", after=started)
    await person.wait_for_text("Напишите", after=started)
    told = await person.say("Четыре кота")
    await person.tap("×4 за", after=told)
    await person.wait_for_text("Вернули 0,64", after=told)
    await person.wait_for_text("Готово: 3 из 4", after=told)
    assert await count_of(person, "photo") == 3
    assert money_of(product, person) == (30_000 - 3 * PICTURE_PRICE, 0)
    ends = product.books.all(
        "SELECT state, count(*) FROM generation WHERE user_id = %s GROUP BY state ORDER BY state", person.id
    )
    assert ends == [("delivered", 3), ("failed", 1)]


@pytest.mark.proves("F68")
async def test_one_song_where_two_were_sold_is_delivered_and_half_the_price_comes_back(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person("Рита")
    await sandbox.kie("POST", "knobs", {"results": 1, "times": 1})
    started = await person.say("/start")
    await person.tap("Музыка", after=started)
    await person.tap("Suno V6", after=started)
    await person.wait_for_text("Напишите", after=started)
    told = await person.say("Песня о море")
    await person.tap("9,48", after=told)
    song = await person.wait_for_media("audio")
    assert "Пришло 1 из 2: вернули 4,74" in text_of(song).replace("\N{NO-BREAK SPACE}", " ")
    assert "295,26" in text_of(song)
    assert money_of(product, person) == (30_000 - SONG_PRICE // 2, 0)
    moves = product.books.all(
        "SELECT kind, amount FROM ledger_transfer WHERE user_id = %s ORDER BY id", person.id
    )
    assert moves[1:] == [("hold", SONG_PRICE), ("capture", SONG_PRICE), ("refund", SONG_PRICE // 2)]
    await person.tap("Чек", after=told)
    await person.wait_for_text("Пришло 1 из 2", after=song["message_id"])
