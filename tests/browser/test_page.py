"""The chat page itself: who one can be, what it draws, what it lets one send, and how it is served."""

import asyncio
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, expect
from yarl import URL

from tests.fixtures.browser import DESKTOP, PHONE, WAIT_MS, Device, looking
from tests.fixtures.launched import ROOT
from tests.fixtures.people import Person, SandboxClient
from tests.fixtures.sandboxed import Sandboxed

NASTY = "<img src=x onerror=\"document.title='broken'\"><script>document.title='broken'</script>"

# Until it stays there for a frame: what the bot still draws keeps a page at its end.
SCROLLED_UP = """() => {
    const scroll = document.querySelector("#scroll");
    const was = scroll.scrollTop;
    scroll.scrollTop = 0;
    return was === 0;
}"""


async def bot_says(product: Sandboxed, sandbox: SandboxClient, method: str, body: Mapping[str, Any]) -> Any:
    """One call of the Bot API with the bot's own token."""
    keys = json.loads((product.launched.folder / ".data" / "sandbox" / "keys.json").read_text())
    url = f"{sandbox.url}/bot{keys['token']}/{method}"
    async with sandbox.session.post(url, json=dict(body)) as answer:
        said = await answer.json()
        assert said["ok"], said
        return said["result"]


def picture(name: str, colour: str) -> FilePayload:
    buffer = io.BytesIO()
    Image.new("RGB", (320, 200), colour).save(buffer, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": buffer.getvalue()}


async def started(sandbox: SandboxClient, name: str = "Вера") -> Person:
    person = await sandbox.person(name)
    await person.say("/start")
    await person.wait_for_button("Картинки")
    return person


async def test_the_first_visit_makes_two_users_and_the_operator_once(
    sandbox: SandboxClient, browser: Browser
) -> None:
    async with looking(browser, sandbox.url, DESKTOP) as chat:
        await expect(chat.page.locator(".welcome")).to_contain_text("Это песочница")
    async with looking(browser, sandbox.url, DESKTOP) as chat:
        await expect(chat.page.locator("[data-person='9000002']")).to_contain_text("Анна")
        await expect(chat.page.locator("[data-person='9000003']")).to_contain_text("Ben")
        operator = await chat.page.locator(".person", has_text="оператор бота").get_attribute("data-person")
    launch = (ROOT / "app" / "launch.py").read_text().replace("_", "")
    assert f"OPERATORID = {operator}" in launch
    people = await sandbox.telegram("GET", "people")
    assert [p["first_name"] for p in people if 9_000_000 < p["id"] < 9_000_010] == ["Оператор", "Анна", "Ben"]


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=lambda it: str(it.width))
async def test_becoming_somebody_else_shows_their_chat_and_counts_what_came_meanwhile(
    sandbox: SandboxClient, browser: Browser, device: Device
) -> None:
    one, other = await started(sandbox, "Первая"), await sandbox.person("Вторая")
    async with looking(browser, sandbox.url, device, one) as chat:
        await chat.shows("Первая")
        await other.say("/start")
        entry = chat.page.locator(f"[data-person='{other.id}']")
        await expect(entry.locator(".badge")).to_have_text("1", timeout=WAIT_MS)
        if device.width < 760:
            await chat.page.click("#switch")
        await entry.click()
        await chat.shows("Вторая")
        await expect(chat.page.locator("#log")).not_to_contain_text("Первая")
        await expect(entry.locator(".badge")).to_have_count(0)


