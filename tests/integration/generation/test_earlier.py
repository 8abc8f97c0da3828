"""An earlier result as an input: from our own copy, from Telegram, or not at all; and whose child a generation is."""

import json

import pytest

from app.catalogue import InputValue, MediaFile, Modality
from app.files import FolderStore
from app.generation import (
    EarlierResults,
    FailureClass,
    FileName,
    Form,
    Generation,
    State,
    StoredFile,
    Submitted,
    result_file,
)
from tests.integration.generation.world import RESULTS, World
from tests.unit.users.specs import ANIMATED

COPY = StoredFile("", Modality.IMAGE, "image/png", 9, width=64, height=64, seconds=0)
BYTES = b"our bytes"


def put(key: str, content: bytes | None) -> None:
    """Our copy, or none of it: the folder outlives a test, and numbers begin anew in each."""
    path = RESULTS / key
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if content is not None:
        path.write_bytes(content)


def earlier_of(world: World) -> EarlierResults:
    """What the buttons ask."""
    return EarlierResults(world.database, FolderStore(RESULTS))


async def made(
    world: World,
    *,
    copied: bool = True,
    telegram: str | None = None,
    form: Form | None = None,
    **more: object,
) -> Generation:
    """A delivered picture of the person: our copy is there or was pruned, Telegram has it or does not."""
    generation = await world.submitted()
    key = f"results/{generation.id}/1.png"
    put(key, BYTES if copied else None)
    stored = {"path": key, "kind": "image", "mime": "image/png", "size": 9, "width": 64, "height": 64}
    known = {"telegram_file_id": telegram, "sent_as": form and form.value, **more}
    await world.execute(
        "UPDATE generation SET state = 'delivered', next_check_at = NULL, results = CAST(:results AS jsonb) "
        "WHERE id = :id",
        results=json.dumps([stored | known]),
        id=generation.id,
    )
    return await world.now(generation)


async def animated(world: World, reference: str, person: int = 7) -> Generation:
    """A clip of that file was ordered, and its start has come."""
    photo: list[str] = [reference]
    inputs: dict[str, InputValue] = {"photo": photo, "prompt": "it rains"}
    draft = await world.draft(person, ANIMATED, inputs)
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    await world.starter.start(world.epoch, outcome.generation.id)
    return await world.now(outcome.generation)


async def found(world: World, generation: Generation, person: int = 7) -> MediaFile | None:
    """What a tap on this result finds."""
    return await earlier_of(world).find(person, FileName(generation.id, 1))


@pytest.mark.proves("F69")
async def test_an_earlier_result_goes_in_from_our_own_copy(world: World) -> None:
    await world.person()
    parent = await made(world, telegram="at-telegram", form=Form.PHOTO)
    file = await found(world, parent)
    assert file is not None
    child = await animated(world, file.reference)
    assert world.host.uploaded == [(BYTES, "image/png")]
    assert world.source.fetched == []
    (creation,) = world.provider.creations
    assert creation.inputs["photo"] == "https://uploads.example/1"
    assert child.parent_id == parent.id
    assert parent.parent_id is None


@pytest.mark.parametrize(
    ("known", "fetched", "mime"),
    [
        ({"telegram": "photo-id", "form": Form.PHOTO}, "photo-id", "image/jpeg"),
        ({"telegram": "photo-id"}, "photo-id", "image/jpeg"),
        ({"telegram": "photo-id", "form": Form.PHOTO, "original_file_id": "doc"}, "doc", "image/png"),
    ],
)
async def test_once_our_copy_is_pruned_it_goes_in_from_telegram(
    world: World, known: dict[str, object], fetched: str, mime: str
) -> None:
    await world.person()
    file = await found(world, await made(world, copied=False, **known))  # type: ignore[arg-type]
    assert file is not None
    assert file.mime == mime
    await animated(world, file.reference)
    assert world.source.fetched == [fetched]
    assert world.host.uploaded == [(fetched.encode(), mime)]


async def test_a_result_that_nobody_has_any_more_is_not_offered(world: World) -> None:
    await world.person()
    assert await found(world, await made(world, copied=False)) is None


async def test_a_result_too_large_for_telegram_is_gone_with_our_copy(world: World) -> None:
    await world.person()
    heavy = await made(world, copied=False, telegram="clip", form=Form.VIDEO, size=20_000_001)
    assert await found(world, heavy) is None


async def test_a_copy_that_went_between_the_card_and_the_start_gives_the_money_back(world: World) -> None:
    await world.person()
    parent = await made(world)
    file = await found(world, parent)
    assert file is not None
    before = await world.balance()
    put(f"results/{parent.id}/1.png", None)
    child = await animated(world, file.reference)
    assert (child.state, child.failure) == (State.FAILED, FailureClass.INPUT_GONE)
    assert world.provider.creations == []
    assert (await world.balance()).free == before.free
    assert await world.findings() == []


@pytest.mark.proves("F20")
async def test_nobody_takes_what_somebody_else_made(world: World, caplog: pytest.LogCaptureFixture) -> None:
    await world.person()
    await world.person(8)
    theirs = await made(world)
    assert await found(world, theirs, person=8) is None
    assert await earlier_of(world).files(8, theirs.id) == ()
    assert "a result of somebody else was asked for" in caplog.messages
    forged = result_file(FileName(theirs.id, 1), COPY)
    child = await animated(world, forged.reference, person=8)
    assert (child.state, child.failure) == (State.FAILED, FailureClass.INPUT_GONE)
    assert child.parent_id is None
    assert world.host.uploaded == []
    assert world.provider.creations == []


async def test_a_second_generation_of_the_same_result_uploads_nothing_again(world: World) -> None:
    await world.person()
    file = await found(world, await made(world))
    assert file is not None
    await animated(world, file.reference)
    await animated(world, file.reference)
    assert len(world.host.uploaded) == 1
    assert [it.inputs["photo"] for it in world.provider.creations] == ["https://uploads.example/1"] * 2


async def test_results_to_choose_from_are_the_persons_own_of_that_kind_page_by_page(world: World) -> None:
    await world.person()
    await world.person(8)
    first, second = await made(world), await made(world)
    await world.submitted()
    await made(world, kind="audio")
    earlier = earlier_of(world)
    newest = await earlier.listed(7, Modality.IMAGE, before=None, limit=1)
    assert [it.id for it in newest] == [second.id]
    older = await earlier.listed(7, Modality.IMAGE, before=second.id, limit=5)
    assert [it.id for it in older] == [first.id]
    assert await earlier.listed(8, Modality.IMAGE, before=None, limit=5) == ()


async def test_a_parent_that_is_deleted_leaves_its_children(world: World) -> None:
    await world.person()
    parent = await made(world)
    file = await found(world, parent)
    assert file is not None
    child = await animated(world, file.reference)
    await world.execute("DELETE FROM generation WHERE id = :id", id=parent.id)
    assert (await world.now(child)).parent_id is None
