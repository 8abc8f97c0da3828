"""The table of a generation's life."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.generation import ForbiddenMoveError, State
from app.generation.states import HOLDING, MOVES, WITH_PROVIDER, check_move

ALLOWED = {
    (State.HELD, State.SUBMITTING),
    (State.HELD, State.CANCELLED),
    (State.HELD, State.FAILED),
    (State.SUBMITTING, State.SUBMITTED),
    (State.SUBMITTING, State.HELD),
    (State.SUBMITTING, State.FAILED),
    (State.SUBMITTED, State.RUNNING),
    (State.SUBMITTED, State.FETCHING),
    (State.SUBMITTED, State.FAILED),
    (State.RUNNING, State.FETCHING),
    (State.RUNNING, State.FAILED),
    (State.FETCHING, State.CAPTURED),
    (State.FETCHING, State.FAILED),
    (State.CAPTURED, State.DELIVERED),
    (State.CAPTURED, State.KEPT),
    (State.CAPTURED, State.REFUNDED),
    (State.DELIVERED, State.REFUNDED),
    (State.KEPT, State.REFUNDED),
    (State.FAILED, State.LATE),
}


@pytest.mark.parametrize("source", State)
@pytest.mark.parametrize("target", State)
def test_a_move_is_allowed_exactly_when_the_written_table_says_so(source: State, target: State) -> None:
    if (source, target) in ALLOWED:
        check_move(source, target)
    else:
        with pytest.raises(ForbiddenMoveError):
            check_move(source, target)


@given(st.data())
@settings(max_examples=300)
def test_money_is_taken_or_given_back_at_most_once_on_every_way_through_the_table(
    data: st.DataObject,
) -> None:
    state, resolutions, creations_refused = State.HELD, 0, 0
    while MOVES[state] and creations_refused < 20:
        target = data.draw(st.sampled_from(sorted(MOVES[state])))
        resolutions += target in (State.CAPTURED, State.FAILED, State.CANCELLED)
        creations_refused += target is State.HELD
        state = target
    assert resolutions == (0 if state is State.HELD or state in HOLDING else 1)


def test_nothing_is_captured_that_was_not_with_the_provider() -> None:
    into_captured = {source for source, targets in MOVES.items() if State.CAPTURED in targets}
    assert into_captured <= WITH_PROVIDER


def test_the_money_is_back_before_anything_counts_as_late() -> None:
    assert {source for source, targets in MOVES.items() if State.LATE in targets} == {State.FAILED}
