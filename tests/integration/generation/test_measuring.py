"""A file that lasts longer than its sender said: it was priced by what was said, so nothing is made of it."""

import io
import wave
from pathlib import Path

import pytest

from app.catalogue import MediaFile, Modality, ModelKey, load_catalogue
from app.db import Database, Epoch
from app.generation import FailureClass, Generation, State, Submitted
from tests.integration.generation.audited import audited
from tests.integration.generation.world import World, make_world

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "models")
ISOLATION = ModelKey("elevenlabs-isolation")


def sound(seconds: int) -> bytes:
    """Silence of so many seconds."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(4000)
        file.writeframes(bytes([128]) * 4000 * seconds)
    return buffer.getvalue()


async def started(world: World, *, told: int, content: bytes) -> Generation:
    """A recording that was sent as so long, after the starter has taken it up."""
    world.source.contents["recording"] = content
    file = MediaFile("recording", f"u{told}", Modality.AUDIO, "audio/wav", len(content), told)
    draft = await world.draft(7, ISOLATION, {"audio_url": [file.reference]})
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    await world.starter.start(world.epoch, outcome.generation.id)
    return await world.now(outcome.generation)


@pytest.mark.proves("F47")
@pytest.mark.parametrize(("told", "lasts"), [(1, 30), (20, 24)])
async def test_a_recording_longer_than_was_told_goes_nowhere_and_the_money_comes_back(
    database_url: str, database: Database, epoch: Epoch, told: int, lasts: int
) -> None:
    world = make_world(database_url, database, epoch, catalogue=CATALOGUE)
    await world.person()
    generation = await started(world, told=told, content=sound(lasts))
    assert (generation.state, generation.failure) == (State.FAILED, FailureClass.BAD_INPUT)
    assert world.host.uploaded == []
    balance = await world.balance()
    assert (balance.cash, balance.held) == (100_000, 0)
    assert await audited(world) == []


@pytest.mark.parametrize(("told", "content"), [(30, sound(30)), (29, sound(30)), (30, b"no sound at all")])
async def test_one_that_lasts_as_long_as_was_told_or_cannot_be_understood_is_handed_on(
    database_url: str, database: Database, epoch: Epoch, told: int, content: bytes
) -> None:
    world = make_world(database_url, database, epoch, catalogue=CATALOGUE)
    await world.person()
    generation = await started(world, told=told, content=content)
    assert generation.state is State.SUBMITTED
    assert world.host.uploaded == [(content, "audio/wav")]
