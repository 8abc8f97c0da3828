"""KIE refuses our account: nothing is sold or held, shelves say so, operators hear of it once, and it comes back."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from app.admin import AlertKind, AlertWatch
from app.generation import (
    AccountRefusedError,
    Broken,
    CreditsWatch,
    FailureClass,
    SoldOut,
    Standing,
    State,
    Submitted,
    TryLaterError,
)
from tests.integration.admin.test_alerts import Heard
from tests.integration.generation.world import World
from tests.integration.guards.conftest import MakeGuarded, clip, picture
from tests.integration.guards.test_circuit import fail, make, pass_time, refusal
from tests.unit.users.specs import CLIP, PICTURE

DOWN = FailureClass.PROVIDER_DOWN


class Window:
    """What KIE answers to whoever asks for our balance; also `OperatorNews`, which hears nothing here."""

    def __init__(self) -> None:
        self.answer: Decimal | Exception = Decimal(5000)

    async def credits(self) -> Decimal:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    async def credits_low(self, left: Decimal) -> None:
        raise AssertionError(left)


@pytest.fixture
async def world(guarded: MakeGuarded) -> World:
    """Two people with money, and a free tier."""
    made = guarded()
    await made.person(7)
    await made.person(8)
    return made


async def ask(world: World, answer: Decimal | Exception) -> None:
    """One look at the balance, so answered."""
    window = Window()
    window.answer = answer
    await CreditsWatch(world.database, window, window, low=1000).look(world.epoch, 0)


async def standing(world: World) -> Standing:
    """What shelves and cards say of both models."""
    return await world.gate.standings.now((CLIP, PICTURE))


async def told(world: World, heard: Heard) -> Sequence[AlertKind]:
    """The kinds of all alerts after one more look."""
    await AlertWatch(world.database, heard).look(world.epoch, 0)
    return [it.kind for it in heard.alerts]


@pytest.mark.proves("F68")
@pytest.mark.parametrize("code", [401, 403, 433])
async def test_a_refused_key_stops_all_selling_until_it_is_taken_again(world: World, code: int) -> None:
    heard = Heard()
    await ask(world, Decimal(5000))
    assert await standing(world) == Standing()
    assert await told(world, heard) == []
    for _ in range(2):
        await ask(world, AccountRefusedError(60.0, code))
        assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED]
    assert heard.alerts[0].causes[0].detail == str(code)
    assert (await standing(world)).of(CLIP) == SoldOut()
    assert (await standing(world)).of(PICTURE) == SoldOut()
    assert refusal(await clip(world)) == SoldOut()
    assert refusal(await picture(world)) == SoldOut()
    assert (await world.balance()).held == 0
    await ask(world, TryLaterError(5.0))
    assert refusal(await clip(world)) == SoldOut()
    await ask(world, Decimal(5000))
    assert await standing(world) == Standing()
    assert isinstance(await clip(world), Submitted)
    for _ in range(2):
        assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED, AlertKind.ACCOUNT_BACK]


@pytest.mark.proves("F68")
async def test_a_refused_creation_gives_everything_back_and_is_told_once_until_one_is_taken(
    world: World,
) -> None:
    heard = Heard()
    waiting = await clip(world, 8)
    assert isinstance(waiting, Submitted)
    await fail(world, FailureClass.OUR_ACCOUNT, 7)
    assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED]
    (cause,) = heard.alerts[0].causes
    assert (cause.subject, cause.detail) == (1, "as a test wants it")
    assert (await standing(world)).closed == SoldOut()
    assert (await world.balance(7)).held == 0
    # The key is refused as well: the same trouble, seen from another side.
    await ask(world, AccountRefusedError(60.0, 401))
    assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED]
    await ask(world, Decimal(5000))
    assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED]
    await pass_time(world, 3)
    await fail(world, FailureClass.OUR_ACCOUNT, 7)
    assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED]
    await world.starter.start(world.epoch, waiting.generation.id)
    assert (await world.now(waiting.generation)).state is State.SUBMITTED
    assert await told(world, heard) == [AlertKind.ACCOUNT_REFUSED, AlertKind.ACCOUNT_BACK]
    assert await standing(world) == Standing()
    await fail(world, FailureClass.OUR_ACCOUNT, 7)
    assert (await told(world, heard))[2:] == [AlertKind.ACCOUNT_REFUSED]


async def test_an_empty_account_closes_every_shelf(world: World) -> None:
    await world.execute("INSERT INTO kie_balance (id, credits, read_at, low) VALUES (1, 0, now(), true)")
    assert (await standing(world)).of(PICTURE) == SoldOut()
    await ask(world, Decimal(5000))
    assert await standing(world) == Standing()


async def test_a_resting_model_is_said_to_rest_as_long_as_it_is_refused_and_no_other_is(world: World) -> None:
    assert await standing(world) == Standing()
    await fail(world, DOWN, 7, 8, 7)
    seen = await standing(world)
    assert isinstance(seen.of(CLIP), Broken)
    assert seen.of(CLIP) == refusal(await clip(world))
    assert seen.of(PICTURE) is None
    await pass_time(world, 3)
    assert await standing(world) == Standing()
    await make(world, 7)
    assert await standing(world) == Standing()
