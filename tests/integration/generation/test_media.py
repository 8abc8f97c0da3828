"""A person's files on their way to the provider: uploaded before it is asked, never by an address of Telegram's."""

import asyncio
import io
import json

import pillow_heif
import pytest
from PIL import Image
from sqlalchemy import text

from app.catalogue import Inputs, MediaFile, Modality, ModelKey, Part
from app.generation import (
    FailureClass,
    Generation,
    ProviderDownError,
    RefusedError,
    State,
    Submitted,
    TryLaterError,
)
from tests.integration.generation.world import World
from tests.unit.users.specs import ANIMATED, CAST, EDITED


def photo(name: str) -> str:
    """A reference to a photo at Telegram."""
    return MediaFile(f"id-{name}", f"unique-{name}", Modality.IMAGE, "image/jpeg", 90_000).reference


async def submitted(world: World, key: ModelKey, inputs: Inputs) -> Generation:
    """A generation of these inputs that was just submitted, by a person who has money."""
    draft = await world.draft(await world.person(), key, inputs)
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    return outcome.generation


async def edited(world: World, *names: str) -> Generation:
    """Photos and a wish."""
    return await submitted(world, EDITED, {"photos": [photo(name) for name in names], "prompt": "a hat"})


@pytest.mark.proves("F69", "F70")
async def test_photos_are_uploaded_in_order_and_the_provider_gets_the_hosts_urls(world: World) -> None:
    generation = await edited(world, "a", "b", "c")
    await world.starter.start(world.epoch, generation.id)
    (creation,) = world.provider.creations
    assert creation.inputs == {
        "photos": [f"https://uploads.example/{number}" for number in (1, 2, 3)],
        "prompt": "a hat",
    }
    assert world.host.uploaded == [(b"id-a", "image/jpeg"), (b"id-b", "image/jpeg"), (b"id-c", "image/jpeg")]
    assert "telegram:" not in json.dumps(dict(creation.inputs))


async def test_the_frozen_request_keeps_the_references_for_a_repeat(world: World) -> None:
    generation = await edited(world, "a")
    await world.starter.start(world.epoch, generation.id)
    now = await world.now(generation)
    assert now.state is State.SUBMITTED
    assert now.request["photos"] == now.inputs["photos"] == [photo("a")]


async def test_a_model_that_takes_one_photo_gets_one_url(world: World) -> None:
    generation = await submitted(world, ANIMATED, {"photo": [photo("a")], "prompt": "it rains"})
    await world.starter.start(world.epoch, generation.id)
    assert world.provider.creations[0].inputs["photo"] == "https://uploads.example/1"


async def test_files_inside_a_list_of_parts_are_uploaded_once_and_replaced_in_their_places(
    world: World,
) -> None:
    twin: Part = {"name": photo("a"), "looks": [photo("a"), photo("b")], "face": [photo("a")], "side": "evil"}
    other: Part = {"name": "Anna", "looks": [photo("c")], "face": [photo("b")], "side": "good"}
    generation = await submitted(world, CAST, {"heroes": [twin, other], "prompt": "a duel"})
    await world.starter.start(world.epoch, generation.id)
    a, b, c = (f"https://uploads.example/{number}" for number in (1, 2, 3))
    assert world.provider.creations[0].inputs == {
        "heroes": [
            {"name": photo("a"), "looks": [a, b], "face": a, "side": "evil"},
            {"name": "Anna", "looks": [c], "face": b, "side": "good"},
        ],
        "prompt": "a duel",
    }
    assert world.source.fetched == ["id-a", "id-b", "id-c"]
    assert (await world.now(generation)).inputs["heroes"] == [twin, other]


async def test_words_that_look_like_a_file_stay_words(world: World) -> None:
    wish = "telegram:x?kind=s"
    generation = await submitted(world, EDITED, {"photos": [photo("a")], "prompt": wish})
    await world.starter.start(world.epoch, generation.id)
    assert world.provider.creations[0].inputs["prompt"] == wish
    assert world.source.fetched == ["id-a"]


