"""Files go up, come down, and are refused at Telegram's limits."""

from typing import Any

import aiohttp
import pytest

from tests.integration.sandbox_telegram.pictures import clip, picture, sound
from tests.integration.sandbox_telegram.process import TOKEN, Sandbox

MIB = 1024 * 1024


async def download(sandbox: Sandbox, file_id: str) -> bytes:
    path = (await sandbox.bot("getFile", file_id=file_id)).result["file_path"]
    async with sandbox.session.get(f"{sandbox.url}/file/bot{TOKEN}/{path}") as response:
        assert response.status == 200
        return await response.read()


async def test_a_photo_comes_back_in_several_sizes_as_jpeg(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    params = {"chat_id": person, "photo": "attach://p", "caption": "<b>red</b>", "parse_mode": "HTML"}
    sent = (await sandbox.form("sendPhoto", {"p": ("a.png", picture(2000, 1000))}, **params)).result
    assert [size["width"] for size in sent["photo"]] == [90, 320, 800, 1280]
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("red", "bold")
    assert (await download(sandbox, sent["photo"][-1]["file_id"])).startswith(b"\xff\xd8\xff")
    again = (await sandbox.bot("sendPhoto", chat_id=person, photo=sent["photo"][0]["file_id"])).result
    assert again["photo"] == sent["photo"]


@pytest.mark.parametrize(
    ("method", "part", "name", "data", "expected"),
    [
        (
            "sendVideo",
            "video",
            "a.mp4",
            clip(),
            {"width": 64, "height": 48, "duration": 2, "mime_type": "video/mp4"},
        ),
        ("sendAnimation", "animation", "a.mp4", clip(), {"width": 64, "height": 48, "duration": 2}),
        ("sendAudio", "audio", "a.mp3", sound(), {"mime_type": "audio/mpeg", "duration": 1}),
        ("sendVoice", "voice", "a.ogg", sound("ogg"), {"mime_type": "audio/ogg", "duration": 1}),
        ("sendDocument", "document", "a.txt", b"words", {"mime_type": "text/plain", "file_name": "a.txt"}),
    ],
)
async def test_every_kind_of_file_is_described_by_what_it_is(
    sandbox: Sandbox, method: str, part: str, name: str, data: bytes, expected: dict[str, Any]
) -> None:
    person = await sandbox.starter()
    sent = (await sandbox.form(method, {part: (name, data)}, chat_id=person)).result
    assert expected.items() <= sent[part].items()
    assert sent[part]["file_size"] == len(data)
    assert await download(sandbox, sent[part]["file_id"]) == data


async def test_what_is_no_video_arrives_as_a_document(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    sent = (
        await sandbox.form("sendVideo", {"video": ("a.webm", b"\x1aE\xdf\xa3 no film")}, chat_id=person)
    ).result
    assert "video" not in sent
    assert sent["document"]["file_name"] == "a.webm"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "file must be non-empty"),
        (b"no picture at all", "IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n and then nothing", "IMAGE_PROCESS_FAILED"),
        (picture(6000, 4001), "PHOTO_INVALID_DIMENSIONS"),
        (picture(210, 10), "PHOTO_INVALID_DIMENSIONS"),
        (
            (picture() + bytes(10 * MIB))[: 10 * MIB + 1],
            "file of size 10485761 bytes is too big for a photo; the maximum size is 10485760 bytes",
        ),
    ],
)
async def test_a_photo_that_telegram_would_not_take_is_refused(
    sandbox: Sandbox, data: bytes, reason: str
) -> None:
    answered = await sandbox.form("sendPhoto", {"photo": ("a.png", data)}, chat_id=await sandbox.starter())
    assert answered.error == f"Bad Request: {reason}"


async def test_more_than_50_megabytes_are_too_large_to_send(sandbox: Sandbox) -> None:
    files = {"document": ("a.bin", bytes(50 * MIB + 1))}
    answered = await sandbox.form("sendDocument", files, chat_id=await sandbox.starter())
    assert (answered.status, answered.error) == (413, "Request Entity Too Large")


async def test_more_than_20_megabytes_are_too_big_to_get(sandbox: Sandbox) -> None:
    files = {"document": ("a.bin", bytes(20 * MIB + 1))}
    sent = (await sandbox.form("sendDocument", files, chat_id=await sandbox.starter())).result
    answered = await sandbox.bot("getFile", file_id=sent["document"]["file_id"])
    assert answered.error == "Bad Request: file is too big"


