"""KIE's own catalogue, read from the stand-in at the pace that KIE allows."""

import time

import aiohttp
import pytest

from app.generation import AccountRefusedError, TryLaterError
from app.generation.kie import KieList
from app.generation.market import NotListedError
from tests.integration.kie_client.conftest import KEY


@pytest.fixture
def listing(session: aiohttp.ClientSession, stand_in: str) -> KieList:
    """As the product reads."""
    return KieList(session, base_url=f"{stand_in}/kie", key=KEY)


async def test_the_list_and_a_schema_are_read_a_second_apart(listing: KieList) -> None:
    began = time.monotonic()
    models = {it.id: it for it in await listing.models()}
    fields = await listing.fields("bytedance/seedance-2")
    assert time.monotonic() - began >= 1
    assert len(models) > 150
    it = models["z-image"]
    assert (it.title, it.tasks, it.price_words) == ("Z-Image", ("text-to-image",), "0.8 credits per image")
    assert fields is not None
    assert fields["resolution"].choices == ("480p", "720p", "1080p", "4k")


async def test_who_asks_too_soon_after_somebody_else_asks_again(
    session: aiohttp.ClientSession, stand_in: str, listing: KieList
) -> None:
    await KieList(session, base_url=f"{stand_in}/kie", key=KEY).models()
    assert await listing.models()  # within the same second: 429, and once more


async def test_an_unknown_model_a_refused_key_and_a_page_are_told_apart(
    session: aiohttp.ClientSession, stand_in: str
) -> None:
    knobs = f"{stand_in}/sandbox/kie/knobs"
    async with session.post(knobs, json={"catalogue_limit": 0}):
        pass
    quick = KieList(session, base_url=f"{stand_in}/kie", key=KEY, seconds_apart=0)
    with pytest.raises(NotListedError):
        await quick.fields("no-such/model")
    with pytest.raises(AccountRefusedError):
        await KieList(session, base_url=f"{stand_in}/kie", key="another", seconds_apart=0).models()
    async with session.post(knobs, json={"http_status": 502, "calls": "catalogue"}):
        pass
    for asked in (quick.models(), quick.fields("z-image")):
        with pytest.raises(TryLaterError):
            await asked
    with pytest.raises(TryLaterError):
        await KieList(session, base_url="http://127.0.0.1:1", key=KEY, seconds_apart=0).models()
