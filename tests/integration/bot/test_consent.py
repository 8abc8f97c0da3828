"""Consent before the first payment and the first file: asked once, and the step goes on right after the tap."""

from hashlib import blake2s
from typing import Any

import pytest
from aiogram.methods import SendInvoice

from app.inbox import Step
from app.users import words_in_force
from bot.callbacks import (
    Agree,
    FileOffer,
    Go,
    Onwards,
    Target,
)
from bot.money_callbacks import Buy, TransferSum
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_media import at_model, files_of, photo, prompt_of, send
from tests.integration.bot.test_top_up import last_invoice, paid
from tests.unit.bot.people import Somebody

AGREE = "Согласен"
PAPERS = (
    *("terms", "terms-full", "terms-none", "privacy-receivers", "privacy-rights", "privacy-contact"),
    "privacy-no-contact",
)
"""The words that people agree to, but for the one that takes a number."""


@pytest.fixture
def vera(house: LivingHouse) -> Somebody:
    """Somebody whom nobody has asked yet."""
    house.unasked.add(511)
    return Somebody(house.wire, id=511, first_name="Вера")


async def orders(house: LivingHouse) -> int:
    """How many there are."""
    return len(house.telegram.called(SendInvoice))


async def agreed(house: LivingHouse, person: Somebody) -> bool:
    """Whether it is on record."""
    return await house.consents.given(person.id)


async def test_the_first_top_up_takes_one_tap_more_and_the_second_none(
    house: LivingHouse, vera: Somebody
) -> None:
    await vera.say("/balance")
    await vera.tap("Пополнить")
    asked = await vera.tap("100\u00a0₽")
    assert "Вы согласны" in asked.words
    assert await orders(house) == 0
    assert not await agreed(house, vera)

    await vera.tap(AGREE)
    assert await agreed(house, vera)
    assert last_invoice(house).prices[0].amount == 100
    await house.wire.feed(paid(vera, last_invoice(house)))
    assert (await house.balances.of(vera.id)).cash == 10_000

    await vera.say("/balance")
    await vera.tap("Пополнить")
    await vera.tap("50\u00a0₽")
    assert last_invoice(house).prices[0].amount == 50
    assert house.telegram.refused == []


async def test_a_typed_number_of_stars_is_typed_once(house: LivingHouse, vera: Somebody) -> None:
    await vera.say("/balance")
    await vera.tap("Пополнить")
    await vera.tap("Другая сумма")
    await vera.say("77")
    await vera.tap(AGREE)
    assert last_invoice(house).prices[0].amount == 77


async def test_the_subscription_goes_on_to_telegrams_window(house: LivingHouse, vera: Somebody) -> None:
    await vera.say("/start")
    await house.wire.feed(vera.callback(Go(to=Target.SUBSCRIBE).pack(), vera.screen))
    assert "Вы согласны" in vera.screen.words
    screen = await vera.tap(AGREE)
    assert any("300" in text for text in screen.buttons)


async def test_a_bank_transfer_goes_on_to_its_details(house: LivingHouse, vera: Somebody) -> None:
    await vera.say("/balance")
    await vera.tap("Пополнить")
    await vera.tap("Перевод")
    await vera.tap("Другая сумма")
    await vera.say("777")
    assert "Вы согласны" in vera.screen.words
    screen = await vera.tap(AGREE)
    assert "777" in screen.words
    assert "0000 1111" in screen.words


async def test_both_papers_can_be_read_on_the_spot_and_nothing_is_lost(
    house: LivingHouse, vera: Somebody
) -> None:
    await vera.say("/start")
    await house.wire.feed(vera.callback(Buy(stars=250).pack(), vera.screen))
    assert "Цена стоит на кнопке" in (await vera.tap("Условия")).words
    assert "Вы согласны" in (await vera.tap("Назад")).words
    assert "KIE" in (await vera.tap("Данные")).words
    await vera.tap(AGREE)
    assert last_invoice(house).prices[0].amount == 250


async def test_a_photo_for_the_open_draft_is_sent_once_with_its_caption(
    house: LivingHouse, vera: Somebody
) -> None:
    await at_model(vera, "Картинки", "Nano Banana Edit")
    assert "Вы согласны" in await send(vera, photo("cat", caption="надень шляпу"))
    assert await files_of(house, vera) == []
    await vera.tap(AGREE)
    assert await files_of(house, vera) == ["cat"]
    assert await prompt_of(house, vera) == "надень шляпу"
    await send(vera, photo("dog"))
    assert await files_of(house, vera) == ["cat", "dog"]
    assert house.telegram.refused == []


async def test_an_album_for_the_open_draft_is_asked_about_once_and_comes_whole(
    house: LivingHouse, vera: Somebody
) -> None:
    await at_model(vera, "Картинки", "Nano Banana Edit")
    for name in "abc":
        await send(vera, photo(name, media_group_id="7", caption=name))
    questions = [it for it in house.telegram.in_chat(vera.id) if "Вы согласны" in it.words]
    assert len(questions) == 1
    await vera.tap(AGREE)
    assert await files_of(house, vera) == ["a", "b", "c"]
    assert await prompt_of(house, vera) == "a\nb\nc"


