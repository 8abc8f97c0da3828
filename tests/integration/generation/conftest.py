"""The usual worlds."""

import pytest

from app.db import Database, Epoch
from tests.integration.generation.world import STEADY, World, make_world


@pytest.fixture
def world(database_url: str, database: Database, epoch: Epoch) -> World:
    """With a public URL; nothing is given up while a test looks on."""
    return make_world(database_url, database, epoch)


@pytest.fixture
def quick_world(database_url: str, database: Database, epoch: Epoch) -> World:
    """With a public URL and limits that pass within a second."""
    return make_world(database_url, database, epoch, timings=STEADY)
