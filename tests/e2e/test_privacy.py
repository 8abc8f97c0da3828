"""A person has their data given out, and is deleted while a picture is still on its way."""

import json

import pytest

from tests.fixtures.journeys import order_picture
from tests.fixtures.people import SandboxClient, text_of
from tests.fixtures.sandboxed import Sandboxed

PROMPT = "Тайный сад за стеной"


@pytest.mark.proves("S13", "X50")
async def test_somebody_takes_their_data_along_and_leaves_while_a_picture_is_on_its_way(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person("Вера")
    await person.say("/start")
    await sandbox.kie("POST", "knobs", {"delay": 3})
    await order_picture(person, PROMPT)
    await person.wait_for_text("№")
    asked = await person.say("/privacy")
    await person.tap("Мои данные", after=asked)
    file = await person.wait_for_media("document")
    address = f"{sandbox.url}/sandbox/telegram/files/{file['document']['file_id']}"
    async with sandbox.session.get(address) as answer:
        found = json.loads(await answer.read())
    assert [it["first_name"] for it in found["profile"]] == ["Вера"]
    assert [it["inputs"]["prompt"] for it in found["generations"]] == [PROMPT]

    asked = await person.say("/privacy")
    await person.tap("Удалить аккаунт", after=asked)
    await person.tap("последний вопрос", after=asked)
    await person.tap("Удалить навсегда", after=asked)
    await person.wait_for_text("Аккаунт удаляется", after=asked)
    picture = await person.wait_for_media("photo")
    assert PROMPT in text_of(picture), "what was on its way still comes"
    await person.wait_for_text("Спасибо, что были с нами", after=asked)

    kept = "SELECT first_name, username FROM person WHERE id = %s"
    assert product.books.all(kept, person.id) == [("", None)]
    prompts = "SELECT count(*) FROM generation WHERE user_id = %s AND inputs <> '{}'"
    assert product.books.one(prompts, person.id) == 0
    again = await person.say("/balance")
    await person.wait_for_text("аккаунт удалён", after=again)
    back = await person.say("/start")
    await person.wait_for_text("Можно потратить", after=back)
    assert product.books.one("SELECT sum(posted) FROM ledger_wallet WHERE user_id = %s", person.id) == 0
