"""Repeat by the number of a generation, and the pages of History."""

import pytest
from sqlalchemy import text

from app.catalogue import ModelKey
from app.generation import Confirmation, Generation, Submitted
from app.inbox import Step
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.people import Somebody


async def made(house: LivingHouse, person: Somebody, prompt: str) -> Generation:
    """A generation that was submitted and cancelled, by the services alone."""

    async def step() -> Step:
        return Step(event_id=(await house.wire.event({})).id, epoch=house.epoch)

    inputs = {"prompt": prompt, "aspect_ratio": "1:1"}
    draft = await house.drafts.open(await step(), person.id, ModelKey("z-image"), inputs)
    card = await house.generations.card(house.epoch, person.id, draft.id)
    assert card is not None
    confirmation = Confirmation(person.id, draft.id, draft.revision, card.quote.id, person.id, None)
    submission = await house.generations.submit(await step(), confirmation)
    assert isinstance(submission, Submitted)
    return (await house.generations.cancel(await step(), person.id, submission.generation.id)).first


@pytest.mark.proves("F39")
async def test_repeat_is_one_tap_to_the_card_with_the_same_inputs_whatever_was_made_since(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    first = await made(house, ivan, "первый кот")
    await made(house, ivan, "второй кот")
    await ivan.say("/history")
    card = await ivan.tap(f"🔁 №{first.id}")
    assert "первый кот" in card.words
    assert any("Создать за" in words for words in card.buttons)
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    assert draft.inputs == first.inputs


@pytest.mark.proves("F39", "F20")
async def test_nobody_repeats_or_gets_what_somebody_else_made(house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan, "тайный кот")
    await ivan.tap("₽")
    (generation,) = await house.generations.history(ivan.id)
    other = Somebody(house.wire, id=777, first_name="Mallory")
    await other.say("/start")
    for act in ("again", "show", "cancel"):
        await house.wire.feed(other.callback(f"made:{generation.id}:{act}", other.screen))
        assert "тайный" not in other.screen.words
        assert other.toast
    assert await house.drafts.current(other.id) is None


@pytest.mark.proves("F24")
async def test_history_pages_to_the_oldest_and_back(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    numbers = [(await made(house, ivan, f"кот {number}")).id for number in range(12)]
    met: list[int] = []
    await ivan.say("/history")
    while True:
        data = [it for it in ivan.screen.buttons.values() if it.startswith("made:")]
        met += [int(it.split(":")[1]) for it in data]
        if not any("Раньше" in words for words in ivan.screen.buttons):
            break
        await ivan.tap("Раньше")
    assert met == numbers[::-1]
    assert str(numbers[-1]) in (await ivan.tap("К новым")).words
    assert len(house.telegram.in_chat(ivan.id)) == 1


async def test_a_result_whose_files_are_gone_is_sought_and_the_tap_says_so(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, "пропавший кот")
    await ivan.tap("₽")
    (generation,) = await house.generations.history(ivan.id)
    lost = (
        "UPDATE generation SET state = 'delivered', kie_task_id = 't', next_check_at = NULL, "
        """results = '[{"path": "gone.png", "kind": "image", "mime": "image/png", "size": 1, """
        """"telegram_file_id": null}]'"""
    )
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(text("DELETE FROM procrastinate_jobs"))
        await session.execute(text(lost))
    tap = ivan.callback(f"made:{generation.id}:show", ivan.screen)
    await house.wire.feed(tap)
    assert "Ищу файл" in str(ivan.toast)
    async with house.database.snapshot() as session:
        queued = await session.execute(text("SELECT task_name, (args ->> 'id')::int FROM procrastinate_jobs"))
        assert [tuple(row) for row in queued] == [("generation.restore", generation.id)]
