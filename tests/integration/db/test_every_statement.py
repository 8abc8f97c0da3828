"""Every statement that is written down as SQL is one that Postgres understands, on the schema as it is."""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import asyncpg
import pytest
from sqlalchemy import TextClause
from sqlalchemy.dialects.postgresql.asyncpg import dialect

import app
from app.books.rules import RULES
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


@pytest.mark.proves("F82")
async def test_postgres_can_prepare_every_statement(database: Database) -> None:
    refused = {}
    found = dict(statements())
    async with database.single_statements() as connection:
        for name, statement in found.items():
            try:
                await connection.prepare(str(statement.compile(dialect=dialect())))
            except asyncpg.PostgresError as error:
                refused[name] = str(error)
        for name, query in RULES.items():
            await connection.prepare(str(query))
    assert len(found) > 40
    assert refused == {}
