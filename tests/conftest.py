"""Fixtures of every tier that needs a database."""

from collections.abc import AsyncIterator, Iterator

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import text

from app.db import Database, Epoch
from tests.fixtures.calm import far_from_the_next_hour
from tests.fixtures.postgres import Server, fresh_database, make_template, running_server

# The same examples in every run and on every machine, however slow it is. New ones are looked for by hand, with
# `pytest --hypothesis-profile=default`.
settings.register_profile(
    "house",
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for this test process."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_template(postgres_server: Server) -> str:
    """The name of the migrated template database."""
    return make_template(postgres_server)


@pytest.fixture
def empty_database_url(postgres_server: Server) -> Iterator[str]:
    """A database with nothing in it."""
    with fresh_database(postgres_server, None) as url:
        yield url


@pytest.fixture
def database_url(postgres_server: Server, migrated_template: str) -> Iterator[str]:
    """A fresh migrated database."""
    with fresh_database(postgres_server, migrated_template) as url:
        yield url


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The fresh database behind our own front door."""
    database = Database(database_url, application_name="test", max_connections=20)
    yield database
    await database.close()


@pytest.fixture
async def epoch(database: Database) -> Epoch:
    """A reign that has begun: units of work of this epoch are let in. The hour does not end soon."""
    await far_from_the_next_hour()
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET epoch = 1, holder = 'test', renewed_at = now()"))
    return Epoch(1)
