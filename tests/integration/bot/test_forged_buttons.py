"""A changed client sends whatever it likes as a button: it is answered politely, and nothing of others changes."""

import random
from collections.abc import Iterator

import pytest
from aiogram.filters.callback_data import CallbackData
from aiogram.methods import AnswerCallbackQuery
from sqlalchemy import text

from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody
from tests.unit.bot.test_callbacks import LARGEST

NUMBERS = (
    "0",
    "-1",
    "1",
    "2",
    "9999",
    str(2**31),
    str(2**63 - 1),
    str(2**63),
    "10" * 12,
    "1.5",
    "0x1",
    "١",
    "",
)
WORDS = (
    "",
    " ",
    "None",
    "..",
    "'; DROP TABLE person; --",
    "%s",
    "\x00",
    "🙂",
    "run",
    "true",
    "z-image",
    "stars",
)
NOISE = 20
"""Examples of random bytes, beside three of every kind of button."""

# What belongs to a person, beside what says that somebody has written to the bot at all.
OWNED = text("""
    SELECT coalesce(string_agg(one, '|' ORDER BY one), '') FROM (
        SELECT d::text AS one FROM draft d WHERE user_id = :person
        UNION ALL SELECT g::text FROM generation g WHERE user_id = :person
        UNION ALL SELECT w::text FROM ledger_wallet w WHERE user_id = :person
        UNION ALL SELECT o::text FROM orders o WHERE user_id = :person
        UNION ALL SELECT p::text FROM person p WHERE id = :person
    ) AS everything
""")
STAFF_ROWS = text("SELECT count(*) FROM action_log")


def kinds() -> list[CallbackData]:
    """One button of every kind."""
    return list({type(it): it for it in LARGEST}.values())


def forged(ids: list[int]) -> Iterator[str]:
    """Every kind with its numbers and words replaced, in an order that is always the same; and plain noise."""
    chance = random.Random(7)
    for button in kinds():
        prefix, *parts = button.pack().split(":")
        for kept in range(2):
            values = [*map(str, ids), *NUMBERS, *WORDS] if kept == 0 else [*map(str, ids), "1", "2"]
            told = [
                chance.choice(values) if part.lstrip("-").isdigit() or kept == 0 else part for part in parts
            ]
            yield ":".join([prefix, *told])
        yield ":".join([prefix, *chance.choice((parts[:-1], [*parts, "more"]))])
    for _ in range(NOISE):
        yield bytes(chance.randrange(256) for _ in range(chance.randrange(1, 33))).decode("latin-1")


@pytest.mark.proves("S3", "F20")
async def test_whatever_a_button_carries_is_answered_and_touches_nothing_of_others(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    await ivan.tap("₽")
    await to_card(ivan)
    mallory = Somebody(house.wire, id=777, first_name="Mallory", language_code="en")
    await mallory.say("/start")
    before = await owned(house, ivan.id)
    sent = list(
        dict.fromkeys(it for it in forged(await ids_of(house, ivan.id)) if 0 < len(it.encode()) <= 64)
    )
    assert len(sent) > 130
    for data in sent:
        await house.wire.feed(mallory.callback(data, shown_to(mallory)))
        assert len(house.telegram.called(AnswerCallbackQuery)) == len(house.telegram.answers), data
        assert "кот в сапогах" not in mallory.screen.words, data
    assert await owned(house, ivan.id) == before
    assert house.telegram.refused == []
    async with house.database.snapshot() as session:
        assert (await session.execute(STAFF_ROWS)).scalar_one() == 0


def shown_to(person: Somebody) -> Shown:
    """Some message of the bot with words in it, below which the tap is said to have been."""
    return next(it for it in reversed(person.wire.telegram.in_chat(person.chat_id)) if it.text is not None)


async def owned(house: LivingHouse, person: int) -> str:
    async with house.database.snapshot() as session:
        return str((await session.execute(OWNED, {"person": person})).scalar_one())


async def ids_of(house: LivingHouse, person: int) -> list[int]:
    """The person, and their drafts, quotes and generations."""
    asked = text("""
        SELECT id FROM draft WHERE user_id = :person UNION SELECT id FROM generation WHERE user_id = :person
        UNION SELECT q.id FROM quote q JOIN draft d ON d.id = q.draft_id WHERE d.user_id = :person
    """)
    async with house.database.snapshot() as session:
        found = (await session.execute(asked, {"person": person})).scalars().all()
    return [person, *sorted(map(int, found))]
