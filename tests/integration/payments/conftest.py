"""Payments over the real ledger, a clock that is moved by hand, and somebody who pays."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.db import Database, Epoch
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks, Stars
from app.offers import Rates
from app.payments import Invitations, Payers, PaymentReview, PaymentService, RefundService, StarsTerms
from app.users import ConsentService, Person, User, UserService
from tests.fakes.rates import rates_in_force
from tests.integration.users.steps import NextStep, event_source

WORDS = "1"
"""The version of the terms."""

BONUS = Kopecks(1_000)
"""What the inviter gets for a first payment."""


@dataclass
class HandClock:
    """Stands still until it is moved."""

    moment: datetime = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def monotonic(self) -> float:
        return self.moment.timestamp()


@pytest.fixture
def clock() -> HandClock:
    """Noon."""
    return HandClock()


@pytest.fixture
def next_step(database: Database, epoch: Epoch) -> NextStep:
    """A new event at each call."""
    return event_source(database, epoch)


@pytest.fixture
def users(database: Database) -> UserService:
    """Without a bonus, so that all money is paid in."""
    return UserService(database, Ledger(), welcome_bonus=Kopecks(0))


@pytest.fixture
def consents(database: Database) -> ConsentService:
    """To the words of today."""
    return ConsentService(database, version=WORDS)


@pytest.fixture
async def anna(users: UserService, consents: ConsentService, epoch: Epoch) -> User:
    """Somebody who has arrived and agreed to the terms."""
    await consents.agree(epoch, 7, WORDS)
    return await users.arrive(epoch, Person(7, "Anna", language_code="ru"))


def inviting(database: Database, users: UserService) -> Invitations:
    """50 roubles for a friend."""
    return Invitations(database, users, Ledger(), Corrections(), JobQueue(), bonus=BONUS)


def service_at(star_rub: str, database: Database, users: UserService, clock: HandClock) -> PaymentService:
    """The service at a rate in roubles for a Star."""
    terms = StarsTerms(Decimal(star_rub), monthly=Stars(300))
    rates = rates_in_force(Rates(Decimal(79), Decimal(2), Decimal(star_rub)))
    payers = Payers(users, ConsentService(database, version=WORDS), inviting(database, users))
    return PaymentService(database, Ledger(), Corrections(), payers, terms, rates, clock)


@pytest.fixture
def payments(database: Database, users: UserService, clock: HandClock) -> PaymentService:
    """1.235 roubles a Star."""
    return service_at("1.235", database, users, clock)


@pytest.fixture
def invitations(database: Database, users: UserService) -> Invitations:
    """Links, and what they bring."""
    return inviting(database, users)


@pytest.fixture
def review(users: UserService, invitations: Invitations, clock: HandClock) -> PaymentReview:
    """What operators see."""
    return PaymentReview(Ledger(), users, invitations, clock)


@pytest.fixture
def refunds(database: Database, invitations: Invitations, clock: HandClock) -> RefundService:
    """The way back."""
    return RefundService(database, Ledger(), Corrections(), invitations, JobQueue(), clock)
