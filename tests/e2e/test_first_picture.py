"""From /start to the picture, and what it costs."""

import io
from collections.abc import Sequence

import pytest
from PIL import Image

from tests.fixtures.journeys import PICTURE_PRICE, choose, order_picture
from tests.fixtures.people import Person, SandboxClient, buttons, text_of
from tests.fixtures.sandboxed import Sandboxed


def balance_of(product: Sandboxed, person: Person) -> tuple[object, object]:
    rows = product.books.all(
        "SELECT sum(posted), sum(held) FROM ledger_wallet WHERE user_id = %s AND bucket IN ('cash', 'bonus')",
        person.id,
    )
    return rows[0][0], rows[0][1]


async def test_a_stranger_gets_a_picture_drawn_from_the_prompt_for_exactly_the_price_shown(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person("Вера")
    await person.say("/start")
    greeting = await person.wait_for_text("Вера")
    assert "300" in text_of(greeting)
    await order_picture(person, "Маяк на краю света", "16:9")
    picture = await person.wait_for_media("photo")
    assert "Маяк на краю света" in text_of(picture)
    assert balance_of(product, person) == (30_000 - PICTURE_PRICE, 0)
    file = picture["photo"][-1]
    async with sandbox.session.get(f"{sandbox.url}/sandbox/telegram/files/{file['file_id']}") as answer:
        image = Image.open(io.BytesIO(await answer.read()))
    assert image.width / image.height == pytest.approx(16 / 9, rel=0.02)


async def test_one_message_moves_through_the_stages(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await sandbox.kie("POST", "knobs", {"delay": 15})
    await order_picture(person, "Медленный рассвет")
    await person.wait_for_text("готово")
    sent = await sandbox.telegram("GET", "calls?method=editMessageText&after=0")
    shown = [call["params"] for call in sent if str(call["params"].get("chat_id")) == str(person.id)]
    card = next(m for m in await person.messages() if "готово" in text_of(m).lower())
    stages = [call["text"] for call in shown if int(call["message_id"]) == card["message_id"]]
    words = [
        next((w for w in ("очеред", "Отправлено", "Создаётся", "готово") if w in text), "") for text in stages
    ]
    seen = [word for word in words if word]
    assert seen.index("Отправлено") < seen.index("Создаётся") < seen.index("готово"), stages


async def test_the_card_shows_the_price_on_the_button_and_the_balance_after(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.say("Дождь")
    card, button = await person.wait_for_button("0,64")
    assert "299,36" in text_of(card)
    assert len(button["callback_data"].encode()) <= 64
    assert any("Отмена" in other["text"] for other in buttons(card))


async def test_a_failing_provider_gives_the_money_back_once(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await sandbox.kie("POST", "knobs", {"fail": "policy", "callback": "flood"})
    await order_picture(person, "Отказ")
    told = await person.wait_for_text("Вернули")
    await person.wait_for_button("Ещё раз")
    assert "0,64" in text_of(told)
    assert balance_of(product, person) == (30_000, 0)
    kinds = product.books.all(
        "SELECT kind, count(*) FROM ledger_transfer WHERE user_id = %s GROUP BY kind ORDER BY kind", person.id
    )
    assert kinds == [("bonus", 1), ("hold", 1), ("release", 1)]


@pytest.mark.parametrize(
    ("taps", "words", "kind"),
    [
        (("Видео", "Kling 2 ·", "Kling 2.6"), "Волна на закате", "video"),
        (("Звук", "ElevenLabs Turbo"), "Добрый вечер, друзья", "audio"),
    ],
)
async def test_clips_and_sound_are_delivered_as_such(
    sandbox: SandboxClient, taps: Sequence[str], words: str, kind: str
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    for name in taps:
        await person.tap(name)
    await person.wait_for_text("Напишите")
    await person.say(words)
    await person.tap("Создать за")
    media = await person.wait_for_media(kind)
    assert words in text_of(media)


async def test_english_is_complete(sandbox: SandboxClient) -> None:
    person = await sandbox.person("Ann", "en")
    await person.say("/start")
    await person.tap("Pictures")
    await person.tap("Z-Image")
    await person.say("A lighthouse")
    await choose(person, "16:9")
    await person.tap("0.64")
    picture = await person.wait_for_media("photo")
    assert "A lighthouse" in text_of(picture)
    chat = " ".join(text_of(m) for m in await person.messages())
    assert not any("а" <= letter <= "я" for letter in chat.lower())


async def test_a_double_tap_on_the_price_makes_one_generation(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.say("Дважды")
    card, button = await person.wait_for_button("0,64")
    for _ in range(5):
        await person.press(card["message_id"], button["callback_data"])
    await person.wait_for_media("photo")
    assert product.books.one("SELECT count(*) FROM generation WHERE user_id = %s", person.id) == 1
    assert balance_of(product, person) == (30_000 - PICTURE_PRICE, 0)
