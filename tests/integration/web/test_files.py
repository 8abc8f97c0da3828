"""Files over HTTP: whoever has the link, until it runs out, in ranges, and nothing else."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text
from yarl import URL

from app.clock import SystemClock
from app.db import Database, Epoch
from app.generation import Downloads, FileName, FileTokens
from app.web.files import FilePages, file_page
from bot.texts import link_words, load_texts
from tests.fakes.s3 import FakeBucket
from tests.integration.files.places import Place, bucket_place, folder_place
from tests.integration.generation.world import make_world

BODY = bytes(range(256)) * 4096
TOKENS = FileTokens(b"k" * 32, SystemClock())
SOON = timedelta(hours=1)


@dataclass
class Site:
    """The route in front of a place, and somebody with a browser."""

    place: Place
    url: str
    http: aiohttp.ClientSession
    generation_id: int

    def token(self, *, number: int = 1, generation: int | None = None, life: timedelta = SOON) -> str:
        """A link's last part."""
        return TOKENS.make(FileName(generation or self.generation_id, number), datetime.now(UTC) + life)

    async def get(
        self, token: str, method: str = "GET", **headers: str
    ) -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers, body."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        address = URL(f"{self.url}/files/{token}", encoded=True)
        async with self.http.request(method, address, headers=named) as response:
            return response.status, response.headers, await response.read()


BOTH = pytest.mark.parametrize("place", ["folder", "bucket"], indirect=True)


@pytest.fixture
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    """A folder, or a bucket where a test asks for one."""
    bucket = FakeBucket()
    async with TestServer(bucket.application()) as server:
        yield (
            folder_place(tmp_path)
            if getattr(request, "param", "folder") == "folder"
            else bucket_place(tmp_path, server, bucket)
        )


@pytest.fixture
async def site(place: Place, database_url: str, database: Database, epoch: Epoch) -> AsyncIterator[Site]:
    """A clip is kept, and a drawing that could be a page."""
    world = make_world(database_url, database, epoch)
    await world.person()
    generation = await world.captured()
    await place.put("results/1/1.mp4", BODY)
    await place.put("results/1/2.svg", b"<svg/>")
    await keep(world.database, generation.id)
    app = web.Application()
    pages = FilePages(Downloads(world.database, place.store, tokens), link_words(load_texts()))
    app.router.add_get("/files/{token}", file_page(pages))
    async with TestServer(app) as server, aiohttp.ClientSession(auto_decompress=False) as http:
        yield Site(place, f"http://127.0.0.1:{server.port}", http, generation.id)


async def tokens() -> FileTokens:
    """As the composition root gives them once the key was read."""
    return TOKENS


async def keep(database: Database, generation_id: int) -> None:
    """The two files are the result."""
    results = (
        '[{"path": "results/1/1.mp4", "kind": "video", "mime": "video/mp4", "size": 1048576},'
        '{"path": "results/1/2.svg", "kind": "image", "mime": "image/svg+xml", "size": 6}]'
    )
    async with database.unfenced_unit_of_work() as session:
        statement = text("UPDATE generation SET results = CAST(:results AS jsonb) WHERE id = :id")
        await session.execute(statement, {"results": results, "id": generation_id})


@BOTH
@pytest.mark.proves("F75")
async def test_the_link_gives_the_whole_file_with_its_type_and_name(site: Site) -> None:
    status, headers, body = await site.get(site.token())
    assert (status, body) == (200, BODY)
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]


async def test_what_could_be_a_page_is_saved_and_not_shown(site: Site) -> None:
    status, headers, body = await site.get(site.token(number=2))
    assert (status, body) == (200, b"<svg/>")
    assert headers["Content-Disposition"].startswith("attachment")


@BOTH
@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-0", 0, 1), ("bytes=1000-1999", 1000, 2000), ("bytes=1048000-", 1048000, 1048576)],
)
async def test_a_player_gets_the_range_that_it_asks_for(
    site: Site, asked: str, start: int, stop: int
) -> None:
    status, headers, body = await site.get(site.token(), Range=asked)
    assert (status, body) == (206, BODY[start:stop])
    assert headers["Content-Range"] == f"bytes {start}-{stop - 1}/{len(BODY)}"


async def test_the_end_alone_can_be_asked_for_and_a_range_to_the_end_is_cut(site: Site) -> None:
    assert (await site.get(site.token(), Range="bytes=-5"))[2] == BODY[-5:]
    assert (await site.get(site.token(), Range="bytes=1048570-9999999"))[2] == BODY[-6:]


async def test_a_range_behind_the_end_is_refused_and_one_that_makes_no_sense_ignored(site: Site) -> None:
    status, headers, _ = await site.get(site.token(), Range="bytes=2000000-")
    assert (status, headers["Content-Range"]) == (416, f"bytes */{len(BODY)}")
    assert (await site.get(site.token(), Range="lines=1-2"))[0] == 200


async def test_a_range_of_another_version_is_the_whole_of_this_one(site: Site) -> None:
    tag = (await site.get(site.token()))[1]["ETag"]
    assert (await site.get(site.token(), Range="bytes=0-9", If_Range=tag))[0] == 206
    assert (await site.get(site.token(), Range="bytes=0-9", If_Range='"other"'))[0] == 200


async def test_the_head_is_told_without_the_body(site: Site) -> None:
    status, headers, body = await site.get(site.token(), "HEAD")
    assert (status, headers["Content-Length"], body) == (200, str(len(BODY)), b"")


@pytest.mark.parametrize(
    "token",
    ["x", "a" * 50, "..%2f..%2fetc%2fpasswd", "results%2f1%2f1.mp4", "%00", "%ff%fe", "a" * 5000],
)
async def test_what_is_no_link_of_ours_is_404_in_plain_words(site: Site, token: str) -> None:
    status, headers, body = await site.get(token, Accept_Language="ru-RU,ru;q=0.9")
    assert status == 404
    assert "Такой ссылки нет" in body.decode()
    assert headers["Content-Type"].startswith("text/html")


async def test_a_link_of_ours_to_what_never_was_is_404(site: Site) -> None:
    assert (await site.get(site.token(number=3)))[0] == 404
    assert (await site.get(site.token(number=0)))[0] == 404
    assert (await site.get(site.token(generation=999_999)))[0] == 404


@BOTH
async def test_an_old_link_and_an_old_file_are_410_in_plain_words(site: Site) -> None:
    status, _, body = await site.get(site.token(life=timedelta(seconds=-1)), Accept_Language="en")
    assert status == 410
    assert "too old" in body.decode()
    site.place.age("results/1/1.mp4", 100)
    assert await site.place.store.delete_older("results", seconds=50, limit=10) == 1
    assert (await site.get(site.token()))[0] == 410


async def test_the_language_of_a_browser_cannot_break_the_page(site: Site) -> None:
    _, _, body = await site.get("x", Accept_Language='"><')
    assert b'lang="&quot;&gt;"' in body
