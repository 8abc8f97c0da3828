"""A better prompt on the screens: asked for, shown before and after, taken, and undone."""

from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

import pytest
from aiogram.methods import EditMessageText
from sqlalchemy import text

from app.generation import (
    FailureClass,
    ImprovementMoney,
    Improver,
    RefusedError,
    TextAnswer,
    TryLaterError,
)
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.offers import Rates
from bot.callbacks import ModelTap
from tests.fakes.writer import FakeWriter
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import owner
from tests.unit.bot.house import WELCOME
from tests.unit.bot.people import Somebody

OWN = "кот <в> сапогах"
BETTER = "рыжий кот в <сапогах>, мягкий свет"
PRICE = Kopecks(150)


@dataclass
class Study:
    """The jobs of improvements over a house."""

    house: LivingHouse
    writer: FakeWriter = field(
        default_factory=lambda: FakeWriter(TextAnswer(BETTER, credits=Decimal("0.1")), deque())
    )

    @property
    def improver(self) -> Improver:
        house = self.house
        money, news = ImprovementMoney(Ledger(), Corrections()), house.side.improvement_news
        return Improver(house.database, house.catalogue, house.drafts, money, self.writer, news, JobQueue())

    async def work(self) -> None:
        """Runs the job of the newest improvement."""
        async with self.house.database.snapshot() as session:
            newest = (await session.execute(text("SELECT max(id) FROM improvement"))).scalar_one()
        await self.improver.improve(self.house.epoch, newest)

    async def cost(self, price: Kopecks) -> None:
        """From now on one costs this."""
        async with self.house.database.unit_of_work(self.house.epoch) as session:
            await self.house.rates.lock(session)
            rates = Rates(Decimal(79), Decimal(2), improvement=price)
            await self.house.rates.put(session, rates)


@pytest.fixture
def study(house: LivingHouse) -> Study:
    """Its provider writes one and the same."""
    return Study(house)


async def to_card(person: Somebody, prompt: str) -> None:
    """To the confirm card of a picture."""
    menu = await person.say("/start")
    await person.wire.feed(person.callback(ModelTap(key="z-image").pack(), menu))
    await person.say(prompt)


async def prompt_of(house: LivingHouse, person: Somebody) -> object:
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return draft.inputs["prompt"]


