"""Two and four variants: on the card, under a result, while they are made."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import Modality
from app.generation import Generation, State
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.examples import stored
from tests.unit.bot.people import Somebody


async def of(house: LivingHouse, person: Somebody) -> list[Generation]:
    """What the person bought."""
    return sorted(await house.generations.history(person.id), key=lambda it: it.id)


def prices(person: Somebody) -> list[str]:
    """What the buttons of the newest message say that name a price."""
    plain = (words.replace("\N{NO-BREAK SPACE}", " ") for words in person.screen.buttons)
    return [words for words in plain if "₽" in words]


async def test_the_card_says_what_two_and_four_cost_and_four_are_held_and_cancelled_with_one_tap_each(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    assert prices(ivan) == ["✅ Создать за 0,64 ₽", "×2 за 1,28 ₽", "×4 за 2,56 ₽"]
    before = await house.balances.of(ivan.id)
    screen = await ivan.tap("×4 за")
    assert "Готово: 0 из 4" in screen.words
    made = await of(house, ivan)
    assert [(it.variant, it.state) for it in made] == [(number, State.HELD) for number in (1, 2, 3, 4)]
    assert (await house.balances.of(ivan.id)).held == 256
    screen = await ivan.tap("Отменить")
    assert "Вернули 2,56" in screen.words
    assert await house.balances.of(ivan.id) == before
    assert {it.state for it in await of(house, ivan)} == {State.CANCELLED}
    assert house.telegram.refused == []


@pytest.mark.proves("F20")
async def test_a_second_tap_and_the_other_prices_of_a_card_that_was_used_buy_nothing_more(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    card = ivan.screen
    taps = [data for words, data in card.buttons.items() if "₽" in words]
    for data in (taps[1], taps[1], taps[0], taps[2]):
        await house.wire.feed(ivan.callback(data, card))
    assert len(await of(house, ivan)) == 2
    assert (await house.balances.of(ivan.id)).held == 128


async def test_a_card_whose_draft_was_changed_since_sells_no_variants(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    card = ivan.screen
    old = next(data for words, data in card.buttons.items() if "×4" in words)
    await ivan.say("пёс в сапогах")
    await house.wire.feed(ivan.callback(old, card))
    assert await of(house, ivan) == []


async def test_some_that_are_on_their_way_already_stay_and_the_person_is_told_so(
    house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan)
    await ivan.tap("×2 за")
    first, _ = await of(house, ivan)
    async with house.database.unit_of_work(house.epoch) as session:
        connection = await session.connection()
        await connection.exec_driver_sql(
            f"UPDATE generation SET state = 'submitted', submitting_at = now() WHERE id = {first.id}"
        )
    await ivan.tap("Отменить")
    assert ivan.toast is not None
    assert "Отменено 1 из 2" in ivan.toast
    assert (await house.balances.of(ivan.id)).held == 64


@pytest.mark.parametrize(("button", "times", "total"), [("×2", 2, "1,28"), ("×4", 4, "2,56")])
async def test_a_result_leads_to_the_card_of_more_of_the_same(
    house: LivingHouse, ivan: Somebody, tmp_path: Path, button: str, times: int, total: str
) -> None:
    await to_card(ivan)
    await ivan.tap("₽")
    await ivan.tap("Отменить")
    (made,) = await of(house, ivan)
    shown = replace(made, state=State.CAPTURED, results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    await house.side.notifier.deliver(shown)
    screen = await ivan.tap(button)
    assert "кот в сапогах" in screen.words
    assert f"{times} × 0,64" in screen.words
    assert prices(ivan)[0] == f"✅ Создать {times} за {total} ₽"
    await ivan.tap("✅ Создать")
    assert len(await of(house, ivan)) == 1 + times
    assert (await house.balances.of(ivan.id)).held == 64 * times
