"""Every kind of message and every place where a person can be."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.integration.bot.test_journey import to_card
from tests.integration.bot.test_media import at_model
from tests.unit.bot.people import Somebody

FILE = {"file_id": "f", "file_unique_id": "u"}
SIZED = {**FILE, "width": 640, "height": 480, "file_size": 9000}

MESSAGES: dict[str, dict[str, Any]] = {
    "text": {"text": "кот на луне"},
    "number": {"text": "100"},
    "long text": {"text": "я" * 4096},
    "known command": {"text": "/menu"},
    "unknown command": {"text": "/nonsense"},
    "start with a payload": {"text": "/start ref_абв"},
    "photo": {"photo": [SIZED], "caption": "кот"},
    "video": {"video": {**SIZED, "duration": 1, "mime_type": "video/mp4"}},
    "voice": {"voice": {**FILE, "duration": 1, "file_size": 900, "mime_type": "audio/ogg"}},
    "audio": {"audio": {**FILE, "duration": 1}},
    "animation": {"animation": {**SIZED, "duration": 1}},
    "video note": {"video_note": {**FILE, "length": 240, "duration": 1}},
    "document": {"document": FILE},
    "picture as a file": {"document": {**FILE, "mime_type": "image/png", "file_size": 9000}},
    "file too large": {"document": {**FILE, "mime_type": "image/png", "file_size": 21_000_000}},
}
"""What may mean something where the person is."""

STICKER = {**FILE, "type": "regular", "width": 1, "height": 1, "is_animated": False, "is_video": False}
STRANGE: dict[str, dict[str, Any]] = {
    "sticker": {"sticker": STICKER},
    "location": {"location": {"latitude": 1, "longitude": 1}},
    "contact": {"contact": {"phone_number": "+70000000000", "first_name": "A"}},
    "dice": {"dice": {"emoji": "🎲", "value": 1}},
    "game": {"game": {"title": "t", "description": "d", "photo": [SIZED]}},
    "story": {"story": {"chat": {"id": 5, "type": "private", "first_name": "A"}, "id": 1}},
}
"""What means nothing anywhere."""


async def nowhere(person: Somebody) -> None:
    """Never seen before."""


async def in_menu(person: Somebody) -> None:
    await person.say("/start")


async def at_card_of_model(person: Somebody) -> None:
    await person.say("/start")
    await person.tap("Картинки")
    await person.tap("Z-Image")


async def at_text(person: Somebody) -> None:
    await at_card_of_model(person)
    await person.tap("Создать")


async def at_choice(person: Somebody) -> None:
    await at_card_of_model(person)
    await person.say("кот")


async def at_switch(person: Somebody) -> None:
    await at_model(person, "Музыка", "Suno V6")
    await person.say("песня о море")


async def at_picture(person: Somebody) -> None:
    await at_model(person, "Картинки", "Nano Banana Edit")


async def at_clip(person: Somebody) -> None:
    await at_model(person, "Улучшить", "Topaz Video Upscale")


async def at_settings(person: Somebody) -> None:
    await at_spoken_card(person)
    await person.tap("Настройки")


async def at_number(person: Somebody) -> None:
    await at_settings(person)
    await person.tap("Скорость")


async def at_spoken_card(person: Somebody) -> None:
    await at_model(person, "Звук", "ElevenLabs Turbo 2.5")
    await person.say("добрый день")


async def at_search(person: Somebody) -> None:
    await person.say("/search")


async def at_found(person: Somebody) -> None:
    await person.say("/search картинка")


async def at_own_amount(person: Somebody) -> None:
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("Другая сумма")


async def at_quick_action(person: Somebody) -> None:
    await person.say("/menu")
    await person.tap("Быстрые действия")
    await person.tap("Логотип")


async def at_offers(person: Somebody) -> None:
    await person.say("кот на луне")


async def under_way(person: Somebody) -> None:
    await to_card(person)
    await person.tap("₽")


State = Callable[[Somebody], Awaitable[None]]

STATES: tuple[State, ...] = (
    *(nowhere, in_menu, at_card_of_model, at_text, at_choice, at_switch, at_number, at_picture, at_clip),
    *(at_settings, to_card, at_search, at_found, at_own_amount, at_quick_action, at_offers, under_way),
)
"""The menu, each kind of question, the card, the screens that wait for words, a generation on its way."""
