"""Keys and names that Postgres must be able to hold."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.singleton import Timing, holder_name, lock_key


@pytest.mark.proves("F83")
@settings(max_examples=500)
@given(st.integers())
def test_the_key_of_any_bot_is_a_signed_64_bit_number(bot_id: int) -> None:
    assert -(2**63) <= lock_key(bot_id) < 2**63


@pytest.mark.proves("F83")
@given(st.integers(), st.integers())
def test_two_bots_have_two_keys(one: int, other: int) -> None:
    assert (lock_key(one) == lock_key(other)) == (one == other)


@given(st.text())
def test_a_holders_name_fits_into_an_application_name_unchanged(instance: str) -> None:
    name = holder_name(instance)
    assert len(name.encode()) <= 63
    assert name.isascii()
    assert name.isprintable()


def test_no_two_names_are_equal() -> None:
    assert len({holder_name("frankfurt-1-with-a-rather-long-name-" * 3) for _ in range(100)}) == 100


def test_trust_ends_before_the_lease_and_the_watchdog_bites_before_both() -> None:
    timing = Timing()
    assert timing.silence < timing.trust < timing.lease
    assert timing.beat + timing.beat_limit < timing.trust
