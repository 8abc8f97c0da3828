"""Photos, clips and recordings: as answers, as albums, without a state, and what is refused."""

from pathlib import Path
from typing import Any

import pytest

from app.catalogue import Catalogue, media_in
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.house import build_house, real_catalogue
from tests.unit.bot.people import Somebody


def photo(name: str, **message: Any) -> dict[str, Any]:
    """A message with a photo of two sizes."""
    sizes = [
        {
            "file_id": f"{name}-s",
            "file_unique_id": f"u-{name}-s",
            "width": 90,
            "height": 60,
            "file_size": 900,
        },
        {"file_id": name, "file_unique_id": f"u-{name}", "width": 1280, "height": 853, "file_size": 90_000},
    ]
    return {"photo": sizes, **message}


def document(mime: str, size: int = 1000) -> dict[str, Any]:
    """A file sent as such."""
    file = {"file_id": "doc", "file_unique_id": "u-doc", "mime_type": mime, "file_size": size}
    return {"document": file}


async def send(person: Somebody, content: dict[str, Any]) -> str:
    """Sends a message; the words of the screen then."""
    await person.wire.feed(person.message(**content))
    return person.screen.words


async def files_of(house: LivingHouse, person: Somebody, name: str = "image_urls") -> list[str]:
    """The ids of the files in the open draft."""
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return [file.file_id for file in media_in(draft.inputs.get(name))]


async def prompt_of(house: LivingHouse, person: Somebody) -> object:
    """The description in the open draft."""
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return draft.inputs.get("prompt")


async def at_model(person: Somebody, shelf: str, model: str) -> None:
    """At the first question of a model."""
    await person.say("/start")
    await person.find(shelf, model)
    await person.tap("Создать")


