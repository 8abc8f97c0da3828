"""Inputs that the catalogue refuses are refused at the tap on the price, too: nothing is held, nothing is made."""

import json
from pathlib import Path

import pytest

from app.catalogue import load_catalogue
from app.db import Database, Epoch
from app.generation import Stale, Submitted
from tests.fixtures.refused import GOES_ON, GOOD, REFUSED, WHOLE, made_up_models
from tests.integration.generation.world import World, make_world


async def traces(world: World) -> list[int]:
    """How much was written of money, of work and of things to do."""
    tables = ("generation", "ledger_transfer", "ledger_entry", "procrastinate_jobs")
    return [await world.count(f"SELECT count(*) FROM {table}") for table in tables]


@pytest.mark.proves("F63")
async def test_no_kind_of_wrong_input_is_held_for_even_with_a_live_quote(
    database_url: str, database: Database, epoch: Epoch, tmp_path: Path
) -> None:
    world = make_world(database_url, database, epoch, catalogue=load_catalogue(made_up_models(tmp_path)))
    await world.person()
    before = await traces(world)
    for refused in REFUSED:
        if refused.model == GOES_ON:
            continue  # what goes on from an earlier result needs one of the person's own
        draft = await world.draft(7, refused.model, GOOD[refused.model])
        confirmation = await world.confirmation(draft)
        # The quote lives and the revision is the one on the card; only the inputs are not what they were.
        statement = "UPDATE draft SET inputs = CAST(:inputs AS jsonb), asking = NULL WHERE id = :id"
        await world.execute(statement, inputs=json.dumps(refused.inputs), id=draft.id)
        assert await world.service.card(world.epoch, 7, draft.id) is None, refused.why
        assert await world.submit(confirmation) == Stale(None), refused.why
    assert await traces(world) == before
    assert (await world.balance()).held == 0
    assert await world.findings() == []


async def test_the_good_neighbours_of_the_wrong_inputs_are_held_for(
    database_url: str, database: Database, epoch: Epoch, tmp_path: Path
) -> None:
    world = make_world(database_url, database, epoch, catalogue=load_catalogue(made_up_models(tmp_path)))
    await world.person()
    draft = await world.draft(7, WHOLE, GOOD[WHOLE])
    assert isinstance(await world.submit(await world.confirmation(draft)), Submitted)
    assert (await world.balance()).held > 0
