"""The rule that every stand-in for the outside enforces."""

from app.db import unit_is_open


def refuse_in_unit_of_work() -> None:
    """Raises AssertionError: a unit of work must not wait for the network."""
    if unit_is_open():
        raise AssertionError("the outside was called while a unit of work was open")
