"""Uploads in the three ways, and what becomes of a task whose media lie here."""

import base64
import io
from typing import Any

import aiohttp
from PIL import Image

from tests.integration.sandbox_kie.driver import Kie


def png(width: int = 80, height: int = 40) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (200, 30, 30)).save(buffer, "PNG")
    return buffer.getvalue()


async def upload(kie: Kie, content: bytes, name: str = "me.png") -> dict[str, Any]:
    body = {"base64Data": base64.b64encode(content).decode(), "uploadPath": "in/pictures", "fileName": name}
    return await kie.call("POST", "/kie-upload/api/file-base64-upload", json=body)


async def edited(kie: Kie, url: str) -> dict[str, Any]:
    body = {
        "model": "google/nano-banana-edit",
        "input": {"prompt": "make it blue", "image_urls": [url], "image_size": "auto"},
    }
    return await kie.ended(await kie.made(body))


async def test_a_base64_upload_is_served_again(kie: Kie) -> None:
    answer = await upload(kie, png())
    assert (answer["success"], answer["code"], answer["msg"]) == (True, 200, "File uploaded successfully")
    data = answer["data"]
    assert data["fileName"] == "me.png"
    assert data["filePath"].startswith("kieai/")
    assert data["filePath"].endswith("/in/pictures/me.png")
    assert (data["fileSize"], data["mimeType"]) == (len(png()), "image/png")
    assert data["uploadedAt"].endswith("Z")
    async with kie.session.get(data["downloadUrl"]) as served:
        assert (served.status, served.content_type, await served.read()) == (200, "image/png", png())


async def test_a_data_url_tells_the_type_and_a_name_is_made_up(kie: Kie) -> None:
    data = "data:image/png;base64," + base64.b64encode(png()).decode()
    answer = await kie.call(
        "POST", "/kie-upload/api/file-base64-upload", json={"base64Data": data, "uploadPath": "in"}
    )
    assert answer["data"]["mimeType"] == "image/png"
    assert answer["data"]["fileName"].endswith(".png")


async def test_a_stream_upload_is_served_again_whatever_its_size(kie: Kie) -> None:
    content = b"\0" * (3 * 1024 * 1024)
    form = aiohttp.FormData()
    form.add_field("uploadPath", "in/clips")
    form.add_field("file", io.BytesIO(content), filename="me.mp4", content_type="video/mp4")
    answer = await kie.call("POST", "/kie-upload/api/file-stream-upload", data=form)
    assert (answer["data"]["fileSize"], answer["data"]["mimeType"]) == (len(content), "video/mp4")
    async with kie.session.get(answer["data"]["downloadUrl"]) as served:
        assert await served.read() == content


async def test_an_upload_by_address_is_fetched_from_loopback_only(kie: Kie) -> None:
    source = (await upload(kie, png()))["data"]["downloadUrl"]
    body = {"fileUrl": source, "uploadPath": "in", "fileName": "copy.png"}
    answer = await kie.call("POST", "/kie-upload/api/file-url-upload", json=body)
    assert answer["data"]["fileSize"] == len(png())
    elsewhere = {**body, "fileUrl": "https://example.com/me.png"}
    assert (await kie.call("POST", "/kie-upload/api/file-url-upload", json=elsewhere))["code"] == 400
    gone = {**body, "fileUrl": source + "x"}
    assert (await kie.call("POST", "/kie-upload/api/file-url-upload", json=gone))["code"] == 400


async def test_an_upload_that_is_not_whole_says_400(kie: Kie) -> None:
    path = "/kie-upload/api/file-base64-upload"
    good = base64.b64encode(png()).decode()
    for body in ({}, {"base64Data": good}, {"base64Data": "%%%", "uploadPath": "in"}):
        assert (await kie.call("POST", path, json=body))["code"] == 400
    assert (await kie.call("POST", "/kie-upload/api/file-stream-upload", json={}))["code"] == 400
    told = {**kie.headers, "Content-Type": "multipart/form-data; boundary=x"}
    stream = kie.url + "/kie-upload/api/file-stream-upload"
    async with kie.session.post(stream, data=b"no parts at all", headers=told) as served:
        assert (served.status, (await served.json())["code"]) == (200, 400)
    form = aiohttp.FormData({"uploadPath": "in"})
    form.add_field("other", b"x", filename="x")
    assert (await kie.call("POST", "/kie-upload/api/file-stream-upload", data=form))["code"] == 400


