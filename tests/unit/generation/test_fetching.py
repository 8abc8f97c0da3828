"""Copying results: from allowed hosts only, complete or not at all."""

import asyncio
import contextlib
import resource
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from app.catalogue import Modality
from app.files import FilesUnavailableError, FolderStore
from app.generation import Copier, FetchRules, Generation, ResultUnavailableError
from tests.unit.generation.test_progress import GENERATION

BODY = bytes(range(256)) * 4096

WHOLE = {
    "clip.mp4": (BODY, "video/mp4"),
    "unnamed": (BODY, "application/octet-stream"),
    "cover.jpg": (b"jpg", "image/jpeg"),
    "empty.mp4": (b"", "video/mp4"),
    "sorry.html": (b"<p>Please come back later", "text/html"),
}


async def _file(request: web.Request) -> web.StreamResponse:
    match request.match_info["name"]:
        case name if name in WHOLE:
            body, content_type = WHOLE[name]
            return web.Response(body=body, content_type=content_type)
        case "moved.mp4":
            raise web.HTTPFound("/clip.mp4")
        case "cut.mp4":
            response = web.StreamResponse(headers={"Content-Length": "1000000"})
            await response.prepare(request)
            await response.write(b"x" * 1000)
            if request.transport is not None:
                request.transport.close()
            return response
    raise web.HTTPNotFound


