"""Real files all the way: fetched, probed, kept, and sent by the table to the stand-in, which is as strict."""

from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.catalogue import Modality
from app.files import FolderStore
from app.generation import Copier, Delivery, FetchRules, Form, Generation
from bot.generation_screens import GenerationScreens
from bot.mailing import Mailing
from bot.results import ResultSender
from bot.texts import load_texts
from tests.fixtures.made_files import (
    clip,
    heavy_clip,
    moving_picture,
    noisy_picture,
    picture,
    sound,
    wav,
)
from tests.integration.sandbox_telegram.process import TOKEN, Process, Sandbox, open_sandbox
from tests.unit.bot.examples import CATALOGUE, OFFERS, SEQUELS, generation
from tests.unit.bot.house import LINKS

WORDS = load_texts().for_language("ru")


@dataclass
class Post:
    """A person's chat with the bot, a host of results, and what lies between."""

    sandbox: Sandbox
    copier: Copier
    sender: ResultSender
    store: Path
    person: int
    bodies: list[bytes]
    host: str

    async def made(self, *bodies: bytes, **changes: Any) -> Generation:
        """A generation of which the provider returned these files."""
        self.bodies[:] = bodies
        blank = generation(id=12, chat_id=self.person, user_id=self.person, **changes)
        urls = [f"{self.host}/{number}" for number, _ in enumerate(bodies)]
        return replace(blank, results=(await self.copier.fetch(blank, urls)).files)

    async def send(self, made: Generation) -> Delivery:
        """As the job does."""
        return await self.sender.send(self.person, made, WORDS)

    async def original(self, made: Generation) -> Delivery:
        """As the job of the button does."""
        return await self.sender.send_originals(self.person, made, WORDS)

    async def seen(self) -> list[Any]:
        """What came since /start, and nothing was refused."""
        assert await self.sandbox.client("GET", "violations") == []
        return (await self.sandbox.seen(self.person))[1:]


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A stand-in of its own."""
    process = Process(tmp_path_factory.mktemp("sandbox") / "data")
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def post(process: Process, tmp_path: Path) -> AsyncIterator[Post]:
    """Somebody who has just begun."""
    bodies: list[bytes] = []

    async def give(request: web.Request) -> web.Response:
        return web.Response(body=bodies[int(request.match_info["number"])])

    app = web.Application()
    app.router.add_get("/{number}", give)
    api = AiohttpSession(api=TelegramAPIServer.from_base(process.url), timeout=60)
    bot = Bot(TOKEN, session=api, default=DefaultBotProperties(parse_mode="HTML"))
    async with (
        TestServer(app) as server,
        open_sandbox(process.url) as sandbox,
        aiohttp.ClientSession() as http,
    ):
        host, store = f"http://127.0.0.1:{server.port}", FolderStore(tmp_path)
        copier = Copier(store, tmp_path / "fetching", http, FetchRules(frozenset({host})))
        sender = ResultSender(bot, Mailing(bot, store), LINKS, GenerationScreens(CATALOGUE, OFFERS, SEQUELS))
        yield Post(sandbox, copier, sender, tmp_path, await sandbox.starter(), bodies, host)
    await bot.session.close()


def kind_of(message: Any) -> str:
    """What the chat shows."""
    kinds = ("animation", "photo", "video", "audio", "document")
    return next((kind for kind in kinds if kind in message), "words")


CELLS: dict[str, tuple[Callable[[], bytes], Modality, str]] = {
    "a picture": (lambda: picture(640, 480), Modality.IMAGE, "photo"),
    "a JPEG": (lambda: picture(640, 480, "JPEG"), Modality.IMAGE, "photo"),
    "a WebP": (lambda: picture(640, 480, "WEBP"), Modality.IMAGE, "photo"),
    "a picture of sides together at the limit": (lambda: picture(9000, 1000), Modality.IMAGE, "photo"),
    "a picture of sides together over it": (lambda: picture(9000, 1001), Modality.IMAGE, "document"),
    "a picture twenty times as wide": (lambda: picture(2000, 100), Modality.IMAGE, "photo"),
    "a picture even wider": (lambda: picture(2001, 100), Modality.IMAGE, "document"),
    "a picture over 10 MB": (lambda: noisy_picture(10), Modality.IMAGE, "document"),
    "a moving WebP": (lambda: moving_picture("WEBP"), Modality.IMAGE, "document"),
    "a GIF": (moving_picture, Modality.IMAGE, "animation"),
    "a clip": (clip, Modality.VIDEO, "video"),
    "a track": (lambda: sound("mp3", 2), Modality.AUDIO, "audio"),
    "a recording as WAV": (wav, Modality.AUDIO, "document"),
    "a recording as Opus": (lambda: sound("ogg"), Modality.AUDIO, "document"),
    "a picture that is cut off": (lambda: picture(640, 480, "JPEG")[:900], Modality.IMAGE, "document"),
    "a clip that is cut off": (lambda: clip()[:400], Modality.VIDEO, "document"),
    "bytes that are nothing": (lambda: b"nothing" * 100, Modality.IMAGE, "document"),
    "a clip over 50 MB": (heavy_clip, Modality.VIDEO, "words"),
}


@pytest.mark.proves("F75", "F94")
@pytest.mark.parametrize("cell", CELLS)
async def test_each_kind_and_size_comes_as_the_table_says(post: Post, cell: str) -> None:
    make, produces, expected = CELLS[cell]
    made = await post.made(make(), produces=produces)
    delivery = await post.send(made)
    (message,) = await post.seen()
    assert kind_of(message) == expected
    assert "№12" in (message.get("caption") or message["text"])
    (file,) = delivery.files
    assert (file.sent_as or "words") == expected
    assert (file.telegram_file_id is not None) == (expected != "words")


async def test_a_clip_has_its_dimensions_duration_and_thumbnail(post: Post) -> None:
    made = await post.made(clip(320, 180, seconds=3), produces=Modality.VIDEO)
    await post.send(made)
    (message,) = await post.seen()
    assert (message["video"]["width"], message["video"]["height"], message["video"]["duration"]) == (
        320,
        180,
        3,
    )
    assert message["video"]["file_name"] == "z-image-12-1.mp4"
    params = (await post.sandbox.client("GET", "calls?method=sendVideo"))[-1]["params"]
    thumbnail = params[params["thumbnail"].removeprefix("attach://")]
    assert thumbnail["file"] == "thumbnail.jpg"  # the stand-in has looked into it


async def test_a_track_has_its_duration_and_the_prompt_as_its_title(post: Post) -> None:
    await post.send(await post.made(sound("mp3", 2), produces=Modality.AUDIO))
    (message,) = await post.seen()
    assert message["audio"]["duration"] == 2
    assert message["audio"]["title"] == "кот <в> сапогах"


@pytest.mark.proves("F75")
async def test_what_is_over_the_limit_comes_as_a_link_with_its_end(post: Post) -> None:
    await post.send(await post.made(heavy_clip(), produces=Modality.VIDEO))
    (message,) = await post.seen()
    assert "https://bot.example/files/" in message["text"]
    assert "работает до" in message["text"]
    assert "127.0.0.1" not in message["text"], "an address of the provider"


async def test_many_files_are_albums_by_what_may_stand_together_and_one_message_with_buttons(
    post: Post,
) -> None:
    bodies = [picture(), clip(), sound(), moving_picture(), b"unknown", picture(50, 50), sound(), b"other"]
    delivery = await post.send(await post.made(*bodies))
    *files, control = await post.seen()
    assert [kind_of(it) for it in files] == [
        *("photo", "video", "photo", "audio", "audio", "animation", "document", "document")
    ]
    albums = [it.get("media_group_id") for it in files]
    assert len({it for it in albums if it}) == 3
    assert albums[5] is None
    assert ["caption" in it for it in files] == [True] + [False] * 7
    assert "8 файлов" in control["text"]
    assert control["reply_markup"]["inline_keyboard"]
    assert [it.sent_as for it in delivery.files] == [
        *(Form.PHOTO, Form.VIDEO, Form.AUDIO, Form.ANIMATION, Form.DOCUMENT, Form.PHOTO, Form.AUDIO),
        Form.DOCUMENT,
    ]
    assert len({it.telegram_file_id for it in delivery.files}) == 8


async def test_eleven_pictures_are_two_albums_and_one_of_them_over_the_limit_is_a_link(post: Post) -> None:
    made = await post.made(*[picture(40 + number, 40) for number in range(11)], heavy_clip())
    await post.send(made)
    *files, control = await post.seen()
    sizes = [
        [it["media_group_id"] for it in files].count(it) for it in {it["media_group_id"] for it in files}
    ]
    assert sorted(sizes) == [5, 6]
    assert "https://bot.example/files/" in control["text"]


@pytest.mark.proves("F75")
async def test_what_telegram_keeps_is_sent_again_after_our_copy_is_gone(post: Post) -> None:
    made = await post.made(picture(), clip(), moving_picture(), b"unknown")
    known = replace(made, results=(await post.send(made)).files)
    for file in made.results:
        (post.store / file.path).unlink()
    await post.send(known)
    kinds = [kind_of(it) for it in await post.seen()]
    assert kinds[:5] == kinds[5:]


async def test_the_original_is_the_file_byte_for_byte_and_uploaded_once(post: Post) -> None:
    body = picture(1500, 900)
    made = await post.made(body)
    sent = replace(made, results=(await post.send(made)).files)
    first = await post.original(sent)
    (post.store / made.results[0].path).unlink()
    again = await post.original(replace(sent, results=first.files))
    photo, document, copy = await post.seen()
    assert (kind_of(photo), kind_of(document), kind_of(copy)) == ("photo", "document", "document")
    assert document["document"]["file_size"] == len(body)
    assert document["document"]["file_id"] == copy["document"]["file_id"]
    assert again.files[0].telegram_file_id == sent.results[0].telegram_file_id


async def test_an_original_that_nobody_keeps_is_said_to_be_gone(post: Post) -> None:
    made = await post.made(picture())
    sent = replace(made, results=(await post.send(made)).files)
    (post.store / made.results[0].path).unlink()
    await post.original(sent)
    assert "исходного файла больше нет" in (await post.seen())[-1]["text"]


async def test_the_original_of_what_is_over_the_limit_is_its_link(post: Post) -> None:
    await post.original(await post.made(heavy_clip(), produces=Modality.VIDEO))
    (message,) = await post.seen()
    assert "https://bot.example/files/" in message["text"]
