"""The file with everything that is kept of a person."""

import asyncio
import json

import pytest

from app.privacy import PERSONAL
from tests.integration.privacy.conftest import SECRET, Doorway

NOT_THERE_YET = frozenset({"deletions", "came_by_a_link"})


async def document(doorway: Doorway) -> dict[str, list[dict[str, object]]]:
    world = doorway.shop.world
    assert (await doorway.privacy.ask_export(await world.next_step(), 7)).is_new
    await doorway.exporter.export(world.epoch, await world.count("SELECT id FROM data_export"))
    ((_, name, content),) = doorway.news.files
    assert name == "data-7.json"
    found: dict[str, list[dict[str, object]]] = json.loads(content)
    return found


@pytest.mark.proves("S13")
async def test_every_table_that_knows_the_person_stands_in_the_file_and_nobody_elses_rows(
    doorway: Doorway,
) -> None:
    found = await document(doorway)

    sections = {rule.section for rule in PERSONAL if rule.section}
    assert set(found) == {"about", *sections}
    assert {it for it in sections if not found[it]} == NOT_THERE_YET
    for rule in PERSONAL:
        if rule.section:
            assert not any(set(rule.hidden) & set(row) for row in found[rule.section])
    assert "of another" not in json.dumps(found)


@pytest.mark.proves("S13")
async def test_prompts_prices_and_money_are_in_the_file(doorway: Doorway) -> None:
    found = await document(doorway)

    assert [row["first_name"] for row in found["profile"]] == [f"Anna {SECRET}"]
    assert {row["inputs"]["prompt"] for row in found["generations"]} == {SECRET}  # type: ignore[index]
    balance = await doorway.balance()
    assert {row["bucket"]: row["posted"] for row in found["balance"]} == {
        "cash": balance.cash,
        "bonus": balance.bonus,
        "debt": balance.debt,
    }
    assert await doorway.shop.world.count("SELECT count(*) FROM ledger_transfer WHERE user_id = 7") == len(
        found["statement"]
    )


@pytest.mark.proves("S13")
async def test_one_file_a_day_however_often_it_is_asked_for(doorway: Doorway) -> None:
    world = doorway.shop.world
    steps = [await world.next_step() for _ in range(5)]
    wishes = await asyncio.gather(*(doorway.privacy.ask_export(step, 7) for step in steps))
    assert sum(it.is_new for it in wishes) == 1
    again = [await doorway.privacy.ask_export(step, 7) for step in steps]
    assert [it.is_new for it in again] == [it.is_new for it in wishes], "a replay is answered as before"

    export = await world.count("SELECT id FROM data_export")
    for _ in range(2):
        await doorway.exporter.export(world.epoch, export)
    assert len(doorway.news.files) == 1
    assert await world.count("SELECT count(*) FROM action_log WHERE action = 'data_exported'") == 1

    await world.execute("UPDATE data_export SET asked_at = asked_at - interval '25 hours'")
    assert (await doorway.privacy.ask_export(await world.next_step(), 7)).is_new
