"""The keys under which a generation's transfers stand in the ledger."""

import re

_KEY = re.compile(r"(?:hold|resolution|fewer|generation-refund):(\d+)")

FEWER = "fewer:"


def hold_key(generation_id: int) -> str:
    """Of the hold."""
    return f"hold:{generation_id}"


def resolution_key(generation_id: int) -> str:
    """Of the capture or the release, whichever came."""
    return f"resolution:{generation_id}"


def refund_key(generation_id: int) -> str:
    """Of what an operator gave back."""
    return f"generation-refund:{generation_id}"


def fewer_key(generation_id: int) -> str:
    """Of what went back for results that never came."""
    return f"{FEWER}{generation_id}"


def is_fewer(key: str) -> bool:
    """Whether the transfer gave back a part of a price because results were missing."""
    return key.startswith(FEWER)


def transfer_keys(generation_id: int) -> tuple[str, ...]:
    """Of everything that its person paid for it or got back."""
    return (
        hold_key(generation_id),
        resolution_key(generation_id),
        fewer_key(generation_id),
        refund_key(generation_id),
    )


def generation_of(key: str) -> int | None:
    """The number of the generation that a transfer belongs to; None for other transfers."""
    match = _KEY.fullmatch(key)
    return int(match[1]) if match else None