async def test_a_file_id_is_good_for_its_own_kind_only(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    sent = (await sandbox.form("sendPhoto", {"photo": ("a.png", picture())}, chat_id=person)).result
    photo = sent["photo"][0]["file_id"]
    answered = await sandbox.bot("sendVideo", chat_id=person, video=photo)
    assert answered.error == "Bad Request: can't use file of type Photo as Video"
    answered = await sandbox.bot("sendPhoto", chat_id=person, photo="AgACnothing")
    assert answered.error == "Bad Request: wrong file identifier/HTTP URL specified"
    answered = await sandbox.bot("getFile", file_id="nothing")
    assert answered.error == "Bad Request: wrong file_id or the file is temporarily unavailable"


async def test_an_address_in_the_internet_is_refused_and_one_of_this_machine_is_fetched(
    sandbox: Sandbox,
) -> None:
    person = await sandbox.starter()
    answered = await sandbox.bot("sendPhoto", chat_id=person, photo="https://example.com/a.png")
    assert "no internet" in answered.error
    own = (await sandbox.form("sendPhoto", {"photo": ("a.png", picture())}, chat_id=person)).result
    link = f"{sandbox.url}/sandbox/telegram/files/{own['photo'][-1]['file_id']}"
    assert (await sandbox.bot("sendPhoto", chat_id=person, photo=link)).result["photo"]
    answered = await sandbox.bot(
        "sendPhoto", chat_id=person, photo=f"{sandbox.url}/sandbox/telegram/files/none"
    )
    assert answered.error == "Bad Request: failed to get HTTP URL content"


async def test_a_caption_may_have_1024_characters(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    photo = {"photo": ("a.png", picture())}
    assert (await sandbox.form("sendPhoto", photo, chat_id=person, caption="x" * 1024)).result
    answered = await sandbox.form("sendPhoto", photo, chat_id=person, caption="x" * 1025)
    assert answered.error == "Bad Request: message caption is too long"


async def test_an_album_is_several_messages_of_one_group(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    media = [
        {"type": "photo", "media": "attach://a", "caption": "both"},
        {"type": "video", "media": "attach://b"},
    ]
    files = {"a": ("a.png", picture()), "b": ("b.mp4", clip())}
    sent = (await sandbox.form("sendMediaGroup", files, chat_id=person, media=media)).result
    assert len({message["media_group_id"] for message in sent}) == 1
    assert ["photo" in message for message in sent] == [True, False]
    assert [message.get("caption") for message in sent] == ["both", None]


@pytest.mark.parametrize(
    ("kinds", "reason"),
    [
        (["photo"], "there must be 2-10 messages"),
        (["photo"] * 11, "there must be 2-10 messages"),
        (["photo", "document"], "documents can't be mixed with other media types"),
        (["audio", "video"], "audio can't be mixed with other media types"),
    ],
)
async def test_an_album_that_telegram_would_not_send_is_refused(
    sandbox: Sandbox, kinds: list[str], reason: str
) -> None:
    media = [{"type": kind, "media": "x"} for kind in kinds]
    answered = await sandbox.bot("sendMediaGroup", chat_id=await sandbox.starter(), media=media)
    assert reason in answered.error


async def test_a_text_becomes_media_but_media_have_no_text(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    number = await sandbox.send(person)
    edit = {"chat_id": person, "message_id": number}
    media = {"type": "photo", "media": "attach://p", "caption": "done"}
    edited = (await sandbox.form("editMessageMedia", {"p": ("a.png", picture())}, **edit, media=media)).result
    assert "text" not in edited
    assert edited["caption"] == "done"
    answered = await sandbox.bot("editMessageText", edit, text="x")
    assert answered.error == "Bad Request: there is no text in the message to edit"
    same = {"type": "photo", "media": edited["photo"][0]["file_id"], "caption": "done"}
    assert "is not modified" in (await sandbox.bot("editMessageMedia", edit, media=same)).error
    assert (await sandbox.bot("editMessageCaption", edit, caption="more")).result["caption"] == "more"


async def test_a_file_that_a_person_sends_reaches_the_bot(own: Sandbox) -> None:
    person = await own.starter()
    file = await own.upload("me.png", picture(500, 400))
    await own.client("POST", f"chats/{person}/messages", person=person, photo=file, caption="look /now")
    album = [{"photo": file}, {"photo": file}]
    sent = await own.client("POST", f"chats/{person}/messages", person=person, album=album, caption="two")
    updates = (await own.bot("getUpdates")).result
    photo = updates[1]["message"]
    assert photo["caption"] == "look /now"
    assert (await download(own, photo["photo"][-1]["file_id"])).startswith(b"\xff\xd8\xff")
    parts = [update["message"] for update in updates[2:]]
    assert [part["message_id"] for part in parts] == sent["message_ids"]
    assert parts[0]["media_group_id"] == parts[1]["media_group_id"]
    assert [part.get("caption") for part in parts] == ["two", None]


async def test_a_file_is_not_given_out_for_a_wrong_token_or_path(sandbox: Sandbox) -> None:
    for address, status in (
        (f"/file/bot{TOKEN}/photos/none.jpg", 404),
        ("/file/bot1:x/photos/none.jpg", 401),
    ):
        async with sandbox.session.get(sandbox.url + address) as response:
            assert response.status == status


async def test_a_part_that_is_named_but_missing_is_refused(sandbox: Sandbox) -> None:
    answered = await sandbox.bot("sendPhoto", chat_id=await sandbox.starter(), photo="attach://none")
    assert answered.error == "Bad Request: can't find file none in the request"


async def test_a_form_without_files_is_understood(sandbox: Sandbox) -> None:
    person = await sandbox.starter()
    form = aiohttp.FormData({"chat_id": str(person), "text": "1", "reply_markup": '{"force_reply": true}'})
    assert (await sandbox.call("sendMessage", data=form)).result["text"] == "1"
    broken = aiohttp.FormData({"chat_id": str(person), "text": "1", "reply_markup": '{"force_reply": tr'})
    answered = await sandbox.call("sendMessage", data=broken)
    assert answered.error == "Bad Request: can't parse reply keyboard markup JSON object"
