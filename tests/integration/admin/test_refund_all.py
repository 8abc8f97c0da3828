"""Money back for everything that is stuck: counted first, agreed to with its numbers, done once, gone on with."""

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import text

from app.admin import (
    Action,
    Forecast,
    NotAllowedError,
    OwnersOnlyError,
    RefundAllDesk,
    RefundRun,
    Role,
)
from app.catalogue import validate_inputs
from app.db import Database, Epoch
from app.generation import Confirmation, Submitted
from app.money import Kopecks
from app.tools.buttons.answers import plain_inputs
from app.users import User
from tests.integration.users.steps import NextStep
from tests.unit.bot.house import OWNERS, House

WHY = "the provider was down"
PLENTY = Kopecks(10_000_000)


async def execute(database: Database, statement: str) -> None:
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text(statement))


async def stuck(
    house: House, database: Database, epoch: Epoch, next_step: NextStep, *owners: int
) -> list[int]:
    """One generation of each, on its way for an hour; their ids."""
    spec = next(
        it for it in house.catalogue.models if not it.free and not validate_inputs(it, plain_inputs(it))
    )
    made = []
    for owner in owners:
        async with database.unit_of_work(epoch) as session:
            await house.ledger.credit(
                session, user_id=owner, amount=PLENTY, source="payments:stars", key=f"given:{owner}"
            )
        draft = await house.drafts.open(await next_step(), owner, spec.key, plain_inputs(spec))
        card = await house.generations.card(epoch, owner, draft.id)
        assert card is not None
        wish = Confirmation(owner, draft.id, draft.revision, card.quote.id, owner, None)
        outcome = await house.generations.submit(await next_step(), wish)
        assert isinstance(outcome, Submitted), outcome
        made.append(outcome.generation.id)
    await execute(database, "UPDATE generation SET created_at = now() - interval '50 minutes'")
    return made


@pytest.fixture
def desk(house: House) -> RefundAllDesk:
    """The desk."""
    return house.desks.refund_all


async def latest(desk: RefundAllDesk) -> RefundRun:
    """The newest run."""
    run = await desk.latest()
    assert run is not None
    return run


async def held(house: House, database: Database, owner: int) -> int:
    """What is set aside."""
    async with database.snapshot() as session:
        return (await house.ledger.balance(session, owner)).held


async def test_where_nothing_is_stuck_there_is_nothing_to_give_back(
    desk: RefundAllDesk, next_step: NextStep, people: Sequence[User]
) -> None:
    forecast = await desk.foresee(24)
    assert (forecast.generations, forecast.people, forecast.amount) == (0, 0, 0)
    assert not await desk.begin(await next_step(), OWNERS[0], forecast, WHY)
    assert await desk.latest() is None


async def test_a_run_gives_back_what_was_counted_tells_and_leaves_its_rows(
    house: House,
    desk: RefundAllDesk,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    made = await stuck(house, database, epoch, next_step, 7, 8)
    forecast = await desk.foresee(1)
    assert (forecast.generations, forecast.people) == (2, 2)
    step = await next_step()
    assert await desk.begin(step, OWNERS[0], forecast, WHY)
    assert await desk.begin(step, OWNERS[0], forecast, WHY)
    assert await held(house, database, 7) > 0
    run = await latest(desk)
    await asyncio.gather(*(house.desks.refund_runner.run(epoch, run.id) for _ in range(3)))
    ended = await latest(desk)
    assert ended.id == run.id
    assert ended.ended_at is not None
    assert (ended.generations, ended.returned, ended.left, ended.people) == (2, 2, 0, 2)
    assert ended.amount == forecast.amount
    assert (await held(house, database, 7), await held(house, database, 8)) == (0, 0)
    log = (await house.desks.crew.log(None, 20))[::-1]
    assert [(it.action, it.subject) for it in log] == [
        (Action.REFUND_RUN_BEGUN, f"refund-run:{run.id}"),
        *((Action.GENERATION_GIVEN_UP, f"generation:{it}") for it in made),
        (Action.REFUND_RUN_ENDED, f"refund-run:{run.id}"),
    ]
    assert {(it.actor_id, it.role, it.reason) for it in log} == {(OWNERS[0], Role.OWNER, WHY)}
    assert log[-1].facts["amount"] == str(forecast.amount)
    async with database.snapshot() as session:
        assert await house.ledger.audit(session) == []
        waiting = (
            await session.execute(text("SELECT task_name FROM procrastinate_jobs ORDER BY id"))
        ).scalars()
        assert {"generation.tell", "admin.tell"} <= set(waiting)


async def test_numbers_that_changed_meanwhile_are_not_agreed_to(
    house: House,
    desk: RefundAllDesk,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    first, _ = await stuck(house, database, epoch, next_step, 7, 8)
    forecast = await desk.foresee(1)
    await execute(database, f"UPDATE generation SET created_at = now() WHERE id = {first}")
    assert not await desk.begin(await next_step(), OWNERS[0], forecast, WHY)
    assert await desk.latest() is None
    assert await house.desks.crew.log(None, 5) == ()


async def test_what_comes_to_its_end_while_the_run_goes_is_left_alone(
    house: House,
    desk: RefundAllDesk,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    first, second = await stuck(house, database, epoch, next_step, 7, 8)
    assert await desk.begin(await next_step(), OWNERS[0], await desk.foresee(1), WHY)
    await house.generations.cancel(await next_step(), 7, first)
    run = await latest(desk)
    await house.desks.refund_runner.run(epoch, run.id)
    ended = await latest(desk)
    assert (ended.returned, ended.left) == (1, 1)
    given = [
        it.subject for it in await house.desks.crew.log(None, 9) if it.action is Action.GENERATION_GIVEN_UP
    ]
    assert given == [f"generation:{second}"]


async def test_two_runs_over_the_same_generations_give_each_back_once(
    house: House,
    desk: RefundAllDesk,
    database: Database,
    epoch: Epoch,
    next_step: NextStep,
    people: Sequence[User],
) -> None:
    await stuck(house, database, epoch, next_step, 7, 8)
    forecast = await desk.foresee(1)
    for owner in OWNERS:
        assert await desk.begin(await next_step(), owner, forecast, WHY)
    newest = await latest(desk)
    await asyncio.gather(*(house.desks.refund_runner.run(epoch, newest.id - it) for it in (1, 0)))
    async with database.snapshot() as session:
        outcomes = (await session.execute(text("SELECT outcome FROM refund_run_item ORDER BY 1"))).scalars()
        assert list(outcomes) == ["left", "left", "returned", "returned"]
        assert await house.ledger.audit(session) == []


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.READ_ONLY, None])
async def test_who_may_not_move_money_begins_nothing(
    house: House, desk: RefundAllDesk, next_step: NextStep, people: Sequence[User], role: Role | None
) -> None:
    if role is not None:
        await house.desks.crew.grant(await next_step(), OWNERS[0], 8, role)
    forecast = Forecast((await desk.foresee(1)).since, 1, 1, Kopecks(100))
    with pytest.raises(NotAllowedError):
        await desk.begin(await next_step(), 8, forecast, WHY)


async def test_only_an_owner_begins_what_is_over_the_limit(
    house: House, desk: RefundAllDesk, next_step: NextStep, people: Sequence[User]
) -> None:
    await house.desks.crew.grant(await next_step(), OWNERS[0], 8, Role.OPERATOR)
    forecast = Forecast((await desk.foresee(1)).since, 9, 9, Kopecks(500_001))
    with pytest.raises(OwnersOnlyError):
        await desk.begin(await next_step(), 8, forecast, WHY)