async def test_the_files_are_up_before_the_provider_may_have_heard_of_it(world: World) -> None:
    generation = await edited(world, "a")
    world.host.open.clear()
    dying = asyncio.create_task(world.starter.start(world.epoch, generation.id))
    await world.host.arriving.wait()
    dying.cancel()
    await asyncio.gather(dying, return_exceptions=True)
    world.host.open.set()
    now = await world.now(generation)
    assert (now.state, now.submitting_at) == (State.HELD, None)
    await world.take_over()
    await world.starter.start(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.SUBMITTED
    assert len(world.provider.creations) == 1


@pytest.mark.parametrize(
    ("at", "failure"),
    [
        ("source", FailureClass.INPUT_GONE),
        ("host", FailureClass.BAD_INPUT),
        ("host", FailureClass.PROVIDER_DOWN),
    ],
)
async def test_a_file_that_cannot_be_had_or_is_refused_gives_the_money_back(
    world: World, at: str, failure: FailureClass
) -> None:
    generation = await edited(world, "a")
    troubles = world.source.troubles if at == "source" else world.host.troubles
    troubles.append(RefusedError(failure, "no"))
    await world.starter.start(world.epoch, generation.id)
    now = await world.now(generation)
    assert (now.state, now.failure) == (State.FAILED, failure)
    assert world.provider.creations == []
    balance = await world.balance()
    assert (balance.held, balance.free) == (0, 100_000)
    assert await world.findings() == []


async def test_a_host_that_is_away_is_asked_again_later(world: World) -> None:
    generation = await edited(world, "a")
    world.host.troubles.append(TryLaterError(0.2))
    await world.starter.start(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.HELD
    await world.become_due(generation)
    await world.starter.start(world.epoch, generation.id)
    assert (await world.now(generation)).state is State.SUBMITTED


async def test_a_host_that_stays_away_gives_the_money_back(quick_world: World) -> None:
    world = quick_world
    generation = await edited(world, "a")
    world.host.troubles.extend(ProviderDownError(0.05) for _ in range(200))
    async with world.working():
        now = await world.reach_state(generation, State.FAILED)
    assert now.failure is FailureClass.PROVIDER_DOWN
    assert (await world.balance()).free == 100_000
    assert await world.findings() == []


async def test_a_file_is_uploaded_once_for_a_day_and_anew_after_it(world: World) -> None:
    for _ in range(2):
        await world.starter.start(world.epoch, (await edited(world, "a")).id)
    assert len(world.host.uploaded) == 1
    async with world.database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE upload SET uploaded_at = uploaded_at - interval '24 hours'"))
    await world.starter.start(world.epoch, (await edited(world, "a")).id)
    assert len(world.host.uploaded) == 2
    urls = [creation.inputs["photos"] for creation in world.provider.creations]
    assert urls == [["https://uploads.example/1"]] * 2 + [["https://uploads.example/2"]]


async def test_starting_twice_at_once_uploads_and_asks_once(world: World) -> None:
    generation = await edited(world, "a", "b")
    await asyncio.gather(*(world.starter.start(world.epoch, generation.id) for _ in range(5)))
    assert len(world.host.uploaded) == 2
    assert len(world.provider.creations) == 1


async def test_whoever_cancels_while_files_are_uploaded_gets_everything_back(world: World) -> None:
    generation = await edited(world, "a")
    world.host.open.clear()
    starting = asyncio.create_task(world.starter.start(world.epoch, generation.id))
    await world.host.arriving.wait()
    await world.service.cancel(await world.next_step(), generation.user_id, generation.id)
    world.host.open.set()
    await starting
    assert (await world.now(generation)).state is State.CANCELLED
    assert world.provider.creations == []
    assert (await world.balance()).free == 100_000


async def test_a_photo_as_phones_keep_it_goes_out_as_a_jpeg(world: World) -> None:
    phone = MediaFile("id-phone", "unique-phone", Modality.IMAGE, "image/heic", 90_000)
    packed = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 48), "blue")).save(packed, format="HEIF")
    world.source.contents["id-phone"] = packed.getvalue()
    generation = await submitted(world, EDITED, {"photos": [phone.reference, photo("a")], "prompt": "a hat"})
    await world.starter.start(world.epoch, generation.id)
    (first, mime), second = world.host.uploaded
    assert (mime, second) == ("image/jpeg", (b"id-a", "image/jpeg"))
    with Image.open(io.BytesIO(first)) as made:
        assert (made.format, made.size) == ("JPEG", (64, 48))
