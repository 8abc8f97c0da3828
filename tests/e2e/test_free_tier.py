"""The free tier over the real server: two pictures for nothing, the third shows its price, the counter goes down."""

import pytest

from tests.fixtures.calm import far_from_the_next_day
from tests.fixtures.journeys import PICTURE_PRICE
from tests.fixtures.people import Message, Person, text_of
from tests.fixtures.sandboxed import running_sandbox

SPENT = """
    SELECT coalesce(sum(held), 0), coalesce(sum(posted), 0) FROM ledger_wallet
    WHERE user_id = %s AND bucket IN ('cash', 'bonus')
"""


async def to_card(person: Person, prompt: str) -> Message:
    """Menu, shelf, model, words: the card."""
    started = await person.say("/start")
    await person.tap("Картинки", after=started)
    await person.tap("Z-Image", after=started)
    await person.wait_for_text("Напишите", after=started)
    told = await person.say(prompt)
    card, _ = await person.wait_for_button("Создать", after=told)
    return card


async def counted(person: Person) -> str:
    """What the Free screen says of the runs that are left."""
    started = await person.say("/menu")
    await person.tap("Бесплатно", after=started)
    return text_of(await person.wait_for_text("не больше", after=started))


@pytest.mark.proves("F58")
async def test_two_pictures_are_free_and_the_third_shows_its_price() -> None:
    await far_from_the_next_day()
    async with (
        running_sandbox(FREE_PER_DAY="5", FREE_PER_HOUR="2") as sandboxed,
        sandboxed.client() as sandbox,
    ):
        person = await sandbox.person()
        await person.say("/start")
        assert "Бесплатных сегодня: 5" in await counted(person)
        for number, prompt in enumerate(("Первый маяк", "Второй маяк"), start=1):
            card = await to_card(person, prompt)
            await person.tap("бесплатно", after=card["message_id"] - 1)

            def delivered(messages: list[Message], wanted: int = number) -> bool | None:
                return True if sum("photo" in message for message in messages) == wanted else None

            await person.wait_until(delivered, f"picture {number}")
        assert sandboxed.books.all(SPENT, person.id) == [(0, 30_000)], "nothing was taken"
        assert "осталось 3" in await counted(person)

        card = await to_card(person, "Третий маяк")
        await person.wait_for_button("0,64", after=card["message_id"] - 1)
        await person.tap("0,64", after=card["message_id"] - 1)
        await person.wait_until(lambda ms: True if sum("photo" in m for m in ms) == 3 else None, "picture 3")
        assert sandboxed.books.all(SPENT, person.id) == [(0, 30_000 - PICTURE_PRICE)]
        assert sandboxed.books.one("SELECT count(*) FROM free_use WHERE user_id = %s", person.id) == 2
        assert await sandbox.violations() == []
        sandboxed.audit()
