"""How fast the bot speaks, on a clock that the test owns."""

import asyncio
from datetime import UTC, datetime

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramRetryAfter
from aiogram.methods import SendMessage

from bot.middlewares.outgoing import BURST, LONGEST_WAIT, ChatPace, OutgoingMiddleware
from bot.pacing import Priority, UnsolicitedRate, in_a_hurry
from tests.unit.bot.fake_telegram import FakeTelegram


class Hands:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.at = 0.0
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return self.at

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.at, UTC)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)


def bot_over(telegram: FakeTelegram, hands: Hands, *, patience: float) -> Bot:
    session = telegram.session()
    session.middleware(OutgoingMiddleware(ChatPace(hands), patience=patience, sleep=hands.sleep))
    return Bot("1:x", session=session)


def flood(seconds: int) -> TelegramRetryAfter:
    return TelegramRetryAfter(method=SendMessage(chat_id=1, text="x"), message="Flood", retry_after=seconds)


async def test_unsolicited_sends_keep_the_rate() -> None:
    hands = Hands()
    rate = UnsolicitedRate(25, hands, hands.sleep)
    for _ in range(100):
        await rate.admit(Priority.NOTICE)
    assert hands.at == pytest.approx(3.0, abs=0.05), "25 at once, then 25 a second"


async def test_results_go_before_notices_whoever_came_first() -> None:
    hands = Hands()
    rate = UnsolicitedRate(1, hands, hands.sleep)
    await rate.admit(Priority.NOTICE)
    order: list[str] = []

    async def send(name: str, priority: Priority) -> None:
        await rate.admit(priority)
        order.append(name)

    await asyncio.gather(
        send("progress", Priority.PROGRESS),
        send("notice", Priority.NOTICE),
        send("result", Priority.RESULT),
        send("result after it", Priority.RESULT),
    )
    assert order == ["result", "result after it", "notice", "progress"]


async def test_progress_is_dropped_when_there_is_no_room() -> None:
    hands = Hands()
    rate = UnsolicitedRate(2, hands, hands.sleep)
    assert [rate.admit_now() for _ in range(3)] == [True, True, False]
    hands.at += 0.5
    assert rate.admit_now()


async def test_a_sender_that_was_cancelled_while_waiting_takes_no_turn() -> None:
    hands = Hands()
    rate = UnsolicitedRate(1, hands, hands.sleep)
    await rate.admit(Priority.RESULT)
    waiting = asyncio.create_task(rate.admit(Priority.RESULT))
    await asyncio.sleep(0)
    waiting.cancel()
    await rate.admit(Priority.NOTICE)
    assert hands.at == pytest.approx(1.0)


async def test_a_chat_is_spoken_to_quickly_at_first_and_once_a_second_then() -> None:
    hands, telegram = Hands(), FakeTelegram()
    bot = bot_over(telegram, hands, patience=5)
    for number in range(BURST + 3):
        await bot.send_message(7, str(number))
    assert hands.at == pytest.approx(3.0)
    await bot.send_message(8, "another chat waits for nobody")
    assert hands.at == pytest.approx(3.0)


async def test_a_busy_group_lets_nobody_wait_for_longer_than_a_handler_has() -> None:
    hands, telegram = Hands(), FakeTelegram()
    pace = ChatPace(hands)
    waits = [pace.take(-100) for _ in range(BURST + 40)]
    assert max(wait for wait in waits if wait <= LONGEST_WAIT) == pytest.approx(LONGEST_WAIT)
    assert sum(wait > LONGEST_WAIT for wait in waits) == 35, "who is refused adds nothing to the debt"
    bot = bot_over(telegram, hands, patience=5)
    outcomes = await asyncio.gather(
        *(bot.send_message(-100, str(number)) for number in range(BURST + 40)), return_exceptions=True
    )
    refused = [it for it in outcomes if isinstance(it, TelegramRetryAfter)]
    assert len(telegram.in_chat(-100)) == len(outcomes) - len(refused) > BURST
    assert {it.retry_after for it in refused} <= {16, 17, 18}


@pytest.mark.proves("F94")
async def test_an_answer_waits_as_long_as_telegram_says_and_is_not_lost() -> None:
    hands, telegram = Hands(), FakeTelegram()
    bot = bot_over(telegram, hands, patience=5)
    telegram.trouble(SendMessage, flood(2), flood(1))
    await bot.send_message(7, "hello")
    assert hands.slept == [2, 1]
    assert [it.words for it in telegram.in_chat(7)] == ["hello"]


@pytest.mark.proves("F94")
@pytest.mark.parametrize(("patience", "waits"), [(5, [3]), (0, [])])
async def test_what_would_take_too_long_is_the_callers(patience: float, waits: list[float]) -> None:
    hands, telegram = Hands(), FakeTelegram()
    bot = bot_over(telegram, hands, patience=patience)
    telegram.trouble(SendMessage, flood(3), flood(3))
    with pytest.raises(TelegramRetryAfter):
        await bot.send_message(7, "hello")
    assert hands.slept == waits


async def test_what_an_ended_process_left_behind_waits_for_no_turn_and_takes_it_all_the_same() -> None:
    hands, telegram = Hands(), FakeTelegram()
    bot = bot_over(telegram, hands, patience=5)

    async def hurry() -> None:
        in_a_hurry.set(True)
        for _ in range(BURST + 3):
            await bot.send_message(1, "x")

    await asyncio.create_task(hurry())
    assert hands.slept == []
    await bot.send_message(1, "x")
    assert hands.slept == [pytest.approx(4.0)]
