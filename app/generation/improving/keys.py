"""The keys under which an improvement's transfers stand in the ledger."""

import re

_KEY = re.compile(r"improvement-(?:hold|end):\d+")


def hold_key(improvement_id: int) -> str:
    """Of the hold."""
    return f"improvement-hold:{improvement_id}"


def end_key(improvement_id: int) -> str:
    """Of the capture or the release, whichever came."""
    return f"improvement-end:{improvement_id}"


def cost_key(improvement_id: int) -> str:
    """Of what it cost us and nobody pays for."""
    return f"improvement-cost:{improvement_id}"


def is_improvement(key: str) -> bool:
    """Whether a person's transfer was about an improvement."""
    return _KEY.fullmatch(key) is not None
