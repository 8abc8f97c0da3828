"""Files from Telegram: fetched whole, refused for good or for now, and no address ever leaves."""

import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.catalogue import MediaFile, Modality
from app.generation import FailureClass, RefusedError, TryLaterError
from bot.media_source import TelegramMedia

TOKEN = "4242:very-secret-token"
FILE = MediaFile("file-id", "unique", Modality.IMAGE, "image/jpeg")
CONTENT = b"picture" * 100_000


@dataclass
class BotApi:
    """Answers getFile with `told` and the download with `status`."""

    told: dict[str, object] = field(
        default_factory=lambda: {
            "ok": True,
            "result": {"file_id": "file-id", "file_unique_id": "u", "file_path": "photos/1.jpg"},
        }
    )
    status: int = 200
    cut: bool = False

    async def get_file(self, request: web.Request) -> web.Response:
        return web.json_response(self.told, status=200 if self.told["ok"] else 400)

    async def download(self, request: web.Request) -> web.StreamResponse:
        if self.cut:
            response = web.StreamResponse(headers={"Content-Length": str(len(CONTENT))})
            await response.prepare(request)
            await response.write(CONTENT[:1000])
            assert request.transport is not None
            request.transport.close()
            return response
        return web.Response(status=self.status, body=CONTENT)


@pytest.fixture
def api() -> BotApi:
    """Telegram in a good mood."""
    return BotApi()


@pytest.fixture
async def media(api: BotApi) -> AsyncIterator[TelegramMedia]:
    """A source over that API."""
    app = web.Application()
    app.router.add_post(f"/bot{TOKEN}/getFile", api.get_file)
    app.router.add_get(f"/file/bot{TOKEN}/photos/1.jpg", api.download)
    server = TestServer(app)
    await server.start_server()
    session = AiohttpSession(api=TelegramAPIServer.from_base(str(server.make_url("")).rstrip("/")))
    yield TelegramMedia(Bot(TOKEN, session=session))
    await session.close()
    await server.close()


async def test_a_file_is_fetched_whole(media: TelegramMedia, tmp_path: Path) -> None:
    await media.fetch(FILE, tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == CONTENT


@pytest.mark.parametrize("words", ["Bad Request: file is too big", "Bad Request: wrong file_id"])
async def test_what_telegram_will_never_give_is_bad_input(
    api: BotApi, media: TelegramMedia, tmp_path: Path, words: str
) -> None:
    api.told = {"ok": False, "error_code": 400, "description": words}
    with pytest.raises(RefusedError) as refused:
        await media.fetch(FILE, tmp_path / "file")
    assert refused.value.failure is FailureClass.INPUT_GONE


@pytest.mark.proves("F70")
@pytest.mark.parametrize("trouble", ["500", "404", "cut"])
async def test_no_error_of_a_download_names_the_token(
    api: BotApi, media: TelegramMedia, tmp_path: Path, trouble: str
) -> None:
    api.cut = trouble == "cut"
    api.status = 200 if api.cut else int(trouble)
    expected = RefusedError if trouble == "404" else TryLaterError
    with pytest.raises(expected) as refused:
        await media.fetch(FILE, tmp_path / "file")
    told = "".join(traceback.format_exception(refused.value))
    assert TOKEN.partition(":")[2] not in told
