"""The accounts that money moves between."""

from enum import StrEnum


class Bucket(StrEnum):
    """The parts of a person's money; each is a wallet row with a chain of entries of its own."""

    BONUS = "bonus"  # a gift: spent first, never paid out
    CASH = "cash"  # paid in: can be paid out
    DEBT = "debt"  # what the person owes us


class HouseAccount(StrEnum):
    """Our own accounts. None has a balance row: its balance is the sum of its entries."""

    REVENUE = "revenue"
    PROMO = "promo"
    LOSSES = "losses"
    SUSPENSE = "suspense"
    ADJUSTMENTS = "adjustments"


def payments_account(provider: str) -> str:
    """The account of money that a provider ([a-z0-9_-], at most 32) brought in or takes back.

    It goes below zero by what came in: outside money is owed to the people it was credited to.
    """
    return f"payments:{provider}"