async def test_formatting_is_drawn_and_markup_of_strangers_is_only_text(
    product: Sandboxed, sandbox: SandboxClient, browser: Browser
) -> None:
    person = await started(sandbox)
    text = (
        "<b>жирный <i>и косой</i></b> <code>код</code> <a href='https://example.com/'>ссылка</a>"
        " <tg-spoiler>тайна</tg-spoiler>\n<blockquote>цитата</blockquote>\n😀 <u>после эмодзи</u> "
    ) + NASTY.replace("<", "&lt;")
    await bot_says(
        product, sandbox, "sendMessage", {"chat_id": person.id, "parse_mode": "HTML", "text": text}
    )
    await person.say(NASTY)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        drawn = chat.page.locator(".theirs .text", has_text="и косой")
        await expect(drawn.locator("strong em")).to_have_text("и косой")
        await expect(drawn.locator("code")).to_have_text("код")
        await expect(drawn.locator("a").first).to_have_attribute("href", "https://example.com/")
        await expect(drawn.locator("u")).to_have_text("после эмодзи")
        await expect(drawn.locator("blockquote")).to_have_text("цитата")
        spoiler = drawn.locator(".spoiler")
        await spoiler.press("Enter")
        await expect(spoiler).to_have_class("spoiler shown")
        await expect(drawn).to_contain_text(NASTY)
        await expect(chat.page.locator(".own .text").last).to_have_text(NASTY)
        assert await chat.page.locator("#log img[src='x'], #log script").count() == 0
        assert await chat.page.title() != "broken"


async def test_a_message_is_edited_and_deleted_before_ones_eyes(
    product: Sandboxed, sandbox: SandboxClient, browser: Browser
) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        sent = await bot_says(
            product, sandbox, "sendMessage", {"chat_id": person.id, "text": "было написано"}
        )
        await chat.shows("было написано")
        place = {"chat_id": person.id, "message_id": sent["message_id"]}
        await bot_says(product, sandbox, "editMessageText", {**place, "text": "стало иначе"})
        await chat.shows("стало иначе")
        await expect(chat.page.locator("#log")).not_to_contain_text("было написано")
        await bot_says(product, sandbox, "deleteMessage", place)
        await expect(chat.page.locator("#log")).not_to_contain_text("стало иначе")
        action = {"chat_id": person.id, "action": "upload_photo"}
        async with asyncio.timeout(WAIT_MS / 1000):
            while await chat.page.locator("#bot-status").text_content() != "отправляет фото…":
                await bot_says(
                    product, sandbox, "sendChatAction", action
                )  # each is on show for a moment only


async def test_a_tapped_button_turns_until_the_bot_answers(sandbox: SandboxClient, browser: Browser) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await sandbox.telegram("POST", "faults", {"kind": "drop", "update": "callback_query"})
        await chat.tap("Помощь")
        await expect(chat.button("Помощь")).to_have_attribute("aria-busy", "true")
        await chat.tap("Баланс")
        await chat.shows("Деньги")
        await expect(chat.page.locator(".key[aria-busy='true']")).to_have_count(0)


