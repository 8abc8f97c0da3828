"""People and events for the tests of this folder."""

import pytest

from app.db import Database, Epoch
from app.ledger import Ledger
from app.money import Kopecks
from app.users import ConsentService, DraftService, Person, ScreenService, User, UserService
from tests.integration.users.steps import NextStep, event_source
from tests.unit.users.specs import CATALOGUE

ANNA = Person(7, "Anna", username="anna", language_code="ru")


@pytest.fixture
def next_step(database: Database, epoch: Epoch) -> NextStep:
    """A new event at each call."""
    return event_source(database, epoch)


@pytest.fixture
def users(database: Database) -> UserService:
    """With a welcome bonus of 200 roubles."""
    return UserService(database, Ledger(), welcome_bonus=Kopecks(20_000))


@pytest.fixture
def consents(database: Database) -> ConsentService:
    """The words of today are version 1."""
    return ConsentService(database, version="1")


@pytest.fixture
def drafts(database: Database, consents: ConsentService) -> DraftService:
    """Over the made-up models."""
    return DraftService(database, CATALOGUE, consents)


@pytest.fixture
def screens(database: Database) -> ScreenService:
    """The live screens."""
    return ScreenService(database)


@pytest.fixture
async def anna(users: UserService, consents: ConsentService, epoch: Epoch) -> User:
    """Somebody who has arrived and agreed to the terms."""
    await consents.agree(epoch, ANNA.id, consents.version)
    return await users.arrive(epoch, ANNA)
