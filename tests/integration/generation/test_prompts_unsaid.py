"""A prompt stands where it belongs, and in no line of the log, no dead letter and no alert."""

import json
import logging

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.catalogue import Inputs
from app.generation import (
    FailureClass,
    Generation,
    RefusedError,
    State,
    Submitted,
    TaskReport,
    TaskState,
    TryLaterError,
)
from app.observability import LineFormatter, Mask, trace_of
from tests.integration.generation.world import World

CANARY = "canary of cats"
INPUTS: Inputs = {"prompt": CANARY, "duration": "5"}
FAILED = TaskReport(TaskState.FAIL, failure=FailureClass.CONTENT_POLICY, fail_message=f"refused: {CANARY}")


async def wished(world: World) -> Generation:
    """A tap on the price of a clip with the prompt."""
    draft = await world.draft(7, inputs=INPUTS)
    outcome = await world.submit(await world.confirmation(draft))
    assert isinstance(outcome, Submitted)
    return outcome.generation


@pytest.mark.proves("S9")
async def test_whatever_becomes_of_a_generation_its_prompt_is_not_logged(
    quick_world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world = quick_world
    await world.person()
    with caplog.at_level(logging.INFO):
        for refusal in (
            TryLaterError(0.01),
            RefusedError(FailureClass.CONTENT_POLICY, f"{CANARY} is not wanted"),
            RefusedError(FailureClass.BAD_INPUT, CANARY),
        ):
            world.provider.refusals.append(refusal)
        async with world.working():
            refused = [await wished(world) for _ in range(3)]
            for generation in refused:
                await world.reach_state(generation, State.FAILED, State.SUBMITTED, State.RUNNING)
            generation = await wished(world)
            current = await world.reach_state(generation, State.SUBMITTED, State.RUNNING)
            assert current.task_id is not None
            world.provider.report(current.task_id, FAILED)
            await world.reach_state(generation, State.FAILED)
            made = await wished(world)
            current = await world.reach_state(made, State.SUBMITTED, State.RUNNING)
            assert current.task_id is not None
            world.provider.succeed(current.task_id)
            await world.reach_state(made, State.DELIVERED)
        await world.callback(made, CANARY)
    assert any(CANARY in str(it.inputs) for it in world.provider.creations)
    lines = [LineFormatter("json", Mask()).format(record) for record in caplog.records]
    assert len(lines) > 5
    assert [line for line in lines if "canary" in line] == []
    assert [record for record in caplog.records if "canary" in json.dumps(record.__dict__, default=str)] == []
    for rows in ("SELECT count(*) FROM inbox WHERE error LIKE '%canary%'", ALERTED):
        assert await world.count(rows) == 0


ALERTED = "SELECT count(*) FROM operator_alert WHERE detail LIKE '%canary%'"


@pytest.mark.proves("S9")
async def test_what_the_database_refuses_is_not_quoted(world: World) -> None:
    insert = text("INSERT INTO budget (user_id, period, limit_kopecks) VALUES (:user_id, :said, 1)")
    await world.person()
    with pytest.raises(IntegrityError) as caught:
        async with world.database.unit_of_work(world.epoch) as session:
            await session.execute(insert, {"user_id": 7, "said": CANARY})
    trace = trace_of(caught.value)
    assert "budget" in trace
    assert "canary" not in trace
