"""What an act of the staff will make of a person's money; pure, and shown before anybody agrees to it.

It only foretells: the ledger computes for itself, and tests/integration/admin/test_money_desk.py compares the two.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from app.ledger import Balance, Bucket, InsufficientFundsError
from app.money import Kopecks
from app.users import User


class Direction(StrEnum):
    """Which way a correction goes."""

    GIVE = "give"
    TAKE = "take"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A sum in kopecks that is given to or taken from one bucket (cash or bonus), and why."""

    user_id: int
    direction: Direction
    bucket: Bucket
    amount: Kopecks
    reason: str


@dataclass(frozen=True, slots=True)
class Foresight:
    """A person with their money before an act and after it."""

    person: User
    before: Balance
    after: Balance


def adjusted(balance: Balance, wanted: Adjustment) -> Balance:
    """After a correction; raises InsufficientFundsError where less than the sum is free."""
    if wanted.direction is Direction.TAKE:
        return _taken(balance, wanted.bucket, wanted.amount)
    if wanted.bucket is Bucket.BONUS:
        return replace(balance, bonus=Kopecks(balance.bonus + wanted.amount))
    return credited(balance, wanted.amount)


def credited(balance: Balance, amount: Kopecks) -> Balance:
    """After cash came in: debt is repaid from it first."""
    repaid = min(balance.debt, amount)
    return replace(balance, cash=Kopecks(balance.cash + amount - repaid), debt=Kopecks(balance.debt - repaid))


def paid_back(balance: Balance, amount: Kopecks, shortfall: Kopecks) -> Balance:
    """After a payment has gone back: what is not there any more is owed."""
    taken = amount - shortfall
    return replace(balance, cash=Kopecks(balance.cash - taken), debt=Kopecks(balance.debt + shortfall))


def _taken(balance: Balance, bucket: Bucket, amount: Kopecks) -> Balance:
    is_bonus = bucket is Bucket.BONUS
    free = balance.bonus - balance.bonus_held if is_bonus else balance.cash - balance.cash_held
    if amount > free:
        raise InsufficientFundsError(Kopecks(amount - free))
    if is_bonus:
        return replace(balance, bonus=Kopecks(balance.bonus - amount))
    return replace(balance, cash=Kopecks(balance.cash - amount))
