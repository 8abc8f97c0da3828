"""A short storm: everything dies once while people buy and the outside fails; the long form is `make chaos`."""

import pytest

from tests.chaos.storm import Plan, storm


@pytest.mark.proves("F12", "F15", "F16", "F51", "X1", "X26", "X29")
async def test_after_a_storm_each_generation_was_delivered_once_or_refunded_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = await storm(Plan(seconds=60, seed=20261123, people=3, is_long=False))
    with capsys.disabled():
        print("", *outcome.lines(), sep="\n")
    assert outcome.verdict.wrong == ()
    assert outcome.kills.total() == 3
    assert outcome.verdict.generations > 0
