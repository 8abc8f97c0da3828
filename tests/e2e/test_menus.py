"""The menus in a real chat: every button there and back, and how few taps lead to a picture."""

import re

import pytest

from tests.fixtures.people import Message, Person, SandboxClient, buttons, text_of
from tests.fixtures.sandboxed import Sandboxed

MENU = (
    *("Картинки и дизайн", "Видео", "Звук", "Улучшить качество", "Аватары", "Музыка", "Лучшие модели"),
    *("Поиск", "Быстрые действия", "В тренде", "Бесплатно", "Все категории", "Баланс", "История"),
    *("Избранное", "Пригласить друзей", "Настройки", "Поддержка"),
)
HELP = ("Как получить бесплатно", "Как пополнить", "Как считается цена", "при ошибке")


async def screen_of(person: Person) -> Message:
    """The only message with buttons."""
    shown = [message for message in await person.messages() if buttons(message)]
    assert len(shown) == 1, [text_of(message) for message in shown]
    return shown[0]


async def tap_and_see(person: Person, words: str) -> Message:
    """Taps a button of the live screen and waits for the answer; what is shown then."""
    screen = await screen_of(person)
    button = next(it for it in buttons(screen) if words in it["text"])
    answered = await person.answered(await person.press(screen["message_id"], button["callback_data"]))
    assert not answered["show_alert"], answered
    return await screen_of(person)


@pytest.mark.proves("F23", "F25", "F26", "F31", "F38")
async def test_every_button_of_the_menus_leads_to_a_screen_and_back_in_one_message(
    sandbox: SandboxClient,
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.wait_for_button("Картинки")
    await tap_and_see(person, "Баланс")
    menu = await tap_and_see(person, "Меню")
    seen = {text_of(menu)}
    for name in MENU:
        screen = await tap_and_see(person, name)
        assert screen["message_id"] == menu["message_id"]
        assert text_of(screen) not in seen, name
        seen.add(text_of(screen))
        assert text_of(await tap_and_see(person, "Меню")) == text_of(menu), name
    answers = await tap_and_see(person, "Помощь")
    for name in HELP:
        screen = await tap_and_see(person, name)
        assert text_of(screen) not in seen, name
        seen.add(text_of(screen))
        assert text_of(await tap_and_see(person, "Назад")) == text_of(answers)
    assert text_of(await tap_and_see(person, "Меню")) == text_of(menu)


async def test_no_english_screen_has_a_russian_word(sandbox: SandboxClient) -> None:
    person = await sandbox.person("Ann", "en")
    await person.say("/start")
    await person.wait_for_button("Pictures")
    for name in ("Quick actions", "Best models", "Free", "Balance", "Settings", "Support", "Help"):
        screen = await tap_and_see(person, name)
        whole = text_of(screen) + " ".join(button["text"] for button in buttons(screen))
        assert not re.search("[а-яё]", whole, re.IGNORECASE), whole
        await tap_and_see(person, "Menu")


@pytest.mark.proves("F26")
async def test_three_taps_and_one_sentence_make_the_first_picture(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    taps = [await person.tap("Картинки"), await person.tap("Z-Image")]
    await person.wait_for_text("Напишите описание")
    await person.say("рыжий кот на крыше")
    taps.append(await person.tap("Создать за"))
    picture = await person.wait_for_media("photo")
    assert "рыжий кот на крыше" in text_of(picture)
    assert len(taps) == 3


@pytest.mark.proves("F26")
async def test_after_start_a_sentence_and_two_taps_make_a_picture(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.wait_for_button("Картинки")
    await person.say("рыжий кот на крыше")
    await person.tap("Z-Image")
    await person.tap("Создать за")
    assert "рыжий кот на крыше" in text_of(await person.wait_for_media("photo"))


@pytest.mark.proves("F29")
async def test_a_quick_action_makes_a_picture_by_its_own_prompt_in_three_taps_and_a_sentence(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    taps = [await person.tap("Быстрые действия"), await person.tap("Логотип")]
    await person.wait_for_text("Для чего логотип")
    await person.say("кофейня Маяк")
    taps.append(await person.tap("Создать за"))
    await person.wait_for_media("photo")
    assert len(taps) == 3
    request = product.books.one("SELECT request ->> 'prompt' FROM generation WHERE user_id = %s", person.id)
    assert "Логотип: кофейня Маяк. Простой плоский" in str(request)


@pytest.mark.proves("F39")
async def test_a_result_is_repeated_by_its_number_and_sent_again_also_uncompressed_for_nothing(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    person = await sandbox.person()
    await person.say("/start")
    await person.tap("Быстрые действия")
    await person.tap("Instagram")
    await person.wait_for_text("О чём пост")
    await person.say("первый снег")
    await person.tap("Создать за")
    await person.wait_for_media("photo")
    await person.tap("Повторить")
    card = await person.wait_for_text("Останется")
    assert "первый снег" in text_of(card)
    await person.say("/history")
    (number,) = product.books.all("SELECT id FROM generation WHERE user_id = %s", person.id)[0]
    await person.tap(f"📥 №{number}")

    def twice(messages: list[Message]) -> bool | None:
        return True if sum("photo" in message for message in messages) == 2 else None

    await person.wait_until(twice, "the picture once more")
    await person.say("/history")
    await person.tap(f"📄 №{number}")
    original = await person.wait_for_media("document")
    kept = "SELECT results -> 0 ->> 'size' FROM generation WHERE user_id = %s"
    assert original["document"]["file_size"] == int(str(product.books.one(kept, person.id))), "every byte"
    kinds = "SELECT count(*) FROM ledger_transfer WHERE user_id = %s AND kind = 'hold'"
    assert product.books.one(kinds, person.id) == 1


@pytest.mark.proves("F20", "F39")
async def test_a_button_of_another_person_shows_nothing_of_theirs(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    owner, stranger = await sandbox.person("Вера"), await sandbox.person("Мэл")
    await owner.say("/start")
    await owner.tap("Быстрые действия")
    await owner.tap("Логотип")
    await owner.wait_for_text("Для чего логотип")
    await owner.say("тайная лавка")
    await owner.tap("Создать за")
    await owner.wait_for_media("photo")
    (number,) = product.books.all("SELECT id FROM generation WHERE user_id = %s", owner.id)[0]
    await stranger.say("/start")
    menu, _ = await stranger.wait_for_button("Картинки")
    for act in ("again", "show", "original", "cancel"):
        answered = await stranger.answered(await stranger.press(menu["message_id"], f"made:{number}:{act}"))
        assert answered["text"]
    assert all("тайная" not in text_of(message) for message in await stranger.messages())
    assert not any("photo" in message for message in await stranger.messages())


@pytest.mark.proves("F20")
async def test_buttons_of_an_old_screen_lead_to_a_fresh_one(sandbox: SandboxClient) -> None:
    person = await sandbox.person()
    await person.say("/start")
    old, _ = await person.wait_for_button("Картинки")
    await person.say("/help")
    await person.wait_for_button("Как пополнить")
    for button in buttons(old):
        await person.answered(await person.press(old["message_id"], button["callback_data"]))
        assert buttons(await screen_of(person)), button["text"]
