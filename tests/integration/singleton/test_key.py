"""The lock's key in Postgres itself."""

import pytest

from app.singleton import lock_key, repository
from tests.integration.singleton.conftest import Election


@pytest.mark.proves("F83")
async def test_postgres_locks_every_key_and_finds_its_owner(election: Election) -> None:
    session = await election.session("owner")
    keys = [0, 1, -1, 2**31, -(2**31), 2**32, 2**63 - 1, -(2**63), *map(lock_key, range(100))]
    for key in keys:
        await repository.take_lock(session, key)
        owner = await repository.lock_owner(session, key)
        assert owner is not None
        assert owner.application_name == "owner"
        assert await session.fetchval("SELECT pg_advisory_unlock($1)", key)
        assert await repository.lock_owner(session, key) is None