async def test_before_and_after_stand_on_one_screen_and_the_new_text_can_be_undone(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    card = ivan.screen
    working = await ivan.tap("Улучшить описание")
    assert "Улучшаю" in working.words
    assert OWN in working.words
    await study.work()
    shown = ivan.screen
    assert shown.message_id == card.message_id, "one message is edited in place"
    assert shown.words.index(OWN) < shown.words.index(BETTER)
    assert await prompt_of(house, ivan) == OWN
    taken = await ivan.tap("Взять новое")
    assert await prompt_of(house, ivan) == BETTER
    assert BETTER in taken.words
    assert any("Создать за" in words for words in taken.buttons)
    own = await ivan.tap("Вернуть моё")
    assert await prompt_of(house, ivan) == OWN
    assert not any("Вернуть моё" in words for words in own.buttons)
    assert house.telegram.refused == []
    assert (await house.balances.of(ivan.id)).free == WELCOME


async def test_keeping_ones_own_changes_nothing_and_once_more_is_another_version(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    await study.work()
    study.writer.answer = TextAnswer("кот-мушкетёр", credits=Decimal("0.1"))
    await ivan.tap("Ещё вариант")
    await study.work()
    assert "кот-мушкетёр" in ivan.screen.words
    card = await ivan.tap("Оставить моё")
    assert ivan.toast == "Ваше описание осталось"
    assert await prompt_of(house, ivan) == OWN
    assert any("Создать за" in words for words in card.buttons)


async def test_an_answer_that_is_quicker_than_the_drawing_is_drawn_over_it(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    house.telegram.meanwhile[EditMessageText] = study.work
    shown = await ivan.tap("Улучшить описание")
    assert BETTER in shown.words


async def test_two_taps_are_one_call(study: Study, house: LivingHouse, ivan: Somebody) -> None:
    await to_card(ivan, OWN)
    card = ivan.screen
    data = next(data for words, data in card.buttons.items() if "Улучшить" in words)
    for _ in range(2):
        await ivan.wire.feed(ivan.callback(data, card))
    await study.work()
    await ivan.wire.feed(ivan.callback(data, card))
    assert BETTER in ivan.screen.words
    assert len(study.writer.asked) == 1


async def test_who_has_gone_elsewhere_is_not_disturbed_and_finds_it_later(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    menu = await ivan.say("/menu")
    await study.work()
    assert ivan.screen.words == menu.words
    draft = await house.drafts.current(ivan.id)
    assert draft is not None
    resume = f"draft:{draft.id}:{draft.revision}:resume"
    await ivan.wire.feed(ivan.callback(resume, ivan.screen))
    assert BETTER in (await ivan.tap("Улучшить описание")).words
    assert len(study.writer.asked) == 1


async def test_whether_it_is_ready_can_be_asked_and_the_card_is_a_tap_away(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    await ivan.tap("Готово?")
    assert ivan.toast is not None
    card = await ivan.tap("К заказу")
    assert any("Создать за" in words for words in card.buttons)
    await study.work()
    assert ivan.screen.words == card.words


async def test_typing_other_words_meanwhile_drops_the_answer_with_words(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    card = await ivan.say("пёс в шляпе")
    assert "отброшен" in card.words
    await study.work()
    assert study.writer.asked == []
    assert await prompt_of(house, ivan) == "пёс в шляпе"
    assert ivan.screen.words == card.words


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (TryLaterError(1.0), "Улучшить не получилось"),
        (RefusedError(FailureClass.CONTENT_POLICY), "другими словами"),
    ],
)
async def test_a_failure_is_said_kindly_and_can_be_tried_again(
    study: Study, ivan: Somebody, trouble: Exception, said: str
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    study.writer.refusals.append(trouble)
    await study.work()
    assert said in ivan.screen.words
    assert "Ничего не списано" in ivan.screen.words
    await ivan.tap("Ещё вариант")
    await study.work()
    assert BETTER in ivan.screen.words


async def test_a_price_stands_on_the_button_is_taken_once_and_has_its_line(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await study.cost(PRICE)
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить за 1,50")
    assert (await house.balances.of(ivan.id)).free == WELCOME - PRICE
    await study.work()
    assert any("Ещё вариант за 1,50" in words for words in ivan.screen.buttons)
    assert (await house.balances.of(ivan.id)).free == WELCOME - PRICE
    await ivan.say("/balance")
    statement = await ivan.tap("Операции")
    assert "Отложено на улучшение описания" in statement.words
    assert "Улучшено описание" in statement.words


async def test_a_price_that_changed_is_shown_before_it_is_taken(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await study.cost(PRICE)
    card = await ivan.tap("Улучшить описание")
    assert any("за 1,50" in words for words in card.buttons)
    assert (await house.balances.of(ivan.id)).free == WELCOME


async def test_the_day_has_its_limit_and_says_when_it_begins_anew(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    await ivan.tap("Улучшить описание")
    await study.work()
    async with house.database.unfenced_unit_of_work() as session:
        for _ in range(10):
            await session.execute(
                text(
                    "INSERT INTO improvement (user_id, chat_id, draft_id, revision, language, model_key, parameter,"
                    " original, improved, state, price_kopecks, credits, usd_rub, epoch)"
                    " SELECT user_id, chat_id, draft_id, revision, language, model_key, parameter, 'other', 'x',"
                    " 'ready', 0, 0, 79, 0 FROM improvement LIMIT 1"
                )
            )
    card = await ivan.tap("Ещё вариант")
    assert ivan.toast is not None
    assert "на сегодня закончились" in ivan.toast
    assert any("Создать за" in words for words in card.buttons)


async def test_a_typed_prompt_can_be_improved_where_it_is_asked_for_again(
    study: Study, house: LivingHouse, ivan: Somebody
) -> None:
    await to_card(ivan, OWN)
    assert not any("Улучшить" in words for words in (await ivan.tap("Назад")).buttons), "no text yet"
    await ivan.say(OWN)
    assert any("Улучшить" in words for words in ivan.screen.buttons)


async def test_an_owner_sets_the_price_and_takes_it_back_to_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Курсы")
    await boss.tap("Улучшение описания")
    assert "1,50" in (await boss.say("1,50 расходы")).words or "1.5" in boss.screen.words
    await to_card(ivan, OWN)
    assert any("за 1,50" in words for words in ivan.screen.buttons)
    await boss.tap("Улучшение описания")
    await boss.say("0 подарок")
    await boss.tap("Доллар")
    assert "Нужно число" in (await boss.say("0 подарок")).words
    await ivan.say("/start")
    await to_card(ivan, OWN)
    assert any(words == "✨ Улучшить описание" for words in ivan.screen.buttons)
