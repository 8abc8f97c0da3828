"""Models that go on from an earlier result: which results they take, and what of them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from app.catalogue import (
    Catalogue,
    Inputs,
    Made,
    ModelKey,
    ModelSpec,
    PastResult,
    PriceRow,
    Unit,
    gone_on_with,
    least_cost,
    read_result,
    results_asked,
    results_given,
    sequel_of_result,
    taker_of,
    value_problem,
)
from app.catalogue.parameters import Wire
from tests.unit.users.specs import CATALOGUE, CLIP, LONGER, PICTURE, SOURCE

SPEC = CATALOGUE.get(LONGER)
CLIP_MADE = Made(CLIP, PastResult("task-1", "song-1", "480p", 12))
OF_A_SONG = replace(SPEC, parameters=(SOURCE, replace(SOURCE, name="track", wire=Wire.TRACK)))
BY_RESOLUTION = replace(SPEC, prices=(PriceRow(Decimal(9), Unit.PER_TASK, {"@source_resolution": "480p"}),))


def test_one_result_answers_every_input_that_is_an_earlier_result() -> None:
    reference = CLIP_MADE.result.reference
    assert gone_on_with(OF_A_SONG, CLIP_MADE) == {"source": reference, "track": reference}
    assert gone_on_with(SPEC, CLIP_MADE) == {"source": reference}


@pytest.mark.parametrize(
    ("spec", "made"),
    [
        (SPEC, replace(CLIP_MADE, model=PICTURE)),
        (CATALOGUE.get(CLIP), CLIP_MADE),
        (OF_A_SONG, replace(CLIP_MADE, result=PastResult("task-1"))),
        (BY_RESOLUTION, replace(CLIP_MADE, result=PastResult("task-1", resolution="1080p"))),
        (BY_RESOLUTION, replace(CLIP_MADE, result=PastResult("task-1"))),
    ],
    ids=["another model", "takes none", "no song", "no price", "resolution not told"],
)
def test_what_does_not_fit_is_not_gone_on_from(spec: ModelSpec, made: Made) -> None:
    assert gone_on_with(spec, made) is None


def test_a_reference_says_its_number_and_is_the_only_answer() -> None:
    past = CLIP_MADE.result
    assert read_result(past.reference) == past
    assert value_problem(SOURCE, past.reference) is None
    assert value_problem(SOURCE, "task-1") is not None
    inputs: Inputs = {"source": past.reference, "prompt": past.reference}
    assert results_given(SPEC, inputs) == (("source", past),), "a wish is never taken for a result"


def test_every_model_that_goes_on_from_a_result_alone_is_a_sequel_of_it(shipped: Catalogue) -> None:
    for spec in shipped.models:
        for maker in {key for it in results_asked(spec) for key in it.of}:
            source = shipped.get(maker)
            if taker_of(spec, source.produces) is not None:
                continue
            assert sequel_of_result(spec, source.produces) is not None, spec.key
            made = Made(ModelKey(maker), PastResult("task", "track", "720p"))
            inputs = gone_on_with(spec, made)
            assert inputs is not None, spec.key
            assert least_cost(spec, inputs).credits > 0
