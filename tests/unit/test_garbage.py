"""What lasts is out of the collector's sight, and the collector goes on for the rest."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from app.garbage import lasting


class Knot:
    """Only a collection can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def _seen_again() -> Iterator[None]:
    """This process lives on with other tests."""
    yield
    gc.unfreeze()


def test_a_collection_does_not_look_at_what_lasts() -> None:
    with lasting():
        kept = weakref.ref(Knot())
    freed = weakref.ref(Knot())
    gc.collect()
    assert (kept() is None, freed() is None) == (False, True)


def test_nothing_is_collected_meanwhile_and_afterwards_all_is_as_it_was() -> None:
    with pytest.raises(ZeroDivisionError), lasting():
        assert not gc.isenabled()
        raise ZeroDivisionError
    assert gc.isenabled()
    gc.disable()
    try:
        with lasting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
