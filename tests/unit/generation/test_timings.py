"""The durations of production."""

import pytest

from app.catalogue import Modality
from app.generation import Timings
from app.jobs import RetryPolicy


def test_looks_at_the_provider_are_close_at_first_and_rare_later() -> None:
    timings = Timings()
    intervals = [timings.poll_interval(age) for age in (0, 29, 31, 119, 121, 7200)]
    assert intervals == [2.5, 2.5, 7, 7, 20, 20]


@pytest.mark.proves("F72")
def test_a_clip_has_half_an_hour() -> None:
    assert Timings().time_limits[Modality.VIDEO] == 30 * 60


def test_an_unanswered_creation_waits_longer_where_a_callback_can_come() -> None:
    timings = Timings()
    assert timings.grace(reachable=True) == 15 * 60
    assert timings.grace(reachable=False) < timings.grace(reachable=True)


def test_a_retry_policy_grows_to_its_longest_delay_and_ends() -> None:
    policy = RetryPolicy(attempts=5, first_delay=2.0, factor=3.0, longest=10.0)
    assert [policy.delay(attempt) for attempt in range(1, 7)] == [2.0, 6.0, 10.0, 10.0, None, None]
