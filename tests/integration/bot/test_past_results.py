"""Models that go on from an earlier result by the provider's own id: picked from History, or from the result itself."""

import json
from dataclasses import replace

from sqlalchemy import text

from app.catalogue import Inputs, Modality, ModelKey, PastResult, read_result
from app.generation import Confirmation, Generation, StoredFile, Submitted
from app.money import Kopecks
from app.users import Draft
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_parts import at_model, draft_of
from tests.integration.bot.test_sequels import step, stored
from tests.unit.bot.people import Somebody

CLIP = StoredFile("results/clip.mp4", Modality.VIDEO, "video/mp4", 1000, 64, 64, 6, telegram_file_id="clip")
SONG = StoredFile("results/song.mp3", Modality.AUDIO, "audio/mpeg", 1000, seconds=60, telegram_file_id="song")
SONGS = (replace(SONG, track="track-one"), replace(SONG, track="track-two"))
WEALTH = Kopecks(10_000_000)
MADE = text(
    "UPDATE generation SET state = 'delivered', next_check_at = NULL, results = CAST(:results AS jsonb),"
    " kie_task_id = :task, submitted_at = clock_timestamp() - make_interval(days => :days) WHERE id = :id"
)


async def rich(house: LivingHouse, person: Somebody) -> None:
    """Somebody who has begun and can pay for anything here."""
    await person.say("/start")
    async with house.database.unit_of_work(house.epoch) as session:
        await house.ledger.credit(
            session, user_id=person.id, amount=WEALTH, source="payments:stars", key=f"wealth:{person.id}"
        )


async def made(
    house: LivingHouse, person: Somebody, key: str, inputs: Inputs, *files: StoredFile, days: int = 0
) -> Generation:
    """A result that the provider made so many days ago."""
    draft = await house.drafts.open(await step(house), person.id, ModelKey(key), inputs)
    card = await house.generations.card(house.epoch, person.id, draft.id)
    assert card is not None
    wish = Confirmation(person.id, draft.id, draft.revision, card.quote.id, person.id, None)
    submission = await house.generations.submit(await step(house), wish)
    assert isinstance(submission, Submitted)
    number = submission.generation.id
    row = {"id": number, "task": f"task-{number}", "days": days}
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(MADE, {**row, "results": json.dumps([stored(it) for it in files])})
    found = await house.generations.get(person.id, number)
    assert found is not None
    return found


async def a_clip(
    house: LivingHouse, person: Somebody, resolution: str = "480p", *, days: int = 0
) -> Generation:
    """Of a model whose clips can be made longer."""
    inputs: Inputs = {"prompt": "волны", "resolution": resolution}
    return await made(house, person, "grok-video-text", inputs, CLIP, days=days)


async def a_song(house: LivingHouse, person: Somebody) -> Generation:
    """Two songs of one task."""
    spec = house.catalogue.get("suno-song")
    inputs: Inputs = {"prompt": "песня о море"}
    draft = await house.drafts.open(await step(house), person.id, spec.key, inputs)
    return await made(house, person, spec.key, draft.inputs, *SONGS)


def past_of(draft: Draft, name: str) -> PastResult:
    """The earlier result in a draft."""
    past = read_result(str(draft.inputs[name]))
    assert past is not None
    return past


async def test_a_clip_is_picked_from_history_and_its_resolution_makes_the_price(
    house: LivingHouse, ivan: Somebody
) -> None:
    await rich(house, ivan)
    old = await a_clip(house, ivan, days=14)
    large = await a_clip(house, ivan, "1080p")
    clip = await a_clip(house, ivan)
    await at_model(ivan, "grok-video-extend")
    screen = await ivan.tap("Взять из истории")
    picks = [text for text in screen.buttons if text.startswith("№")]
    assert picks == [f"№{clip.id}"], f"{old.id} is too old, {large.id} has no price"
    screen = await ivan.tap(f"№{clip.id}")
    assert f"№{clip.id}" in screen.words
    assert past_of(await draft_of(house, ivan), "task_id") == PastResult(
        f"task-{clip.id}", resolution="480p", generation=clip.id
    )
    await ivan.say("волны всё выше")
    screen = await ivan.say("5")
    await ivan.tap("₽", screen)
    child = (await house.generations.history(ivan.id))[0]
    assert (child.model_key, child.parent_id) == ("grok-video-extend", clip.id)
    assert child.request["task_id"] == f"task-{clip.id}"
    assert str(child.credits) == "14.4"


