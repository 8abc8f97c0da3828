"""Caps on what we spend at KIE, and its balance: what cannot be paid for is not sold, and nothing is held."""

from decimal import Decimal

import pytest

from app.catalogue import ModelKey
from app.db import Database, Epoch
from app.generation import (
    Cap,
    Capped,
    Caps,
    CreditsWatch,
    Refusal,
    Refused,
    Scope,
    SoldOut,
    Submission,
    Submitted,
    TryLaterError,
)
from tests.integration.generation.world import PRICE, World
from tests.integration.guards.conftest import WIDE, MakeGuarded, all_at_once, clip, drafts_at_once, picture
from tests.unit.users.specs import CLIP

TWO_CLIPS = Decimal(110)


def refusal(outcome: Submission) -> Refusal | None:
    """Why it was refused."""
    assert isinstance(outcome, Refused)
    return outcome.card.refusal


def narrow(scope: Scope) -> Caps:
    """A cap of two clips a day for this scope only."""
    cap = Cap(Decimal(10**6), TWO_CLIPS)
    return Caps(
        everybody=cap if scope is Scope.EVERYBODY else WIDE,
        newcomers=cap if scope is Scope.NEWCOMERS else WIDE,
        model=cap if scope is Scope.MODEL else WIDE,
    )


@pytest.mark.proves("S12")
@pytest.mark.parametrize("scope", Scope)
async def test_a_cap_that_is_reached_refuses_and_holds_nothing(guarded: MakeGuarded, scope: Scope) -> None:
    world = guarded(caps=narrow(scope))
    await world.person()
    await world.person(8)
    assert isinstance(await clip(world, 7), Submitted)
    assert isinstance(await clip(world, 8), Submitted)
    refused = refusal(await clip(world, 7))
    assert isinstance(refused, Capped)
    assert refused.scope is scope
    assert (await world.balance()).held == PRICE
    assert isinstance(await picture(world, 8), Refused if scope is not Scope.MODEL else Submitted)


async def test_an_hour_has_a_cap_of_its_own_that_opens_with_the_next_hour(guarded: MakeGuarded) -> None:
    world = guarded(caps=Caps(everybody=Cap(Decimal(55), Decimal(1000))))
    await world.person()
    assert isinstance(await clip(world), Submitted)
    refused = refusal(await clip(world))
    assert isinstance(refused, Capped)
    assert refused.opens_at.minute == 0
    await world.execute("UPDATE generation SET created_at = created_at - interval '1 hour'")
    assert isinstance(await clip(world), Submitted)


async def test_people_who_came_long_ago_are_no_newcomers(guarded: MakeGuarded) -> None:
    world = guarded(caps=narrow(Scope.NEWCOMERS))
    await world.person()
    await world.execute("UPDATE person SET created_at = created_at - interval '25 hours'")
    for _ in range(4):
        assert isinstance(await clip(world), Submitted)


@pytest.mark.proves("S12")
async def test_what_many_people_submit_at_once_never_exceeds_the_cap(guarded: MakeGuarded) -> None:
    world = guarded(caps=narrow(Scope.EVERYBODY))
    people = list(range(10, 18))
    for person in people:
        await world.person(person)
    outcomes = await all_at_once(world, await drafts_at_once(world, people, ModelKey(CLIP)))
    assert sum(isinstance(it, Submitted) for it in outcomes) == 2
    assert sum(isinstance(it, Refused) for it in outcomes) == 6


async def test_what_kie_certainly_did_not_take_does_not_count(guarded: MakeGuarded) -> None:
    world = guarded(caps=narrow(Scope.EVERYBODY))
    await world.person()
    for _ in range(4):
        outcome = await clip(world)
        assert isinstance(outcome, Submitted)
        await world.service.cancel(await world.next_step(), 7, outcome.generation.id)


class News:
    """What the operators were told; `away` keeps it from arriving."""

    def __init__(self) -> None:
        self.told: list[Decimal] = []
        self.away = False

    async def credits_low(self, left: Decimal) -> None:
        if self.away:
            raise TryLaterError(1)
        self.told.append(left)


class Till:
    """KIE's balance as a test sets it; None: it cannot be asked."""

    def __init__(self) -> None:
        self.left: Decimal | None = Decimal(5000)

    async def credits(self) -> Decimal:
        if self.left is None:
            raise TryLaterError(1)
        return self.left


async def test_operators_are_told_once_per_fall_below_the_threshold(database: Database, epoch: Epoch) -> None:
    till, news = Till(), News()
    watch = CreditsWatch(database, till, news, low=1000)
    for left in (5000, 999, 998, None, 997, 1000, 500):
        till.left = None if left is None else Decimal(left)
        await watch.look(epoch, 0)
    assert news.told == [999, 500]


async def test_news_that_did_not_arrive_is_told_again(database: Database, epoch: Epoch) -> None:
    till, news = Till(), News()
    watch = CreditsWatch(database, till, news, low=1000)
    till.left, news.away = Decimal(10), True
    with pytest.raises(TryLaterError):
        await watch.look(epoch, 0)
    news.away = False
    await watch.look(epoch, 0)
    await watch.look(epoch, 0)
    assert news.told == [10]


async def test_selling_stops_without_credits_holds_nothing_and_comes_back_by_itself(
    guarded: MakeGuarded,
) -> None:
    world: World = guarded()
    till = Till()
    watch = CreditsWatch(world.database, till, News(), low=1000)
    await world.person()
    assert isinstance(await clip(world), Submitted)
    till.left = Decimal(54)
    await watch.look(world.epoch, 0)
    assert refusal(await clip(world)) == SoldOut()
    assert isinstance(await picture(world), Submitted)
    till.left = Decimal(0)
    await watch.look(world.epoch, 0)
    assert refusal(await picture(world)) == SoldOut()
    assert (await world.balance()).held == PRICE
    till.left = None
    await watch.look(world.epoch, 0)
    assert refusal(await clip(world)) == SoldOut()
    till.left = Decimal(55)
    await watch.look(world.epoch, 0)
    assert isinstance(await clip(world), Submitted)