async def test_several_pictures_go_as_an_album_and_a_file_as_a_document(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        for item, files in (
            ("Фото или видео", [picture("a.png", "red"), picture("b.png", "blue")]),
            ("Файл", [picture("исходник.png", "green")]),
        ):
            await chat.page.get_by_role("button", name="Прикрепить").click()
            async with chat.page.expect_file_chooser() as chooser:
                await chat.page.get_by_role("menuitem", name=item).click()
            await (await chooser.value).set_files(files)
            await chat.page.locator("dialog textarea").fill(f"подпись: {item}")
            await chat.check_readability()
            await chat.page.locator("dialog button[type=submit]").click()
            await expect(chat.page.locator("dialog")).to_have_count(0, timeout=WAIT_MS)
        await expect(chat.page.locator(".own .album .picture")).to_have_count(2, timeout=WAIT_MS)
        await expect(chat.page.locator(".own .file")).to_have_attribute("download", "исходник.png")
        await chat.page.locator(".own .album .picture").first.click()
        await expect(chat.page.locator(".lightbox > img")).to_be_visible()
        await chat.page.keyboard.press("Escape")
        await expect(chat.page.locator(".lightbox")).to_have_count(0)
    sent = [m for m in await person.messages() if not m["from"]["is_bot"]]
    kinds = [next((k for k in ("photo", "document") if k in m), "text") for m in sent]
    assert kinds == ["text", "photo", "photo", "document"]


HAND_OVER = """
([kind, place]) => {
  const files = new DataTransfer();
  files.items.add(new File([new Uint8Array([137, 80, 78, 71])], "вид.png", { type: "image/png" }));
  const options = { bubbles: true, cancelable: true };
  const event = kind === "paste" ? new ClipboardEvent(kind, { ...options, clipboardData: files })
    : new DragEvent(kind, { ...options, dataTransfer: files });
  document.querySelector(place).dispatchEvent(event);
}
"""


@pytest.mark.parametrize("way", [("paste", "#field"), ("drop", "#log")], ids=lambda it: it[0])
async def test_a_picture_is_taken_when_it_is_pasted_or_dropped(
    sandbox: SandboxClient, browser: Browser, way: tuple[str, str]
) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.evaluate(HAND_OVER, list(way))
        await expect(chat.page.locator("dialog .chosen")).to_contain_text("вид.png")
        await chat.page.locator("dialog").get_by_text("Отмена").click()
        await expect(chat.page.locator("dialog")).to_have_count(0)
    assert [m.get("text") for m in await person.messages() if not m["from"]["is_bot"]] == ["/start"]


async def test_an_answer_quotes_the_message_and_the_newest_one_is_a_button_away(
    product: Sandboxed, sandbox: SandboxClient, browser: Browser
) -> None:
    person = await started(sandbox)
    for count in range(30):
        await bot_says(product, sandbox, "sendMessage", {"chat_id": person.id, "text": f"строка {count}"})
    async with looking(browser, sandbox.url, DESKTOP, person) as chat:
        last = chat.page.locator(".theirs", has_text="строка 29")
        await expect(last).to_be_in_viewport()
        await last.hover()
        await last.get_by_label("Ответить").click()
        await expect(chat.page.locator(".replying")).to_contain_text("строка 29")
        await chat.write("/cancel")
        await expect(chat.page.locator(".own .quote").last).to_contain_text("строка 29", timeout=WAIT_MS)
        await chat.button("Картинки").wait_for(timeout=WAIT_MS)
        await chat.page.wait_for_function(SCROLLED_UP, timeout=WAIT_MS)
        await expect(last).not_to_be_in_viewport()
        await bot_says(product, sandbox, "sendMessage", {"chat_id": person.id, "text": "самое новое"})
        await expect(chat.page.locator("#down")).to_be_visible(timeout=WAIT_MS)
        await expect(chat.page.locator("#log").get_by_text("самое новое")).not_to_be_in_viewport()
        await chat.page.click("#down")
        await expect(chat.page.locator("#log").get_by_text("самое новое")).to_be_in_viewport()


async def test_a_voice_message_is_recorded(sandbox: SandboxClient, browser: Browser) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.get_by_label("Записать голосовое").click()
        # At least a second: whoever looks once a second may miss any one of them.
        await expect(chat.page.locator(".record-time")).to_have_text(re.compile(r"^\d:(?!00)\d\d$"))
        await chat.page.get_by_label("Отправить голосовое").click()
        await expect(chat.page.locator(".own .sound audio")).to_be_visible(timeout=WAIT_MS)
    voice = (await person.wait_for_media("voice"))["voice"]
    assert voice["file_size"] > 0


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=lambda it: str(it.width))
async def test_an_invoice_is_refused_and_a_declined_payment_says_why(
    product: Sandboxed, sandbox: SandboxClient, browser: Browser, device: Device
) -> None:
    person = await started(sandbox)
    bill = {"title": "300 ₽", "description": "Пополнение", "payload": "unknown", "currency": "XTR"}
    await bot_says(
        product,
        sandbox,
        "sendInvoice",
        {**bill, "chat_id": person.id, "prices": [{"label": "x", "amount": 250}]},
    )
    async with looking(browser, sandbox.url, device, person) as chat:
        sheet = chat.page.locator("dialog.sheet")
        await chat.tap("⭐ 250")
        await expect(sheet).to_contain_text("Пополнение")
        await chat.check_readability()
        await sheet.get_by_text("Отказаться").click()
        await expect(sheet).to_have_count(0)
        await chat.tap("⭐ 250")
        await sheet.get_by_text("Заплатить").click()
        await expect(sheet).to_contain_text("Бот отказал", timeout=WAIT_MS)
    stars = await sandbox.telegram("GET", "stars")
    assert stars["people"][str(person.id)] == 10_000


