"""Every model of the first registry is accounted for: for sale, or withdrawn with the reason and a successor."""

from pathlib import Path

import pytest

from app.catalogue import Catalogue, ModelSpec, Status

FIRST_IDS = (Path(__file__).parent / "first_ids.txt").read_text(encoding="utf-8").split()
"""KIE's ids of the first registry, in its order."""


@pytest.fixture(scope="module")
def by_id(shipped: Catalogue) -> dict[str, ModelSpec]:
    return {spec.id: spec for spec in (*shipped.models, *shipped.withdrawn)}


def test_each_of_the_72_first_models_leads_to_something_that_can_be_bought(
    shipped: Catalogue, by_id: dict[str, ModelSpec]
) -> None:
    assert len(set(FIRST_IDS)) == 72
    assert [it for it in FIRST_IDS if it not in by_id] == []
    for spec in map(by_id.__getitem__, FIRST_IDS):
        current = shipped.current(spec.key)
        assert current in shipped.models, f"{spec.id} leads to nothing"


def test_what_is_not_sold_any_more_says_why_and_stays_in_the_file(
    shipped: Catalogue, by_id: dict[str, ModelSpec]
) -> None:
    gone = [by_id[it] for it in FIRST_IDS if by_id[it].status is not Status.CURRENT]
    assert gone, "KIE took some of them off"
    for spec in gone:
        assert spec.successor is not None
        assert spec.reason is not None
        assert spec.reason.endswith(".")
    kept = [spec.id for spec in gone if spec.status is not Status.RETIRED]
    assert kept == ["qwen/image-to-image"], "KIE has it, but nobody knows beforehand what it costs"


def test_a_withdrawn_model_stands_for_its_successor_and_any_other_for_itself(
    shipped: Catalogue, made_up: Catalogue
) -> None:
    assert made_up.current("everything-old") == made_up.get("everything")
    assert shipped.current("z-image") == shipped.get("z-image")
    alone = next(spec for spec in shipped.withdrawn if spec.successor is None)
    assert shipped.current(alone.key) == alone
    assert shipped.current("no-such-model") is None
