"""Worlds with a free tier, and many submits at once."""

import asyncio
from collections.abc import Callable
from decimal import Decimal

import pytest

from app.catalogue import Inputs, ModelKey
from app.db import Database, Epoch
from app.generation import Cap, Caps, Confirmation, FreeAllowance, Submission
from tests.integration.generation.world import CLIP_INPUTS, World, make_world
from tests.unit.users.specs import CLIP, PICTURE

ZONE = "Europe/Moscow"
PICTURE_INPUTS: Inputs = {"prompt": "a cat"}
WIDE = Cap(Decimal(10**6), Decimal(10**6))
MakeGuarded = Callable[..., World]


@pytest.fixture
def guarded(database_url: str, database: Database, epoch: Epoch) -> MakeGuarded:
    """Makes a world: `per_day` and `per_hour` free generations, these caps."""

    def make(*, per_day: int = 5, per_hour: int = 5, caps: Caps | None = None) -> World:
        return make_world(
            database_url,
            database,
            epoch,
            free=FreeAllowance(per_day, per_hour, ZONE),
            caps=caps or Caps(),
        )

    return make


async def picture(world: World, person_id: int = 7) -> Submission:
    """One tap on the card of the free model."""
    draft = await world.draft(person_id, PICTURE, PICTURE_INPUTS)
    return await world.submit(await world.confirmation(draft))


async def clip(world: World, person_id: int = 7) -> Submission:
    """One tap on the card of a clip."""
    draft = await world.draft(person_id, CLIP, CLIP_INPUTS)
    return await world.submit(await world.confirmation(draft))


async def drafts_at_once(world: World, owners: list[int], key: ModelKey) -> list[Confirmation]:
    """Cards of many drafts, all open together, which only a test can have."""
    inputs = PICTURE_INPUTS if key == PICTURE else CLIP_INPUTS
    await world.execute("DROP INDEX uq_draft_user_id_open")
    confirmations = []
    for owner in owners:
        draft = await world.draft(owner, key, inputs)
        confirmations.append(await world.confirmation(draft))
    await world.execute("UPDATE draft SET state = 'open', revision = 1")
    return confirmations


async def all_at_once(world: World, confirmations: list[Confirmation]) -> list[Submission]:
    """Every tap at the same time, as far as the pool goes."""
    room = asyncio.Semaphore(8)

    async def tap(confirmation: Confirmation) -> Submission:
        async with room:
            return await world.submit(confirmation)

    return list(await asyncio.gather(*(tap(it) for it in confirmations)))
