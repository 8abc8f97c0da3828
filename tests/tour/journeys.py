"""What the tour shows, in the order in which a newcomer would meet it."""

from playwright.async_api import expect

from tests.fixtures.browser import WAIT_MS, ChatPage
from tests.tour.album import DESK, PHONE, PHONE_AT_NIGHT, PHONE_IN_ENGLISH, Album

ANNA, BEN = 9_000_002, 9_000_003
"""The two users whom the page brings along."""


async def of_anna(album: Album) -> None:
    """A first picture, a failure, lack of money and the way out of it, what is left to look at."""
    async with album.looking(PHONE, ANNA) as chat:
        await album.take(chat, "welcome")
        await _first_picture(album, chat)
        await _failure(album, chat)
        await _lack_of_money(album, chat)
        await _looking_around(album, chat)


async def in_english(album: Album) -> None:
    """Ben reads English; at night."""
    async with album.looking(PHONE_IN_ENGLISH, BEN) as chat:
        await chat.page.locator(".start").click()
        await chat.button("Pictures").wait_for(timeout=WAIT_MS)
        await album.take(chat, "english")
    async with album.looking(PHONE_AT_NIGHT, ANNA) as chat:
        await chat.button("Картинки").wait_for(timeout=WAIT_MS)
        await album.take(chat, "dark")


async def at_the_desk(album: Album) -> None:
    """The whole page: people, chat, and the panel that breaks things on purpose."""
    async with album.looking(DESK, ANNA) as chat:
        await _picture(chat, "Рыжий кот смотрит на закат с крыши", "16:9")
        await album.take(chat, "desktop")


async def _first_picture(album: Album, chat: ChatPage) -> None:
    await chat.page.locator(".start").click()
    await chat.button("Картинки").wait_for(timeout=WAIT_MS)
    await album.take(chat, "menu")
    await chat.tap("Картинки")
    await chat.button("Z-Image").wait_for(timeout=WAIT_MS)
    await album.take(chat, "shelf")
    await chat.tap("Z-Image")
    await chat.button("Создать").wait_for(timeout=WAIT_MS)
    await album.take(chat, "model")
    await chat.write("Маяк на краю света, тёплый свет в окне")
    await chat.choose("16:9")
    await album.take(chat, "card")
    await album.sandbox.kie("POST", "knobs", {"delay": 6})
    await chat.tap("Создать за")
    await chat.shows("Создаётся")
    await album.take(chat, "progress")
    await album.sandbox.kie("DELETE", "knobs")
    await chat.sees_photo()
    await chat.button("Повторить").wait_for(timeout=WAIT_MS)
    await album.take(chat, "result")


async def _failure(album: Album, chat: ChatPage) -> None:
    await album.sandbox.kie("POST", "knobs", {"fail": "policy", "times": 1})
    await chat.write("/menu")
    await chat.tap("Картинки")
    await chat.tap("Z-Image")
    await chat.shows("Напишите описание")
    await chat.write("Что-нибудь запрещённое")
    await chat.tap("Создать за")
    await chat.shows("Вернули")
    await expect(chat.page.locator("#log")).not_to_contain_text("Отправлено", timeout=WAIT_MS)
    await album.take(chat, "failure")


async def _lack_of_money(album: Album, chat: ChatPage) -> None:
    await _dear_clip(chat, "Волна разбивается о скалы")
    await chat.tap("Создать за")
    await expect(chat.page.locator(".theirs video")).to_have_count(1, timeout=WAIT_MS)
    await _dear_clip(chat, "Та же волна на закате")
    await chat.shows("Не хватает")
    await album.take(chat, "lack-of-money")
    await chat.tap("Пополнить на")
    await chat.shows("Вы согласны")
    await chat.tap("Согласен")
    await chat.tap("Заплатить")
    await expect(chat.page.locator("dialog.sheet")).to_be_visible(timeout=WAIT_MS)
    await album.take(chat, "invoice")
    await chat.page.locator("dialog.sheet").get_by_text("Заплатить").click()
    await chat.button("Запустить сейчас").wait_for(timeout=WAIT_MS)
    await album.take(chat, "top-up")


async def _looking_around(album: Album, chat: ChatPage) -> None:
    await chat.write("/history")
    await chat.shows("пришлю результат")
    await album.take(chat, "history")
    await chat.write("/menu")
    await chat.tap("Помощь")
    await chat.shows("Как это работает")
    await album.take(chat, "help")
    await chat.tap("Меню")
    await chat.tap("Настройки")
    await chat.button("Язык").wait_for(timeout=WAIT_MS)
    await album.take(chat, "settings")
    await chat.tap("Меню")
    await chat.button("Картинки").wait_for(timeout=WAIT_MS)


async def _picture(chat: ChatPage, prompt: str, ratio: str) -> None:
    await chat.write("/menu")
    await chat.tap("Картинки")
    await chat.tap("Z-Image")
    await chat.shows("Напишите описание")
    await chat.write(prompt)
    await chat.choose(ratio)
    before = await chat.page.locator(".theirs .picture img").count()
    await chat.tap("Создать за")
    await expect(chat.page.locator(".theirs .picture img")).to_have_count(before + 1, timeout=WAIT_MS)
    await chat.sees_photo()


async def _dear_clip(chat: ChatPage, prompt: str) -> None:
    await chat.write("/menu")
    await chat.tap("Видео")
    await chat.tap("Kling 2 ·")
    await chat.page.locator(".keys .key").get_by_text("Kling 2.6", exact=True).last.click(timeout=WAIT_MS)
    await chat.shows("Напишите описание")
    await chat.write(prompt)
    await chat.choose("10 секунд")
    await chat.choose("Со звуком")
