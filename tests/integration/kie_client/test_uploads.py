"""Files on their way in: against the stand-in's upload host, and against hosts that misbehave."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.generation.errors import RefusedError, TryLaterError
from app.generation.kie import KieUploads, UploadPatience
from app.generation.states import FailureClass
from tests.integration.kie_client.conftest import KEY

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]
CONTENT = b"\x89PNG something" * 20_000


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A file of a quarter of a megabyte."""
    path = tmp_path / "picture.png"
    path.write_bytes(CONTENT)
    return path


def uploads(session: aiohttp.ClientSession, url: str, key: str = KEY) -> KieUploads:
    """A client of the upload host at `url`."""
    return KieUploads(session, base_url=url, key=key, patience=UploadPatience(connect=30, upload=60))


@pytest.fixture
async def misbehaving() -> AsyncIterator[Callable[[Answering], Awaitable[str]]]:
    """Starts hosts that answer as a test wants."""
    servers: list[TestServer] = []

    async def start(answer: Answering) -> str:
        app = web.Application()
        app.router.add_post("/api/file-stream-upload", answer)
        server = TestServer(app)
        await server.start_server()
        servers.append(server)
        return str(server.make_url(""))

    yield start
    for server in servers:
        await server.close()


@pytest.mark.proves("F69")
async def test_what_is_uploaded_lies_unchanged_under_the_hosts_own_address(
    session: aiohttp.ClientSession, stand_in: str, picture: Path
) -> None:
    url = await uploads(session, f"{stand_in}/kie-upload").upload(picture, name="1.png", mime="image/png")
    assert url.startswith(f"{stand_in}/kie-files/kieai/")
    async with session.get(url) as served:
        assert served.content_type == "image/png"
        assert await served.read() == CONTENT


async def test_a_wrong_key_is_our_own_fault(
    session: aiohttp.ClientSession, stand_in: str, picture: Path
) -> None:
    with pytest.raises(RefusedError) as refused:
        await uploads(session, f"{stand_in}/kie-upload", "wrong").upload(picture, name="1", mime="image/png")
    assert refused.value.failure is FailureClass.OUR_ACCOUNT


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        ({"code": 400, "msg": "file type is not supported"}, FailureClass.BAD_INPUT),
        ({"code": 413, "msg": "too big"}, FailureClass.BAD_INPUT),
        ({"code": 404, "msg": "gone"}, FailureClass.PROVIDER_DOWN),
    ],
)
async def test_refusals_have_a_class(
    session: aiohttp.ClientSession,
    misbehaving: Callable[[Answering], Awaitable[str]],
    picture: Path,
    body: dict[str, object],
    failure: FailureClass,
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        return web.json_response(body)

    with pytest.raises(RefusedError) as refused:
        await uploads(session, await misbehaving(answer)).upload(picture, name="1", mime="image/png")
    assert refused.value.failure is failure


@pytest.mark.parametrize(
    "body",
    [
        '{"code": 200, "msg": "fine", "data": {}}',
        '{"code": 200, "msg": "fine", "data": {"downloadUrl": "ftp://x"}}',
        '{"code": 500, "msg": "server error"}',
        '{"code": 429, "msg": "slowly"}',
        '{"code": 999}',
        "<html>proxy</html>",
        "",
    ],
)
@pytest.mark.proves("F68")
async def test_without_a_url_there_is_no_upload_and_it_is_tried_again(
    session: aiohttp.ClientSession,
    misbehaving: Callable[[Answering], Awaitable[str]],
    picture: Path,
    body: str,
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        await request.read()
        return web.Response(text=body)

    with pytest.raises(TryLaterError):
        await uploads(session, await misbehaving(answer)).upload(picture, name="1", mime="image/png")


async def test_a_host_that_cannot_be_reached_or_hangs_is_tried_again(
    session: aiohttp.ClientSession, misbehaving: Callable[[Answering], Awaitable[str]], picture: Path
) -> None:
    async def hang_up(request: web.Request) -> web.StreamResponse:
        assert request.transport is not None
        request.transport.close()
        return web.Response()

    for url in ("http://127.0.0.1:9", await misbehaving(hang_up)):
        with pytest.raises(TryLaterError):
            await uploads(session, url).upload(picture, name="1", mime="image/png")


async def test_the_key_does_not_follow_a_redirect(
    session: aiohttp.ClientSession, misbehaving: Callable[[Answering], Awaitable[str]], picture: Path
) -> None:
    seen: list[str] = []

    async def thief(request: web.Request) -> web.StreamResponse:
        seen.append(request.headers.get("Authorization", ""))
        return web.Response()

    thieves = await misbehaving(thief)

    async def redirect(request: web.Request) -> web.StreamResponse:
        await request.read()
        raise web.HTTPTemporaryRedirect(thieves + "/api/file-stream-upload")

    with pytest.raises((TryLaterError, RefusedError)):
        await uploads(session, await misbehaving(redirect)).upload(picture, name="1", mime="image/png")
    assert seen == []
