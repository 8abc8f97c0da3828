"""Two and three instances under load: each mishap once; the long form is `make chaos`."""

import pytest

from tests.chaos.hosting import CRASH, KILL, RESTART
from tests.chaos.siege import Plan, siege


@pytest.mark.proves("F4", "F5", "F7", "F8", "F22", "X1", "X2", "X9", "X12")
async def test_what_was_answered_200_is_done_once_and_in_order_whoever_dies_and_whatever_breaks(
    capsys: pytest.CaptureFixture[str],
) -> None:
    outcome = await siege(Plan(seed=20261123, to_the_bot=6, to_others=24, shoppers=2, pause=1.0))
    with capsys.disabled():
        print("", *outcome.lines(), sep="\n")
    assert outcome.wrong == ()
    assert outcome.reckoning.processed == outcome.sent
    assert outcome.happened[KILL] >= 3
    assert outcome.happened[CRASH] + outcome.happened[RESTART] == 2
    assert min(outcome.seconds_up[2], outcome.seconds_up[3]) > 0
    assert outcome.verdict.generations > 0