async def test_commands_of_the_bot_are_chosen_by_keyboard(sandbox: SandboxClient, browser: Browser) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        await chat.page.fill("#field", "/ba")
        await expect(chat.page.locator(".command")).to_have_count(1)
        await chat.page.press("#field", "Enter")
        await chat.shows("Можно потратить")
        await expect(chat.page.locator(".own .text").last).to_have_text("/balance")


async def test_a_reply_keyboard_is_shown_and_its_button_is_a_message(
    product: Sandboxed, sandbox: SandboxClient, browser: Browser
) -> None:
    person = await started(sandbox)
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        keyboard = {"keyboard": [[{"text": "/help"}, {"text": "Нет"}]], "resize_keyboard": True}
        words = {"chat_id": person.id, "text": "Выбирайте", "reply_markup": keyboard}
        await bot_says(product, sandbox, "sendMessage", words)
        await chat.page.locator("#board .key", has_text="/help").click(timeout=WAIT_MS)
        await expect(chat.page.locator(".own .text").last).to_have_text("/help", timeout=WAIT_MS)
        gone = {"chat_id": person.id, "text": "Готово", "reply_markup": {"remove_keyboard": True}}
        await bot_says(product, sandbox, "sendMessage", gone)
        await expect(chat.page.locator("#board")).to_be_hidden(timeout=WAIT_MS)


async def test_faults_are_armed_and_everything_goes_back_to_normal(
    sandbox: SandboxClient, browser: Browser
) -> None:
    person = await sandbox.person()
    async with looking(browser, sandbox.url, DESKTOP, person) as chat:
        # More than one: the bot calls by itself now and then, and the next call takes a fault away.
        for _ in range(5):
            await chat.page.locator("[data-fault='5xx']").click()
        armed = chat.page.locator(".faults li", has_text="502")
        await expect(armed).to_contain_text(re.compile("взведено: [1-5]"))
        assert {it["kind"] for it in await sandbox.telegram("GET", "faults")} == {"5xx"}
        await chat.page.select_option("#knob-kie-callback", "twice")
        await chat.page.get_by_text("Вернуть всё как было").click()
        await expect(chat.page.locator("#knob-kie-callback")).to_have_value("")
        await expect(chat.page.locator(".faults")).not_to_contain_text("взведено")
    assert (await sandbox.kie("GET", "knobs"))["knobs"] == []


async def test_the_theme_is_the_systems_until_one_chooses(sandbox: SandboxClient, browser: Browser) -> None:
    person = await sandbox.person()
    async with looking(browser, sandbox.url, PHONE, person) as chat:
        ground = "getComputedStyle(document.body).backgroundColor"
        light = await chat.page.evaluate(ground)
        await chat.page.click("#theme")
        dark = await chat.page.evaluate(ground)
        assert dark != light
        await chat.page.reload()
        await chat.page.wait_for_selector("body.ready")
        assert await chat.page.evaluate(ground) == dark


@pytest.mark.parametrize(
    "path",
    [
        "__init__.py",
        "../__init__.py",
        "%2e%2e/__init__.py",
        "script/..%2f..%2fproxy.py",
        "script",
        "",
        "/etc/passwd",
    ],
)
async def test_only_the_files_of_the_page_are_served(product: Sandboxed, path: str) -> None:
    url = URL(f"{product.url}/sandbox/web/{path}", encoded=True)
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        assert answer.status == 404


async def test_every_file_has_its_type_and_is_never_kept(product: Sandboxed) -> None:
    types = {
        "": "text/html",
        "sandbox/web/script/main.js": "text/javascript",
        "sandbox/web/style/base.css": "text/css",
        "sandbox/web/icon.svg": "image/svg+xml",
    }
    async with aiohttp.ClientSession() as session:
        for path, kind in types.items():
            async with session.get(f"{product.url}/{path}") as answer:
                assert (answer.status, answer.content_type) == (200, kind)
                assert answer.headers["Cache-Control"] == "no-store"
                assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
