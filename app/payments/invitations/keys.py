"""The keys under which the bonus of an invitation stands in the ledger: one each for whoever was invited."""

import re

_KEY = re.compile(r"referral(?:-back)?:\d+")


def bonus_key(invited: int) -> str:
    """Of the inviter's bonus."""
    return f"referral:{invited}"


def back_key(invited: int) -> str:
    """Of its going back."""
    return f"referral-back:{invited}"


def is_referral(key: str) -> bool:
    """Whether a person's transfer was about somebody whom they invited."""
    return _KEY.fullmatch(key) is not None
