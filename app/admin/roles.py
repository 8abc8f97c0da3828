"""Who of the staff may do what; pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Role(StrEnum):
    """Owners are named in the settings; they grant the other roles."""

    OWNER = "owner"
    OPERATOR = "operator"
    SUPPORT = "support"
    READ_ONLY = "read_only"
    PERSON = "person"  # no staff: somebody about their own account, in the log alone


class Right(StrEnum):
    """What an action needs."""

    LOOK = "look"  # overview, people, receipts, the log
    FIGURES = "figures"  # margins, the proof of the books
    RECEIPTS = "receipts"  # approve and reject
    MONEY = "money"  # credit, debit, refund, strange payments
    WORK = "work"  # replay dead events and jobs, hurry a generation
    BAN = "ban"
    DEBT = "debt"  # refund what was spent already
    RATES = "rates"
    STAFF = "staff"


RIGHTS: Mapping[Role, frozenset[Right]] = MappingProxyType(
    {
        Role.OWNER: frozenset(Right),
        Role.OPERATOR: frozenset(
            {Right.LOOK, Right.FIGURES, Right.RECEIPTS, Right.MONEY, Right.WORK, Right.BAN}
        ),
        Role.SUPPORT: frozenset({Right.LOOK, Right.BAN}),
        Role.READ_ONLY: frozenset({Right.LOOK, Right.FIGURES}),
        Role.PERSON: frozenset(),
    }
)

GRANTABLE: tuple[Role, ...] = (Role.OPERATOR, Role.SUPPORT, Role.READ_ONLY)
"""The roles that owners give and take; an owner is made and unmade by the settings only."""


def may(role: Role | None, right: Right) -> bool:
    """Whether somebody with this role (None: no staff) may do what needs this right."""
    return role is not None and right in RIGHTS[role]