async def test_an_upload_cannot_leave_its_folder(kie: Kie) -> None:
    body = {"base64Data": base64.b64encode(b"x").decode(), "uploadPath": "../../..", "fileName": "x.png"}
    assert (await kie.call("POST", "/kie-upload/api/file-base64-upload", json=body))["code"] == 400


async def test_an_upload_needs_the_key(kie: Kie) -> None:
    stranger = Kie(kie.url, kie.session, key="another")
    assert (await upload(stranger, png()))["code"] == 401


async def test_the_same_path_and_name_overwrite(kie: Kie) -> None:
    first, second = await upload(kie, png()), await upload(kie, png(20, 20))
    assert first["data"]["downloadUrl"] == second["data"]["downloadUrl"]
    async with kie.session.get(second["data"]["downloadUrl"]) as served:
        assert await served.read() == png(20, 20)


async def test_an_upload_expires(kie: Kie) -> None:
    url = (await upload(kie, png()))["data"]["downloadUrl"]
    await kie.knobs(upload_ttl=0)
    async with kie.session.get(url) as served:
        assert served.status == 404


async def test_an_edit_is_made_from_the_picture_that_was_uploaded(kie: Kie) -> None:
    url = (await upload(kie, png(80, 40)))["data"]["downloadUrl"]
    record = await edited(kie, url)
    async with kie.session.get(record["response"]["resultUrls"][0]) as served:
        assert Image.open(io.BytesIO(await served.read())).size == (1024, 512)


async def test_an_upscale_is_the_picture_enlarged(kie: Kie) -> None:
    url = (await upload(kie, png(300, 200)))["data"]["downloadUrl"]
    body = {"model": "topaz/image-upscale", "input": {"image_url": url, "upscale_factor": "2"}}
    record = await kie.ended(await kie.made(body))
    async with kie.session.get(record["response"]["resultUrls"][0]) as served:
        image = Image.open(io.BytesIO(await served.read()))
    assert image.size == (600, 400)
    red, green, blue = image.convert("RGB").resize((1, 1)).tobytes()
    assert red > 150
    assert max(green, blue) < 60


async def test_a_background_is_removed_to_transparency(kie: Kie) -> None:
    url = (await upload(kie, png()))["data"]["downloadUrl"]
    record = await kie.ended(await kie.made({"model": "recraft/remove-background", "input": {"image": url}}))
    async with kie.session.get(record["response"]["resultUrls"][0]) as served:
        image = Image.open(io.BytesIO(await served.read()))
    assert image.mode == "RGBA"
    assert image.getpixel((0, 0))[3] == 0  # type: ignore[index]


async def test_a_task_fails_when_its_upload_is_gone(kie: Kie) -> None:
    record = await edited(kie, kie.url + "/kie-files/kieai/100001/in/nothing.png")
    assert (record["state"], record["failCode"]) == ("fail", "451")


async def test_a_task_fails_when_its_upload_is_of_a_type_the_model_does_not_take(kie: Kie) -> None:
    url = (await upload(kie, b"hello", "me.gif"))["data"]["downloadUrl"]
    record = await edited(kie, url)
    assert (record["state"], record["failCode"]) == ("fail", "422")


async def test_a_task_fails_when_its_upload_is_larger_than_the_model_takes(kie: Kie) -> None:
    form = aiohttp.FormData({"uploadPath": "in"})
    form.add_field(
        "file", io.BytesIO(b"\0" * (10 * 1024 * 1024 + 1)), filename="me.png", content_type="image/png"
    )
    answer = await kie.call("POST", "/kie-upload/api/file-stream-upload", data=form)
    record = await edited(kie, answer["data"]["downloadUrl"])
    assert (record["state"], record["failCode"]) == ("fail", "422")
