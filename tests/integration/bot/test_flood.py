"""A flood of one person gets one answer in words, delays nobody, and never costs a payment."""

from aiogram.methods import SendMessage

from app.money import Kopecks
from bot.callbacks import Go, Target
from bot.flood import MOST_A_MINUTE
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_top_up import last_invoice, paid
from tests.unit.bot.people import Somebody


async def flood(house: LivingHouse, person: Somebody) -> None:
    """As many taps in seconds as a chat takes in a minute."""
    await person.say("/start")
    house.wire.pause = 0.01
    for _ in range(MOST_A_MINUTE - 1):
        await house.wire.feed(person.callback(Go(to=Target.HELP).pack(), person.screen))


def said(house: LivingHouse, words: str) -> int:
    """How many messages were sent with these words."""
    sent = [it for it in house.telegram.called(SendMessage) if isinstance(it, SendMessage)]
    return sum(words in it.text for it in sent)


async def test_a_flood_of_messages_gets_one_answer_and_silence(house: LivingHouse, ivan: Somebody) -> None:
    await flood(house, ivan)
    before = len(house.telegram.called(SendMessage))
    for number in range(20):
        await ivan.say(f"кот {number}")
    assert len(house.telegram.called(SendMessage)) == before + 1
    assert said(house, "Слишком быстро") == 1


async def test_every_tap_of_a_flood_is_answered_shortly_and_nothing_is_drawn(
    house: LivingHouse, ivan: Somebody
) -> None:
    await flood(house, ivan)
    screen = ivan.screen
    for number in range(5):
        await house.wire.feed(ivan.callback(Go(to=Target.MENU).pack(), screen))
        assert ivan.toast is not None
        assert ("Слишком быстро" in ivan.toast, ivan.screen) == (True, screen), number


async def test_the_flood_of_one_is_nothing_to_another_and_ends_with_a_pause(
    house: LivingHouse, ivan: Somebody
) -> None:
    await flood(house, ivan)
    await ivan.say("кот")
    olga = Somebody(house.wire, id=777, first_name="Ольга")
    assert "Ольга" in (await olga.say("/start")).words
    house.wire.pause = 70.0
    assert "Иван" in (await ivan.say("/start")).words


async def test_a_payment_in_the_middle_of_a_flood_is_credited(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/balance")
    await ivan.tap("Пополнить")
    await ivan.tap("100\u00a0₽")
    invoice = last_invoice(house)
    await flood(house, ivan)
    await ivan.say("кот")
    await house.wire.feed(paid(ivan, invoice))
    assert (await house.balances.of(ivan.id)).cash == Kopecks(10_000)