async def _trickle(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    with contextlib.suppress(ConnectionError):
        while True:
            await response.write(b"x")
            await asyncio.sleep(0.02)
    return response


@pytest.fixture
async def server() -> AsyncIterator[BaseTestServer]:
    """A host of results on the loopback."""
    app = web.Application()
    app.router.add_get("/trickle.mp4", _trickle)
    app.router.add_get("/{name}", _file)
    async with TestServer(app) as server:
        yield server


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """The client of the composition root."""
    async with aiohttp.ClientSession() as session:
        yield session


def copier_in(folder: Path, session: aiohttp.ClientSession, rules: FetchRules) -> Copier:
    """It keeps what it copied in the folder."""
    return Copier(FolderStore(folder), folder / "fetching", session, rules)


@pytest.fixture
def copier(tmp_path: Path, server: BaseTestServer, session: aiohttp.ClientSession) -> Copier:
    """Only the server of this test is allowed, and two megabytes."""
    rules = FetchRules(frozenset({f"http://127.0.0.1:{server.port}"}), max_bytes=2 * 1024 * 1024)
    return copier_in(tmp_path, session, rules)


def clip() -> Generation:
    """Produces video."""
    return replace(GENERATION, id=77, produces=Modality.VIDEO)


def files_in(folder: Path) -> list[str]:
    """Every file below, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


async def test_results_are_copied_whole_and_in_order(
    copier: Copier, server: BaseTestServer, tmp_path: Path
) -> None:
    urls = [str(server.make_url("/clip.mp4")), str(server.make_url("/cover.jpg"))]
    first, second = (await copier.fetch(clip(), urls)).files
    assert (first.path, first.kind, first.mime, first.size) == (
        "results/77/1.mp4",
        Modality.VIDEO,
        "video/mp4",
        len(BODY),
    )
    assert (second.kind, second.size) == (Modality.IMAGE, 3)
    assert (tmp_path / first.path).read_bytes() == BODY
    assert files_in(tmp_path) == ["results/77/1.mp4", second.path]


async def test_copying_again_leaves_the_same_files(
    copier: Copier, server: BaseTestServer, tmp_path: Path
) -> None:
    urls = [str(server.make_url("/clip.mp4"))]
    assert await copier.fetch(clip(), urls) == await copier.fetch(clip(), urls)
    assert files_in(tmp_path) == ["results/77/1.mp4"]


async def test_a_file_without_a_type_is_what_the_model_produces(
    copier: Copier, server: BaseTestServer
) -> None:
    (file,) = (await copier.fetch(clip(), [str(server.make_url("/unnamed"))])).files
    assert (file.kind, file.mime, file.path) == (Modality.VIDEO, "video/mp4", "results/77/1.mp4")


@pytest.mark.proves("S5")
@pytest.mark.parametrize("name", ["missing.mp4", "empty.mp4", "moved.mp4", "cut.mp4", "sorry.html"])
async def test_what_is_gone_empty_redirected_cut_or_a_page_leaves_no_file(
    copier: Copier, server: BaseTestServer, tmp_path: Path, name: str
) -> None:
    with pytest.raises(ResultUnavailableError):
        await copier.fetch(clip(), [str(server.make_url(f"/{name}"))])
    assert files_in(tmp_path) == []


@pytest.mark.proves("S5")
async def test_a_result_over_the_cap_leaves_no_file(
    tmp_path: Path, server: BaseTestServer, session: aiohttp.ClientSession
) -> None:
    rules = FetchRules(frozenset({f"http://127.0.0.1:{server.port}"}), max_bytes=1000)
    with pytest.raises(ResultUnavailableError, match="too large"):
        await copier_in(tmp_path, session, rules).fetch(clip(), [str(server.make_url("/clip.mp4"))])
    assert files_in(tmp_path) == []


async def test_a_host_that_nobody_listens_on_is_an_unavailable_result(
    tmp_path: Path, session: aiohttp.ClientSession
) -> None:
    copier = copier_in(tmp_path, session, FetchRules(frozenset({"http://127.0.0.1:9"})))
    with pytest.raises(ResultUnavailableError):
        await copier.fetch(clip(), ["http://127.0.0.1:9/clip.mp4"])


async def test_no_urls_are_no_result(copier: Copier) -> None:
    with pytest.raises(ResultUnavailableError, match="no result"):
        await copier.fetch(clip(), [])


@pytest.mark.proves("F88", "S5")
@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/1.png",
        "https://files.example.evil.example/1.png",
        "https://files.example:8443/1.png",
        "https://user@files.example/1.png",
        "https://files.example:bad/1.png",
        "http://files.example:443/1.png",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://files.example/1.png",
        "//files.example/1.png",
        "",
    ],
)
def test_only_listed_hosts_and_ports_are_asked(url: str) -> None:
    with pytest.raises(ResultUnavailableError):
        FetchRules(frozenset({"https://files.example:443"})).check(url)


@pytest.mark.parametrize("url", ["https://files.example/1.png", "https://FILES.example:443/1.png"])
def test_a_listed_host_is_asked(url: str) -> None:
    FetchRules(frozenset({"https://files.example:443"})).check(url)


def test_a_place_without_a_port_is_every_port_of_that_host_by_that_scheme() -> None:
    rules = FetchRules(frozenset({"http://127.0.0.1", "https://files.example"}))
    rules.check("http://127.0.0.1:8080/1.png")
    rules.check("https://files.example:8443/1.png")
    with pytest.raises(ResultUnavailableError, match="host not allowed"):
        rules.check("http://files.example/1.png")


@pytest.mark.proves("S5")
async def test_a_trickle_is_given_up_and_leaves_no_file(
    tmp_path: Path, server: BaseTestServer, session: aiohttp.ClientSession
) -> None:
    rules = FetchRules(frozenset({f"http://127.0.0.1:{server.port}"}), total_timeout=0.3)
    with pytest.raises(ResultUnavailableError, match="too slow"):
        await copier_in(tmp_path, session, rules).fetch(clip(), [str(server.make_url("/trickle.mp4"))])
    assert files_in(tmp_path) == []


async def test_a_disk_that_takes_no_more_leaves_no_file(
    copier: Copier, server: BaseTestServer, tmp_path: Path
) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        with pytest.raises(FilesUnavailableError):
            await copier.fetch(clip(), [str(server.make_url("/cover.jpg"))])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files_in(tmp_path) == []