async def test_of_a_song_the_one_track_that_was_picked_goes_out(house: LivingHouse, ivan: Somebody) -> None:
    await rich(house, ivan)
    song = await a_song(house, ivan)
    await at_model(ivan, "suno-wav")
    await ivan.tap("Взять из истории")
    screen = await ivan.tap(f"№{song.id} · 2")
    assert screen.words.count(f"№{song.id}") == 1, "one pick, one line on the card"
    await ivan.tap("₽", screen)
    child = (await house.generations.history(ivan.id))[0]
    assert (child.request["task_id"], child.request["audio_id"]) == (f"task-{song.id}", "track-two")


async def test_a_result_leads_on_to_what_goes_on_from_it_with_the_price(
    house: LivingHouse, ivan: Somebody
) -> None:
    await rich(house, ivan)
    song = await a_song(house, ivan)
    await ivan.say("/history")
    await ivan.tap(f"📥 №{song.id}")
    words = ""
    for page in (0, 1):
        await house.wire.feed(ivan.callback(f"ons:{song.id}:{page}", ivan.screen))
        words += ivan.screen.words
    assert "Переделать песню" in words
    assert "WAV" in words
    await house.wire.feed(ivan.callback(f"on:suno-wav:{song.id}:0", ivan.screen))
    assert "Какой взять" in ivan.screen.words
    await ivan.tap("1")
    assert past_of(await draft_of(house, ivan), "audio_id").track == "track-one"
    clip = await a_clip(house, ivan)
    await house.wire.feed(ivan.callback(f"on:grok-video-upscale:{clip.id}:1", ivan.screen))
    assert past_of(await draft_of(house, ivan), "task_id").task == f"task-{clip.id}"
    assert any("23,70" in label for label in ivan.screen.buttons), list(ivan.screen.buttons)


async def test_who_has_nothing_to_go_on_from_is_shown_where_it_is_made(
    house: LivingHouse, ivan: Somebody
) -> None:
    await rich(house, ivan)
    await a_clip(house, ivan, days=14)
    await at_model(ivan, "grok-video-extend")
    screen = await ivan.say("дальше волны")
    assert "Взять из истории" in str(list(screen.buttons)), "words do not answer it, they are the description"
    screen = await ivan.tap("Взять из истории")
    assert "Сначала создайте" in screen.words
    assert any("Grok" in text for text in screen.buttons)
    await ivan.tap("Назад")
    assert (await draft_of(house, ivan)).asking == "task_id"


async def test_nobody_goes_on_from_a_result_of_somebody_else_or_from_one_that_is_gone(
    house: LivingHouse, ivan: Somebody
) -> None:
    anna = Somebody(house.wire, id=502, first_name="Анна")
    await rich(house, ivan)
    await rich(house, anna)
    hers, his = await a_clip(house, anna), await a_clip(house, ivan)
    screen = await at_model(ivan, "grok-video-extend")
    draft = await draft_of(house, ivan)
    await house.wire.feed(ivan.callback(f"take:{draft.id}:{draft.revision}:{hers.id}:1", screen))
    assert "task_id" not in (await draft_of(house, ivan)).inputs
    assert ivan.toast is not None
    stolen = PastResult(f"task-{hers.id}", resolution="480p").reference
    inputs: Inputs = {"task_id": stolen, "prompt": "x", "extend_at": 5}
    draft = await house.drafts.open(await step(house), ivan.id, ModelKey("grok-video-extend"), inputs)
    assert await house.generations.card(house.epoch, ivan.id, draft.id) is None
    own = {**inputs, "task_id": PastResult(f"task-{his.id}", resolution="480p").reference}
    draft = await house.drafts.open(await step(house), ivan.id, ModelKey("grok-video-extend"), own)
    assert await house.generations.card(house.epoch, ivan.id, draft.id) is not None
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(MADE, {"id": his.id, "task": f"task-{his.id}", "days": 14, "results": "[]"})
    await house.wire.feed(ivan.callback(f"draft:{draft.id}:{draft.revision}:resume", ivan.screen))
    assert "уже нет" in ivan.screen.words
    assert any(text.startswith("✏️") for text in ivan.screen.buttons), "the way to another one"
    assert house.telegram.refused == []
