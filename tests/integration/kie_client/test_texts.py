"""The client of text models against the stand-in, which is strict and knows nothing of ours."""

import asyncio
from pathlib import Path

import aiohttp
import pytest

from app.catalogue import TextModel, TextService, load_catalogue
from app.generation.errors import AmbiguousError, ProviderDownError, RefusedError, TryLaterError
from app.generation.kie import KieClient
from app.generation.states import FailureClass
from tests.integration.kie_client.conftest import KEY
from tests.integration.kie_client.test_kie_stand_in import Knobs

MODELS = Path(__file__).parents[3] / "models"
TOLD = "Say it better."


@pytest.fixture(scope="module")
def writer() -> TextModel:
    """The improver of the catalogue."""
    found = load_catalogue(MODELS).serving(TextService.IMPROVE_PROMPT)
    assert found is not None
    return found


@pytest.fixture
async def knobs(session: aiohttp.ClientSession, stand_in: str) -> Knobs:
    """Steers the stand-in."""
    return Knobs(session, stand_in)


async def test_what_we_send_is_taken_without_a_word_and_answered(
    client: KieClient, writer: TextModel, knobs: Knobs
) -> None:
    answer = await client.write(writer, TOLD, "рыжий кот на крыше")
    assert answer.text.startswith("рыжий кот на крыше, ")
    assert answer.is_whole
    assert answer.credits is not None
    assert 0 < answer.credits <= writer.most_credits
    assert await knobs.violations() == []


@pytest.mark.parametrize(
    ("knob", "error"),
    [
        ({"code": 429}, TryLaterError),
        ({"code": 500}, ProviderDownError),
        ({"code": 401}, RefusedError),
        ({"http_status": 502}, AmbiguousError),
    ],
)
async def test_each_fault_is_a_type(
    client: KieClient, writer: TextModel, knobs: Knobs, knob: dict[str, object], error: type[Exception]
) -> None:
    await knobs.set(calls="chat", **knob)
    with pytest.raises(error):
        await client.write(writer, TOLD, "a cat")


async def test_without_credits_it_is_our_account(client: KieClient, writer: TextModel, knobs: Knobs) -> None:
    await knobs.set_credits(0)
    with pytest.raises(RefusedError) as refused:
        await client.write(writer, TOLD, "a cat")
    assert refused.value.failure is FailureClass.OUR_ACCOUNT


async def test_an_answer_that_never_comes_is_unknown(
    hurried: KieClient, writer: TextModel, knobs: Knobs
) -> None:
    await knobs.set(calls="chat", latency=30)
    async with asyncio.timeout(60):
        with pytest.raises(AmbiguousError):
            await hurried.write(writer, TOLD, "a cat")


async def test_a_kie_that_is_not_there_is_down(
    session: aiohttp.ClientSession, writer: TextModel, unused_tcp_port: int
) -> None:
    away = KieClient(session, base_url=f"http://127.0.0.1:{unused_tcp_port}", key=KEY)
    with pytest.raises(ProviderDownError):
        await away.write(writer, TOLD, "a cat")
