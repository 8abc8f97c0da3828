"""A star is set once, taken away once, and only by its owner."""

import pytest

from app.catalogue import ModelKey
from app.db import Database
from app.users import FavouriteService, User
from tests.integration.users.steps import NextStep

PICTURE, CLIP = ModelKey("picture"), ModelKey("clip")


@pytest.fixture
def favourites(database: Database) -> FavouriteService:
    """The marks."""
    return FavouriteService(database)


async def test_marks_are_listed_newest_first_and_are_ones_own(
    favourites: FavouriteService, anna: User, next_step: NextStep
) -> None:
    for key in (PICTURE, CLIP, PICTURE):
        await favourites.mark(await next_step(), anna.id, key, on=True)
    assert await favourites.of(anna.id) == (CLIP, PICTURE)
    assert await favourites.of(anna.id + 1) == ()


async def test_a_replayed_event_changes_nothing(
    favourites: FavouriteService, anna: User, next_step: NextStep
) -> None:
    marking = await next_step()
    await favourites.mark(marking, anna.id, PICTURE, on=True)
    await favourites.mark(await next_step(), anna.id, PICTURE, on=False)
    await favourites.mark(marking, anna.id, PICTURE, on=True)
    assert await favourites.of(anna.id) == ()
