"""Consent is recorded once, for ever, for the words that were shown; without it no file gets anywhere."""

import asyncio

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.db import Database, Epoch
from app.users import (
    Answer,
    AttachmentService,
    ConsentMissingError,
    ConsentService,
    DraftService,
    Person,
    UserService,
    words_in_force,
)
from tests.integration.users.steps import NextStep
from tests.integration.users.test_attachments import CHAT, photos, sent
from tests.unit.users.specs import EDITED

NEWCOMER = Person(8, "Boris", language_code="ru")


async def recorded(database: Database) -> list[tuple[int, str]]:
    """Who agreed to what."""
    async with database.snapshot() as session:
        rows = await session.execute(text("SELECT user_id, version FROM consent ORDER BY agreed_at"))
        return [(row.user_id, row.version) for row in rows]


async def test_a_consent_given_ten_times_at_once_is_one_row(
    consents: ConsentService, database: Database, epoch: Epoch
) -> None:
    assert not await consents.given(8)
    assert all(await asyncio.gather(*(consents.agree(epoch, 8, "1") for _ in range(10))))
    assert await consents.given(8)
    assert await recorded(database) == [(8, "1")]
    assert not await consents.given(9)


async def test_other_words_are_asked_for_again_and_the_old_consent_stays_on_record(
    consents: ConsentService, database: Database, epoch: Epoch
) -> None:
    await consents.agree(epoch, 8, "1")
    changed = ConsentService(database, version="2")
    assert not await changed.given(8)
    assert not await changed.agree(epoch, 8, "1"), "what was on the button is not what is in force"
    assert not await changed.given(8)
    assert await changed.agree(epoch, 8, "2")
    assert await recorded(database) == [(8, "1"), (8, "2")]


def test_the_words_are_others_where_the_operators_terms_stand_somewhere_else() -> None:
    versions = {words_in_force(url) for url in (None, "https://a.example/terms", "https://b.example/terms")}
    assert len(versions) == 3
    assert words_in_force("") == words_in_force(None)


@pytest.mark.parametrize(
    "statement", ["UPDATE consent SET version = 'x'", "DELETE FROM consent", "TRUNCATE consent"]
)
async def test_a_consent_can_neither_be_changed_nor_removed(
    consents: ConsentService, database: Database, epoch: Epoch, statement: str
) -> None:
    await consents.agree(epoch, 8, "1")
    with pytest.raises(DBAPIError, match=r"only grows|permission denied"):
        async with database.unfenced_unit_of_work() as session:
            await session.execute(text(statement))
    assert await recorded(database) == [(8, "1")]


async def test_a_file_waits_for_consent_and_enters_no_draft_without_it(
    consents: ConsentService,
    users: UserService,
    drafts: DraftService,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
) -> None:
    await users.arrive(epoch, NEWCOMER)
    attachments = AttachmentService(database, consents)
    assert [await attachments.keep(epoch, CHAT, 8, sent(number, "a")) for number in (1, 2, 2)] == [1, 2, 2]
    assert await attachments.album(CHAT, 8, 1) == ()
    draft = await drafts.open(await next_step(), 8, EDITED)
    step, files = await next_step(), Answer("photos", photos(1))
    with pytest.raises(ConsentMissingError):
        await drafts.answer(step, 8, draft.id, draft.revision, files)
    words = await drafts.answer(await next_step(), 8, draft.id, draft.revision, Answer("prompt", "a hat"))
    assert words.inputs == {"prompt": "a hat"}, "words need no consent"

    await consents.agree(epoch, 8, consents.version)

    assert len(await attachments.album(CHAT, 8, 1)) == 2
    answered = await drafts.answer(step, 8, draft.id, words.revision, files)
    assert "photos" in answered.inputs, "the refusal left the event's mark alone"
