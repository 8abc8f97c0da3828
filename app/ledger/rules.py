"""What a transfer must look like before it is worth a round trip. All raise InvalidTransferError."""

import operator
import re

from app.ledger.errors import InvalidTransferError
from app.money import Kopecks

# As the check on ledger_entry.account in the migration.
ACCOUNT = re.compile(r"revenue|promo|losses|suspense|adjustments|payments:[a-z0-9_-]{1,32}")
LONGEST_KEY = 200


def positive(amount: Kopecks) -> Kopecks:
    """An amount that moves: above zero. A float raises TypeError here, as asyncpg would cut it in silence."""
    if operator.index(amount) <= 0:
        raise InvalidTransferError(f"amount {amount}")
    return amount


def account(name: str) -> str:
    """A house account's name."""
    if not ACCOUNT.fullmatch(name):
        raise InvalidTransferError(f"account {name}")
    return str(name)


def sensible_key(key: str) -> str:
    """A key of 1 to 200 characters."""
    if not 1 <= len(key) <= LONGEST_KEY:
        raise InvalidTransferError(f"key of {len(key)} characters")
    return key


def explanation(actor: str, reason: str) -> tuple[str, str]:
    """Who corrects and why: both are said."""
    if not actor.strip() or not reason.strip():
        raise InvalidTransferError("a correction needs an actor and a reason")
    return actor, reason
