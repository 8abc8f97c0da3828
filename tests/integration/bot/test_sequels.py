"""What a result leads on to, an earlier result chosen in the wizard, and another model for the same wish."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import text

from app.catalogue import Modality, ModelKey, media_in
from app.generation import Confirmation, Form, Generation, StoredFile, Submitted
from app.inbox import Step
from app.money import Kopecks
from app.users import Draft
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.people import Somebody

WEALTH = Kopecks(1_000_000)
FILE = StoredFile("", Modality.IMAGE, "image/png", 1000, width=64, height=64, seconds=0)
DELIVERED = text(
    "UPDATE generation SET state = 'delivered', next_check_at = NULL, results = CAST(:results AS jsonb) WHERE id = :id"
)


async def step(house: LivingHouse) -> Step:
    """For a service that is called without an update."""
    return Step(event_id=(await house.wire.event({})).id, epoch=house.epoch)


async def delivered(
    house: LivingHouse, person: Somebody, *files: StoredFile, key: str = "z-image", **inputs: str | list[str]
) -> Generation:
    """A result of these files that Telegram keeps as photos."""
    given = inputs or {"prompt": "кот в сапогах", "aspect_ratio": "16:9"}
    draft = await house.drafts.open(await step(house), person.id, ModelKey(key), given)
    card = await house.generations.card(house.epoch, person.id, draft.id)
    assert card is not None
    confirmation = Confirmation(person.id, draft.id, draft.revision, card.quote.id, person.id, None)
    submission = await house.generations.submit(await step(house), confirmation)
    assert isinstance(submission, Submitted)
    made = submission.generation
    kept = [
        replace(it, path=f"results/{made.id}/{place}.png", telegram_file_id=f"id{place}", sent_as=Form.PHOTO)
        for place, it in enumerate(files or (FILE,), start=1)
    ]
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(DELIVERED, {"id": made.id, "results": json.dumps([stored(it) for it in kept])})
    found = await house.generations.get(person.id, made.id)
    assert found is not None
    return found


def stored(file: StoredFile) -> dict[str, object]:
    """As the column keeps it."""
    return {**vars(file), "kind": file.kind.value, "sent_as": file.sent_as and file.sent_as.value}


async def shown(house: LivingHouse, person: Somebody, generation: Generation) -> Shown:
    """The result once more, from History."""
    await person.say("/history")
    return await person.tap(f"📥 №{generation.id}")


async def draft_of(house: LivingHouse, person: Somebody) -> Draft:
    """The one that is open."""
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return draft


async def test_a_picture_leads_on_with_a_price_on_every_button_and_the_file_goes_in(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    made = await delivered(house, ivan)
    result = await shown(house, ivan, made)
    labels = list(result.buttons)
    for wanted in ("Оживить · от 23,70", "Правка · 3,16", "Улучшить · 0,40", "Без фона · 0,79"):
        assert any(wanted in label.replace("\u00a0", " ") for label in labels), labels
    screen = await ivan.tap("Оживить", result)
    assert "Hailuo" in screen.words
    assert f"№{made.id}" in screen.words
    draft = await draft_of(house, ivan)
    (file,) = media_in(draft.inputs["image_url"])
    assert (file.file_id, draft.asking) == (f"{made.id}/1", "prompt")
    card = await ivan.say("волны бьются о скалы")
    await ivan.tap("Создать за", card)
    child = (await house.generations.history(ivan.id))[0]
    assert (child.model_key, child.parent_id) == ("hailuo-2-3-image", made.id)
    await ivan.say("/history")
    assert f"Сделано из №{made.id}" in ivan.screen.words


async def test_a_child_leads_to_the_result_that_it_was_made_from(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    parent = await delivered(house, ivan)
    file = replace(FILE, path="x", telegram_file_id="id", sent_as=Form.PHOTO)
    reference = f"result:{parent.id}%2F1?unique_id=r&kind=image&mime=image%2Fpng"
    child = await delivered(house, ivan, file, key="recraft-upscale", image=[reference])
    assert child.parent_id == parent.id
    result = await shown(house, ivan, child)
    assert f"Сделано из №{parent.id}" in result.words
    assert f"№{parent.id} ·" in (await ivan.tap(f"Из №{parent.id}", result)).words


async def test_of_several_files_one_is_named_first(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    made = await delivered(house, ivan, FILE, FILE)
    tap = ivan.callback(f"on:recraft-cutout:{made.id}:0", ivan.screen)
    await house.wire.feed(tap)
    assert "Какой взять" in ivan.screen.words
    await ivan.tap("2")
    (file,) = media_in((await draft_of(house, ivan)).inputs["image"])
    assert file.file_id == f"{made.id}/2"


async def test_more_shows_every_model_for_the_result(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    screen = await ivan.tap("Ещё модели", await shown(house, ivan, await delivered(house, ivan)))
    met = set(screen.buttons)
    while any("→" in label for label in screen.buttons):
        screen = await ivan.tap("→")
        met |= set(screen.buttons)
    assert {"Kling 2.6 Image", "Seedream 4.5 Edit", "Recraft Remove Background"} <= met
    await ivan.tap("Recraft Remove Background")
    assert (await draft_of(house, ivan)).model_key == "recraft-cutout"


async def test_a_file_that_the_model_does_not_take_is_asked_for_again_in_words(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    made = await delivered(house, ivan, replace(FILE, mime="image/gif", original_file_id="doc"))
    assert not any("Без фона" in label for label in (await shown(house, ivan, made)).buttons)
    await house.wire.feed(ivan.callback(f"on:recraft-cutout:{made.id}:1", ivan.screen))
    assert "Можно: JPEG, PNG, WEBP" in ivan.screen.words
    draft = await draft_of(house, ivan)
    assert (draft.inputs, draft.asking) == ({}, "image")


@pytest.mark.proves("F20")
async def test_nobody_goes_on_from_what_somebody_else_made(
    house: LivingHouse, ivan: Somebody, caplog: pytest.LogCaptureFixture
) -> None:
    await ivan.say("/start")
    made = await delivered(house, ivan)
    other = Somebody(house.wire, id=777, first_name="Mallory")
    await other.say("/start")
    for number in (0, 1):
        await house.wire.feed(other.callback(f"on:recraft-cutout:{made.id}:{number}", other.screen))
        assert "не хранится" in str(other.toast)
    assert await house.drafts.current(other.id) is None
    draft = await house.drafts.open(await step(house), other.id, ModelKey("recraft-cutout"))
    await house.wire.feed(other.callback(f"take:{draft.id}:{draft.revision}:{made.id}:1", other.screen))
    assert (await draft_of(house, other)).inputs == {}
    for data in (
        f"ons:{made.id}:0",
        f"others:{made.id}:0",
        f"other:qwen-2:{made.id}",
    ):
        await house.wire.feed(other.callback(data, other.screen))
        assert "сапогах" not in other.screen.words
        assert other.toast
    assert caplog.messages.count("a result of somebody else was asked for") >= 3


async def test_in_the_wizard_a_file_is_chosen_from_history(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    made = await delivered(house, ivan, FILE, FILE)
    await house.wire.feed(ivan.callback("model:nano-banana-edit:s:0", ivan.screen))
    await ivan.tap("Создать")
    screen = await ivan.tap("Взять из истории")
    assert "кот в сапогах" in screen.words
    await ivan.tap(f"№{made.id} · 2")
    await ivan.tap("Взять из истории")
    screen = await ivan.tap(f"№{made.id} · 1")
    assert "Прислано: 2 из 10" in screen.words
    names = [it.file_id for it in media_in((await draft_of(house, ivan)).inputs["image_urls"])]
    assert names == [f"{made.id}/2", f"{made.id}/1"]


async def test_without_such_files_the_question_stays_and_says_so(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await house.wire.feed(ivan.callback("model:topaz-video:s:0", ivan.screen))
    question = await ivan.tap("Создать")
    assert (await ivan.tap("Взять из истории")).message_id == question.message_id
    assert "пока нет" in str(ivan.toast)


async def test_pages_of_files_lead_to_the_oldest_and_back(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    async with house.database.unit_of_work(house.epoch) as session:
        await house.ledger.bonus(session, user_id=ivan.id, amount=WEALTH, key="wealth")
    made = [(await delivered(house, ivan)).id for _ in range(8)]
    await house.wire.feed(ivan.callback("model:recraft-cutout:s:0", ivan.screen))
    await ivan.tap("Создать")
    assert f"№{made[-1]}" in (await ivan.tap("Взять из истории")).words
    screen = await ivan.tap("Раньше")
    assert f"№{made[0]}" in screen.words
    assert f"№{made[-1]}" in (await ivan.tap("К новым")).words
    await ivan.tap("Назад")
    assert "Взять из истории" in str(ivan.screen.buttons)


async def test_another_model_takes_words_and_ratio_over(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    result = await shown(house, ivan, await delivered(house, ivan))
    screen = await ivan.tap("Другая модель", result)
    assert "вместо Z-Image" in screen.words
    assert "Edit" not in screen.words, "a model that cannot do without a picture does not take the same"
    card = await ivan.tap("Seedream 4.5")
    draft = await draft_of(house, ivan)
    assert (draft.inputs["prompt"], draft.inputs["aspect_ratio"]) == ("кот в сапогах", "16:9")
    assert any("Создать за" in label for label in card.buttons)


async def test_what_the_other_model_does_not_have_is_said(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    asked = {"prompt": "кот в сапогах", "aspect_ratio": "16:9", "quality": "high"}
    made = await delivered(house, ivan, key="seedream-4-5", **asked)
    await ivan.tap("Другая модель", await shown(house, ivan, made))
    card = await ivan.leaf("Imagen 4 Fast")
    assert "Перенёс всё, кроме: Качество." in card.words
    assert (await draft_of(house, ivan)).inputs == {"prompt": "кот в сапогах", "aspect_ratio": "16:9"}


async def test_another_prompt_keeps_the_file(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    parent = await delivered(house, ivan)
    reference = f"result:{parent.id}%2F1?unique_id=r&kind=image&mime=image%2Fpng"
    made = await delivered(house, ivan, key="nano-banana-edit", image_urls=[reference], prompt="надень шляпу")
    await ivan.tap("Изменить запрос", await shown(house, ivan, made))
    draft = await draft_of(house, ivan)
    assert (draft.asking, draft.inputs["image_urls"]) == ("prompt", [reference])


async def test_a_file_that_is_gone_meanwhile_is_said_so(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan)
    made = await delivered(house, ivan)
    async with house.database.unfenced_unit_of_work() as session:
        forgotten = "UPDATE generation SET results = jsonb_set(results, '{0,telegram_file_id}', 'null') WHERE id = :id"
        await session.execute(text(forgotten), {"id": made.id})
    await house.wire.feed(ivan.callback(f"on:recraft-cutout:{made.id}:0", ivan.screen))
    assert "не хранится" in str(ivan.toast)
