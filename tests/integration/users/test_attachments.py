"""Files that wait for a wish, and drafts that collect files."""

import pytest

from app.catalogue import InputValue, InvalidAnswerError, MediaFile, Modality, Problem
from app.db import Database, Epoch
from app.users import Answer, Attachment, AttachmentService, ConsentService, DraftService, User
from tests.integration.users.steps import NextStep
from tests.unit.users.specs import EDITED

CHAT = 7


def sent(message_id: int, album: str | None = None, caption: str = "") -> Attachment:
    """A message with a photo."""
    file = MediaFile(
        f"id-{message_id}", "u", Modality.IMAGE, "image/jpeg", message_id=message_id, album=album
    )
    return Attachment(message_id, file, caption)


@pytest.fixture
def attachments(database: Database, consents: ConsentService) -> AttachmentService:
    """Over the database of the test."""
    return AttachmentService(database, consents)


async def test_an_album_is_whole_and_in_order_however_it_came(
    attachments: AttachmentService, epoch: Epoch, anna: User
) -> None:
    for message_id in (12, 10, 11, 11):
        await attachments.keep(epoch, CHAT, anna.id, sent(message_id, "a", f"said {message_id}"))
    await attachments.keep(epoch, CHAT, anna.id, sent(13, "b"))
    await attachments.keep(epoch, CHAT, anna.id, sent(14))
    album = (sent(10, "a", "said 10"), sent(11, "a", "said 11"), sent(12, "a", "said 12"))
    for message_id in (10, 11, 12):
        assert await attachments.album(CHAT, anna.id, message_id) == album
    assert await attachments.album(CHAT, anna.id, 14) == (sent(14),)
    assert await attachments.album(CHAT, anna.id, 15) == ()


async def test_nobody_else_sees_a_file(
    attachments: AttachmentService, consents: ConsentService, epoch: Epoch, anna: User
) -> None:
    await consents.agree(epoch, 999, consents.version)
    await attachments.keep(epoch, CHAT, anna.id, sent(1, "a"))
    assert await attachments.album(CHAT, 999, 1) == ()
    assert await attachments.album(999, anna.id, 1) == ()


def photos(*names: int) -> InputValue:
    """A value of references."""
    return [sent(name).file.reference for name in names]


async def test_a_question_for_several_files_stays_open_while_there_is_room(
    drafts: DraftService, next_step: NextStep, anna: User
) -> None:
    draft = await drafts.open(await next_step(), anna.id, EDITED)
    for count, asking in ((1, "photos"), (2, "photos"), (3, "prompt")):
        answer = Answer("photos", photos(*range(1, count + 1)))
        draft = await drafts.answer(await next_step(), anna.id, draft.id, draft.revision, answer)
        assert draft.asking == asking


async def test_words_do_not_end_a_question_for_files_and_done_does(
    drafts: DraftService, next_step: NextStep, anna: User
) -> None:
    draft = await drafts.open(await next_step(), anna.id, EDITED)
    words, files = Answer("prompt", "a hat"), Answer("photos", photos(1))
    draft = await drafts.answer(await next_step(), anna.id, draft.id, draft.revision, words)
    assert draft.asking == "photos"
    draft = await drafts.answer(await next_step(), anna.id, draft.id, draft.revision, files, words)
    assert draft.asking == "photos"
    draft = await drafts.ask(await next_step(), anna.id, draft.id, draft.revision, None)
    assert draft.asking is None


async def test_of_several_answers_none_is_taken_when_one_is_refused(
    drafts: DraftService, next_step: NextStep, anna: User
) -> None:
    draft = await drafts.open(await next_step(), anna.id, EDITED)
    answers = (Answer("photos", photos(1)), Answer("prompt", "x" * 21))
    with pytest.raises(InvalidAnswerError) as refused:
        await drafts.answer(await next_step(), anna.id, draft.id, draft.revision, *answers)
    assert refused.value.problem.rule == Problem.TOO_LONG
    now = await drafts.get(anna.id, draft.id)
    assert now is not None
    assert now.inputs == {}
