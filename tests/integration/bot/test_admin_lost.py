"""The staff's screens of lost work: what died, somebody's generation, money back for everything that is stuck."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.admin import Role
from app.generation import Generation
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.staffed import Workroom, owner
from tests.integration.bot.test_admin import member, rows
from tests.integration.bot.test_every_button import misread
from tests.integration.bot.test_journey import to_card
from tests.unit.bot.people import Somebody

LONG_PROMPT = "кот в сапогах " * 30


async def execute(house: LivingHouse, statement: str, **values: object) -> None:
    async with house.database.unfenced_unit_of_work() as session:
        await session.execute(text(statement), values)


async def ordered(house: LivingHouse, person: Somebody, prompt: str = "кот в сапогах") -> Generation:
    """A picture on its way."""
    await to_card(person, prompt)
    await person.tap("Создать за")
    (made,) = await house.generations.history(person.id, limit=1)
    return made


async def stuck(house: LivingHouse, person: Somebody) -> Generation:
    """The same, for twenty minutes."""
    made = await ordered(house, person)
    await execute(house, "UPDATE generation SET created_at = created_at - interval '20 minutes'")
    return made


async def die(house: LivingHouse, generation_id: int, *jobs: str) -> None:
    """Jobs of this generation failed for good, the last one last."""
    for job in jobs:
        await execute(
            house,
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status, attempts)"
            " VALUES ('default', :job, jsonb_build_object('id', CAST(:id AS bigint)), 'failed', 5)",
            job=job,
            id=generation_id,
        )
    await execute(
        house,
        "INSERT INTO job_death (job_id, error, died_at)"
        " SELECT id, 'TelegramNetworkError', now() - interval '1 day' + id * interval '1 minute'"
        " FROM procrastinate_jobs WHERE status = 'failed'",
    )


async def failed_jobs(house: LivingHouse) -> int:
    async with house.database.snapshot() as session:
        found = await session.execute(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"))
        return int(found.scalar_one())


async def test_dead_work_is_listed_with_whose_it_is_and_tried_again_for_a_reason(
    house: LivingHouse, ivan: Somebody
) -> None:
    made = await ordered(house, ivan)
    await die(house, made.id, "generation.tell", "generation.deliver", "generation.deliver")
    boss = await owner(house)
    await boss.say("/admin")
    screen = await boss.tap("Брошено: 3")
    assert f"доставка результата · работа № {made.id}" in screen.words
    assert "попыток: 5" in screen.words
    assert "отказал кто-то снаружи" in screen.words
    shown = [replace(screen)]
    card = await boss.tap("№", screen)
    shown.append(replace(card))
    assert "TelegramNetworkError" in card.words
    again = replace(card)
    question = await boss.tap("🔁 Повторить")
    assert "Напишите, почему" in question.words
    assert "Повторяем: 1" in (await boss.say("починили")).words
    assert await failed_jobs(house) == 2
    await boss.tap("🔁 Повторить", again)
    assert boss.toast == "Нельзя: роль не позволяет, или этого уже нет"
    await boss.say("/admin")
    await boss.tap("Брошено: 2")
    await boss.tap("№")
    await boss.tap("все такие")
    assert "Повторяем: 1" in (await boss.say("починили всё")).words
    acts = [it for it in await rows(house) if it[0] == "work_replayed"]
    assert [it[3] for it in acts] == ["починили", "починили всё"]
    assert list(misread([it for it in shown if "TelegramNetworkError" not in it.words], "ru")) == []


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.READ_ONLY])
async def test_who_may_only_look_sees_the_cards_and_no_button_that_acts(
    house: LivingHouse, ivan: Somebody, role: Role
) -> None:
    made = await ordered(house, ivan)
    await die(house, made.id, "generation.check")
    helper = await member(house, role)
    overview = await helper.say("/admin")
    assert not any("Общий возврат" in it for it in overview.buttons)
    await helper.tap("Брошено: 1")
    card = await helper.tap("№")
    assert not any("Повторить" in it for it in card.buttons)
    generation = await helper.tap(f"Работа № {made.id}")
    assert "ждёт очереди" in generation.words
    assert not any("Повторить" in it or "Вернуть" in it for it in generation.buttons)
    for forged in (f"adz:job:{1}:one", f"adk:{made.id}:retry", f"adg:{made.id}", "adh:1"):
        await house.wire.feed(helper.callback(forged, generation))
        assert helper.toast == "Нельзя: роль не позволяет, или этого уже нет", forged


async def test_a_generation_is_found_by_its_number_and_shows_everything_but_the_whole_prompt(
    house: LivingHouse, ivan: Somebody
) -> None:
    made = await ordered(house, ivan, LONG_PROMPT)
    await execute(
        house,
        "UPDATE generation SET state = 'submitted', submitting_at = now(), submitted_at = now(),"
        " kie_task_id = 'task-17', cost_credits = 0.8",
    )
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Найти человека")
    assert "Такой работы нет" in (await boss.say("№ 999999")).words
    card = await boss.say(f"№ {made.id}")
    assert "принята поставщиком" in card.words
    assert "task-17" in card.words
    assert "кредитов: 0.8" in card.words
    assert "Отложено на работу" in card.words
    assert ivan.first_name in card.words
    assert "кот в сапогах кот в сапогах" in card.words
    assert LONG_PROMPT.strip() not in card.words
    await boss.tap("Повторить шаг")
    assert "Сделано" in (await boss.say("ждёт давно")).words
    async with house.database.snapshot() as session:
        due = await session.execute(text("SELECT next_check_at <= clock_timestamp() FROM generation"))
        assert due.scalar_one()
    assert ("generation_retried", boss.id, f"generation:{made.id}", "ждёт давно") in await rows(house)


async def test_what_is_stuck_is_counted_agreed_to_and_given_back_and_both_sides_are_told(
    house: LivingHouse, ivan: Somebody
) -> None:
    made = await stuck(house, ivan)
    boss, room = await owner(house), Workroom(house)
    await boss.say("/admin")
    assert "работ 1, людей 1" in (await boss.tap("Общий возврат")).words
    assert "работ 1, людей 1" in (await boss.tap("6 ч")).words
    await boss.tap("Другой срок")
    for wrong in ("полдня", "0", "1,5", "721"):
        assert "целое число часов" in (await boss.say(wrong)).words, wrong
    assert "работ 1, людей 1" in (await boss.say("3")).words
    card = await boss.say("поставщик лежал")
    label = next(it for it in card.buttons if "Вернуть" in it)
    assert label.endswith("за 1")
    agreed = replace(card)
    assert (await house.balances.of(ivan.id)).held == made.price
    assert "Идёт: 0 из 1" in (await boss.tap("Вернуть")).words
    await boss.tap("Вернуть", agreed)
    assert boss.toast == "Это уже сделано или изменилось: ничего не произошло"
    run = await house.desks.refund_all.latest()
    assert run is not None
    await house.desks.refund_runner.run(house.epoch, run.id)
    assert (await house.balances.of(ivan.id)).held == 0
    await room.work()
    assert "Общий возврат закончен" in boss.screen.words
    await boss.say("/admin")
    await boss.tap("Общий возврат")
    assert "Возвращать нечего" in boss.screen.words
    assert "Решено: 1 из 1" in (await boss.tap("Последний возврат")).words


async def test_numbers_that_changed_before_the_tap_do_nothing_and_are_shown(
    house: LivingHouse, ivan: Somebody
) -> None:
    made = await stuck(house, ivan)
    boss = await owner(house)
    await boss.say("/admin")
    await boss.tap("Общий возврат")
    await boss.say("поставщик лежал")
    await execute(house, "UPDATE generation SET created_at = now() WHERE id = :id", id=made.id)
    assert "ничего не сделано" in (await boss.tap("Вернуть")).words
    assert await house.desks.refund_all.latest() is None
    assert await rows(house) == []


async def test_a_resting_model_says_so_on_its_card_and_shelf_and_offers_another_one(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    card = await ivan.tap("Z-Image")
    assert "отдыхает" not in card.words
    await ordered(house, ivan)
    (made,) = await house.generations.history(ivan.id, limit=1)
    spec = house.catalogue.get(made.model_key)
    await break_model(house, made)
    await ivan.say("/start")
    shelf = await ivan.tap("Картинки")
    assert shelf.words.count("Отдыхает до") == 1
    card = await ivan.tap("Z-Image")
    assert "Модель сейчас отдыхает" in card.words
    others = [it.name for it in house.catalogue.models if it.task == spec.task and it.key != spec.key]
    instead = next(label for label in card.buttons if label in others)
    assert "отдыхает" not in (await ivan.tap(instead)).words
    assert house.telegram.refused == []


@pytest.mark.parametrize(
    "way", [("/menu", "Лучшие модели"), ("/search z-image",), ("/favorites", "Недавние"), ("/favorites",)]
)
async def test_a_resting_model_is_marked_in_every_list(
    house: LivingHouse, ivan: Somebody, way: tuple[str, ...]
) -> None:
    await ordered(house, ivan)
    (made,) = await house.generations.history(ivan.id, limit=1)
    await ivan.say("/menu")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    await ivan.tap("В избранное")
    await break_model(house, made)
    command, *taps = way
    shown = await ivan.say(command)
    for label in taps:
        shown = await ivan.tap(label)
    assert "Z-Image" in shown.buttons
    assert shown.words.count("Отдыхает до") == 1


async def break_model(house: LivingHouse, made: Generation) -> None:
    """Five failures of its model in a row, of one person."""
    await execute(
        house,
        "INSERT INTO draft (user_id, model_key, inputs, state, revision)"
        " SELECT user_id, model_key, inputs, 'submitted', revision"
        " FROM draft, generate_series(1, 5) WHERE id = :draft",
        draft=made.draft_id,
    )
    await execute(
        house,
        "INSERT INTO generation (user_id, chat_id, draft_id, language, model_key, model_id, produces, inputs, request,"
        " quote_id, price_kopecks, credits, usd_rub, markup, state, failure, epoch)"
        " SELECT g.user_id, g.chat_id, d.id, g.language, g.model_key, g.model_id, g.produces, g.inputs, g.request,"
        " g.quote_id, g.price_kopecks, g.credits, g.usd_rub, g.markup, 'failed', 'provider_down', g.epoch"
        " FROM generation g, draft d WHERE g.id = :made AND d.id > g.draft_id AND d.state = 'submitted'",
        made=made.id,
    )


async def test_a_refused_account_is_said_on_the_shelf_the_card_and_before_the_price(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    await execute(house, "INSERT INTO kie_refusal (id, code) VALUES (1, 401)")
    assert "мы ничего не создаём" in (await ivan.tap("Картинки")).words
    assert "мы ничего не создаём" in (await ivan.tap("Z-Image")).words
    await ivan.tap("Создать")
    card = await ivan.say("кот")
    assert "Деньги не отложены" in card.words
    assert not any("Создать за" in it for it in card.buttons)
    assert (await house.balances.of(ivan.id)).held == 0
    await execute(house, "DELETE FROM kie_refusal")
    assert any("Создать за" in it for it in (await ivan.tap("Проверить ещё раз")).buttons)