async def test_of_an_album_a_model_for_one_photo_takes_the_first_and_says_so_after_consent_too(
    house: LivingHouse, vera: Somebody
) -> None:
    await at_model(vera, "Улучшить", "Recraft Remove Background")
    for name in "ab":
        await send(vera, photo(name, media_group_id="5"))
    screen = await vera.tap(AGREE)
    assert "не больше 1" in screen.words
    assert await files_of(house, vera, "image") == ["a"]


async def test_a_file_for_a_draft_that_was_dropped_meanwhile_is_offered_models(
    house: LivingHouse, vera: Somebody
) -> None:
    await at_model(vera, "Картинки", "Nano Banana Edit")
    await send(vera, photo("cat"))
    question = vera.screen
    draft = await house.drafts.current(vera.id)
    assert draft is not None
    event = await house.wire.event(vera.message(text="dropped on another device"))
    await house.drafts.abandon(Step(event.id, house.epoch), vera.id, draft.id)
    screen = await vera.tap(AGREE, question)
    assert "Что с этим сделать?" in screen.words
    assert "Nano Banana Edit" in screen.buttons


async def test_an_album_without_a_state_is_offered_models_after_the_tap(
    house: LivingHouse, vera: Somebody
) -> None:
    for name in "ab":
        await send(vera, photo(name, media_group_id="9", caption=name))
    assert len(house.telegram.in_chat(vera.id)) == 1
    assert "Вы согласны" in vera.screen.words
    screen = await vera.tap(AGREE)
    assert "Файлов: 2" in screen.words
    await vera.tap("Seedream 4.5 Edit")
    assert await files_of(house, vera) == ["a", "b"]
    assert await prompt_of(house, vera) == "a\nb"


async def test_words_about_an_earlier_picture_wait_with_it(house: LivingHouse, vera: Somebody) -> None:
    about = {"message_id": 4, "date": 1, "chat": {"id": vera.id, "type": "private"}, **photo("old")}
    await send(vera, {"text": "сделай зиму", "reply_to_message": about})
    await vera.tap(AGREE)
    await vera.tap("Nano Banana Edit")
    assert await files_of(house, vera) == ["old"]
    assert await prompt_of(house, vera) == "сделай зиму"


FORGED = (
    Buy(stars=100),
    TransferSum(kopecks=50_000),
    Go(to=Target.SUBSCRIBE),
    FileOffer(key="nano-banana-edit", message=3),
    Agree(version="0", to=Onwards.STARS, about=100, draft=0),
    Agree(version="gone", to=Onwards.DRAFT, about=3, draft=1),
)


@pytest.mark.parametrize("forged", FORGED, ids=lambda it: it.pack())
async def test_no_forged_button_gets_past_the_question(
    house: LivingHouse, vera: Somebody, forged: Any
) -> None:
    await vera.say("/start")
    await house.wire.feed(vera.callback(forged.pack(), vera.screen))
    assert "Вы согласны" in vera.screen.words
    assert not await agreed(house, vera)
    assert await orders(house) == 0


@pytest.mark.parametrize("to", list(Onwards))
async def test_a_consent_for_nothing_that_can_go_on_is_recorded_and_answered(
    house: LivingHouse, vera: Somebody, to: Onwards
) -> None:
    await vera.say("/start")
    tap = Agree(version=house.consents.version, to=to, about=2**40, draft=2**40)
    await house.wire.feed(vera.callback(tap.pack(), vera.screen))
    assert await agreed(house, vera)
    assert house.telegram.refused == []


async def test_the_tap_told_again_makes_no_second_order_and_no_second_file(
    house: LivingHouse, vera: Somebody
) -> None:
    await at_model(vera, "Картинки", "Nano Banana Edit")
    await send(vera, photo("cat"))
    data = next(data for words, data in vera.screen.buttons.items() if AGREE in words)
    event = await house.wire.feed(vera.callback(data, vera.screen))
    await house.side.events.handle(event, house.epoch)
    assert await files_of(house, vera) == ["cat"]

    await vera.say("/start")
    invoice = Agree(version=house.consents.version, to=Onwards.STARS, about=100, draft=0)
    event = await house.wire.feed(vera.callback(invoice.pack(), vera.screen))
    await house.side.events.handle(event, house.epoch)
    assert len({it.payload for it in house.telegram.called(SendInvoice) if isinstance(it, SendInvoice)}) == 1


async def test_both_papers_have_commands_of_their_own_and_tell_only_what_is_so(
    house: LivingHouse, ivan: Somebody
) -> None:
    terms = await ivan.say("/terms")
    assert "ещё не опубликовал" in terms.words
    privacy = await ivan.say("/privacy")
    assert "KIE" in privacy.words
    assert "ещё не указал" in privacy.words, "no contact is configured here"
    assert "дней — 7" in privacy.words


def test_the_version_of_the_words_is_raised_with_them(house: LivingHouse) -> None:
    spoken = [house.side.texts.for_language(language) for language in ("ru", "en")]
    said = [
        words
        for it in spoken
        for words in (it("privacy", days=7, copy_days=30), *(it(key) for key in PAPERS))
    ]
    digest = blake2s("\n".join(said).encode(), digest_size=8).hexdigest()
    assert (words_in_force(None), digest) == ("2", "511fb70c94863334"), (
        "people agreed to other words: raise WORDS"
    )
