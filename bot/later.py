"""What is announced but not built yet. Each answers honestly; a test prints how many are left."""

from enum import StrEnum


class Later(StrEnum):
    """The features of later wings that have a button already."""

    INVITE = "invite"  # P24: referral
