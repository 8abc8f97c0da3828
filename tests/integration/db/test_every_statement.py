"""Every statement that is written down as SQL is one that Postgres understands, on the schema as it is."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import asyncpg
import pytest
from sqlalchemy import Dialect, TextClause
from sqlalchemy.ext.asyncio import create_async_engine

import app
from app.db import Database


def statements() -> Iterator[tuple[str, TextClause]]:
    """By the name of the module and its own."""
    for module in modules():
        for name, value in vars(module).items():
            if isinstance(value, TextClause):
                yield f"{module.__name__}.{name}", value


def modules() -> Iterator[ModuleType]:
    """All that may speak SQL."""
    for found in pkgutil.walk_packages(app.__path__, "app."):
        if found.name.endswith("repository") or ".repository." in found.name or speaks(found.name):
            yield importlib.import_module(found.name)


def speaks(name: str) -> bool:
    return name.startswith(("app.db.", "app.jobs."))


def as_the_driver_hears_it(statement: TextClause) -> str:
    """With the driver's numbered parameters."""
    dialect: Dialect = create_async_engine("postgresql+asyncpg://").dialect
    return str(statement.compile(dialect=dialect))


@pytest.mark.proves("F82")
async def test_postgres_can_prepare_every_statement(database: Database) -> None:
    refused = {}
    found = dict(statements())
    async with database.single_statements() as connection:
        for name, statement in found.items():
            try:
                await connection.prepare(as_the_driver_hears_it(statement))
            except asyncpg.PostgresError as error:
                refused[name] = str(error)
    assert len(found) > 40
    assert refused == {}
