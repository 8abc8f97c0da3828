"""People leave, are gone, and come back: what the keyed hash of their id keeps."""

import pytest
from sqlalchemy import text

from app.db import Database, Epoch
from app.ledger import Ledger
from app.users import LeavingService, Presence, User, UserService
from tests.integration.users.conftest import ANNA


@pytest.mark.proves("F59")
async def test_the_mark_alone_keeps_the_ban_and_the_bonus_where_no_row_is_left(
    users: UserService, epoch: Epoch, database: Database, anna: User
) -> None:
    leaving = LeavingService(database)
    async with database.unit_of_work(epoch) as session:
        await users.ban(session, anna.id)
        await leaving.leave(session, anna.id)
        await leaving.forget(session, anna.id)
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("DELETE FROM person"))

    back = await users.arrive(epoch, ANNA, event_id=1)

    assert (back.banned, back.is_new) == (True, False)
    assert not (await users.arrive(epoch, ANNA, event_id=1)).is_new
    async with database.snapshot() as session:
        assert (await Ledger().balance(session, anna.id)).bonus == 20_000, "the one of the first life"


@pytest.mark.proves("F59")
async def test_an_arrival_of_somebody_who_leaves_or_is_gone_stores_nothing(
    users: UserService, epoch: Epoch, database: Database, anna: User
) -> None:
    leaving = LeavingService(database)
    async with database.unit_of_work(epoch) as session:
        await leaving.leave(session, anna.id)
    assert (await users.arrive(epoch, ANNA)).presence is Presence.LEAVING
    assert await leaving.come_back(epoch, ANNA) is None, "nobody comes back on the way out"
    async with database.unit_of_work(epoch) as session:
        await leaving.forget(session, anna.id)

    gone = await users.arrive(epoch, ANNA)
    assert (gone.presence, gone.first_name, gone.username) == (Presence.GONE, "", None)
    back = await leaving.come_back(epoch, ANNA)
    assert back is not None
    assert (back.presence, back.first_name, back.is_new) == (Presence.HERE, "Anna", False)