async def test_a_photo_then_words_lead_to_the_price(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    assert "Пришлите фото" in ivan.screen.words
    assert "до 10 МБ" in ivan.screen.words
    words = await send(ivan, photo("cat"))
    assert "Прислано: 1 из 10" in words
    screen = await ivan.tap("Готово")
    assert "Описание" in screen.words
    await ivan.say("надень на кота шляпу")
    await ivan.tap("₽")
    (generation,) = await house.generations.history(ivan.id, limit=5)
    assert [file.file_id for file in media_in(generation.inputs["image_urls"])] == ["cat"]
    assert generation.request["image_urls"] == generation.inputs["image_urls"]
    assert house.telegram.refused == []


async def test_words_are_kept_while_a_photo_is_awaited(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    screen = await ivan.say("надень на кота шляпу")
    assert "Пришлите фото" in screen.words
    await send(ivan, photo("cat"))
    screen = await ivan.tap("Готово")
    assert any("₽" in text for text in screen.buttons)
    assert await prompt_of(house, ivan) == "надень на кота шляпу"


async def test_an_album_is_several_inputs_in_the_order_of_the_chat_with_all_captions_on_one_screen(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    updates = [
        ivan.message(**photo(name, media_group_id="77", **({"caption": said} if said else {})))
        for name, said in (("a", "первая"), ("b", ""), ("c", "третья"))
    ]
    for update in (updates[0], updates[2], updates[1]):  # Telegram's deliveries may overtake each other
        await house.wire.feed(update)
    assert await files_of(house, ivan) == ["a", "b", "c"]
    assert await prompt_of(house, ivan) == "первая\nтретья"
    assert house.telegram.in_chat(ivan.id) == [ivan.screen], "one screen, edited in place"
    assert "Прислано: 3 из 10" in ivan.screen.words


async def test_a_message_that_comes_twice_is_one_input(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    update = ivan.message(**photo("a"))
    await house.wire.feed(update)
    await house.wire.feed(update)
    assert await files_of(house, ivan) == ["a"]


async def test_more_files_than_the_model_takes_are_refused_with_the_number(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    for number in range(10):
        await send(ivan, photo(f"p{number}"))
    assert "Описание" in ivan.screen.words, "nothing more to wait for"
    words = await send(ivan, photo("p10"))
    assert "не больше 10" in words
    assert len(await files_of(house, ivan)) == 10


async def test_of_an_album_a_model_for_one_photo_takes_the_first_and_says_so(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, "Улучшить", "Remove Background")
    await send(ivan, photo("a", media_group_id="5"))
    words = await send(ivan, photo("b", media_group_id="5"))
    assert "не больше 1" in words
    assert await files_of(house, ivan, "image") == ["a"]


async def test_another_photo_on_the_card_replaces_the_only_one(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Улучшить", "Remove Background")
    await send(ivan, photo("a"))
    assert any("₽" in text for text in ivan.screen.buttons)
    await send(ivan, photo("b"))
    assert await files_of(house, ivan, "image") == ["b"]
    assert any("₽" in text for text in ivan.screen.buttons)


async def test_files_can_be_taken_back_and_sent_anew(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Картинки", "Nano Banana Edit")
    await send(ivan, photo("a"))
    screen = await ivan.tap("Прислать заново")
    assert "Пришлите фото" in screen.words
    assert await files_of(house, ivan) == []
    await send(ivan, photo("b"))
    assert await files_of(house, ivan) == ["b"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (document("image/tiff"), "Можно: JPEG, PNG, WEBP"),
        (document("image/png", 20_000_001), "больше 20 МБ"),
        ({"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}}, "нужен другой файл (картинка)"),
        (
            {"video": {"file_id": "v", "file_unique_id": "v", "width": 1, "height": 1, "duration": 1}},
            "нужен другой файл (картинка)",
        ),
        ({"text": "убери фон"}, "нужен файл, а не текст"),
    ],
)
@pytest.mark.proves("F62")
async def test_what_does_not_fit_is_refused_with_the_reason_before_anything_is_downloaded_or_paid(
    house: LivingHouse, ivan: Somebody, content: dict[str, Any], said: str
) -> None:
    await at_model(ivan, "Улучшить", "Remove Background")
    words = await send(ivan, content)
    assert said in words
    assert "Пришлите фото" in words, "the question stays"
    assert await files_of(house, ivan, "image") == []


async def test_a_document_that_is_a_picture_counts_as_one(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Улучшить", "Remove Background")
    await send(ivan, document("image/png"))
    assert await files_of(house, ivan, "image") == ["doc"]


async def test_the_price_of_a_recording_follows_its_length(house: LivingHouse, ivan: Somebody) -> None:
    await at_model(ivan, "Звук", "Isolator")
    assert "голосовое" in await send(ivan, document("audio/mpeg")), "a document tells no length"
    await send(
        ivan, {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 30, "mime_type": "audio/ogg"}}
    )
    assert any("4,74" in text for text in ivan.screen.buttons), "30 s x 0.2 credits x 0.005 USD x 79 x 2"


async def test_a_photo_without_a_state_is_asked_about_and_its_caption_is_the_prompt(
    house: LivingHouse, ivan: Somebody
) -> None:
    words = await send(ivan, photo("cat", caption="надень шляпу"))
    assert "Что с этим сделать?" in words
    assert ivan.screen.reply_to is not None
    models = list(ivan.screen.buttons)
    assert "Nano Banana Edit" in models
    assert "Z-Image" not in models
    await ivan.tap("Nano Banana Edit")
    assert await files_of(house, ivan) == ["cat"]
    assert await prompt_of(house, ivan) == "надень шляпу"
    assert any("₽" in text for text in ivan.screen.buttons), "two taps from the photo to the result"


async def test_an_album_without_a_state_is_one_question_and_goes_whole_to_a_model_that_takes_it(
    house: LivingHouse, ivan: Somebody
) -> None:
    first = [ivan.message(**photo(name, media_group_id="9", caption=name)) for name in "ab"]
    await house.wire.feed(first[1])
    await house.wire.feed(first[0])
    assert len(house.telegram.in_chat(ivan.id)) == 1
    assert "Файлов: 2" in ivan.screen.words
    assert "Recraft Remove Background" not in ivan.screen.buttons
    await ivan.tap("Seedream 4.5 Edit")
    assert await files_of(house, ivan) == ["a", "b"]
    assert await prompt_of(house, ivan) == "a\nb"


async def test_words_in_reply_to_a_picture_edit_it(house: LivingHouse, ivan: Somebody) -> None:
    about = {"message_id": 4, "date": 1, "chat": {"id": ivan.id, "type": "private"}, **photo("old")}
    await send(ivan, {"text": "сделай зиму", "reply_to_message": about})
    await ivan.tap("Nano Banana Edit")
    assert await files_of(house, ivan) == ["old"]
    assert await prompt_of(house, ivan) == "сделай зиму"


async def test_a_photo_for_a_model_that_takes_none_is_asked_about(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    assert "Что с этим сделать?" in await send(ivan, photo("cat"))


async def test_a_file_too_large_for_telegram_is_refused_with_the_number_before_a_model_is_chosen(
    house: LivingHouse, ivan: Somebody
) -> None:
    assert "больше 20 МБ" in await send(ivan, document("video/mp4", 20_000_001))


async def test_a_file_that_no_model_takes_is_said_so(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    only = Catalogue([real_catalogue().get("z-image")])
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram, catalogue=only).side.events
    assert "нет модели" in await send(ivan, document("video/mp4"))


async def test_offers_for_files_of_long_ago_or_of_somebody_else_begin_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    await send(ivan, photo("cat"))
    screen = ivan.screen
    data = screen.buttons["Nano Banana Edit"]
    other = Somebody(house.wire, id=777, first_name="Mallory")
    await other.say("/start")
    await house.wire.feed(other.callback(data, other.screen))
    assert await house.drafts.current(other.id) is None
    await house.wire.feed(ivan.callback(data.rpartition(":")[0] + ":1", screen))
    assert await house.drafts.current(ivan.id) is None
    assert ivan.toast is not None


async def test_reference_pictures_are_a_setting_of_a_model_that_can_do_without(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.find("Картинки", "Nano Banana Pro")
    await ivan.say("постер")
    await ivan.tap("Настройки")
    await ivan.tap("Образцы")
    await send(ivan, photo("a"))
    screen = await ivan.tap("Готово")
    assert any("₽" in text for text in screen.buttons)
    assert await files_of(house, ivan, "image_input") == ["a"]
    assert await prompt_of(house, ivan) == "постер"


async def test_a_recording_without_a_state_is_told_that_voice_is_no_prompt_yet(
    house: LivingHouse, ivan: Somebody
) -> None:
    words = await send(ivan, {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}})
    assert "Голос в текст" in words
    assert "ElevenLabs Voice Isolator" in ivan.screen.buttons


async def test_a_song_with_own_lyrics_is_asked_for_its_style_and_title(
    house: LivingHouse, ivan: Somebody
) -> None:
    await at_model(ivan, "Музыка", "Suno V6")
    await ivan.say("Ой, цветёт калина")
    screen = await ivan.tap("Свои стихи")
    assert "Стиль" in screen.words
    await ivan.say("фолк, гармонь")
    assert "Название" in ivan.screen.words
    screen = await ivan.say("Калина")
    assert any("₽" in text for text in screen.buttons)
    await ivan.tap("По идее")
    screen = await ivan.tap("Без голоса")
    assert {"✓ По идее", "✓ Без голоса"} <= set(screen.buttons)
    assert any("₽" in text for text in screen.buttons)
