"""The shipped models against KIE's own facts: what we send it takes, what we charge for it lists."""

import json
from decimal import Decimal
from pathlib import Path
from typing import TypedDict

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.catalogue import Catalogue, ModelSpec, cost, with_defaults
from tests.unit.catalogue.strategies import valid_inputs

FACTS = Path(__file__).parents[3] / "app" / "sandbox" / "kie" / "schemas.json"


class Row(TypedDict):
    when: dict[str, object]
    credits: float
    unit: str


class Entry(TypedDict):
    id: str
    task: str
    input: dict[str, object]
    pricing: list[Row]
    status: str
    endpoint: str


ENTRIES: dict[str, Entry] = {entry["id"]: entry for entry in json.loads(FACTS.read_text(encoding="utf-8"))}
KEYS = ("z-image", "kling-2-6-text", "elevenlabs-turbo-2-5")


def test_every_shipped_model_is_walked_here(shipped: Catalogue) -> None:
    assert {spec.key for spec in shipped.models} == set(KEYS)


@pytest.mark.proves("F63")
@pytest.mark.proves("F64")
@pytest.mark.parametrize("key", KEYS)
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_kie_takes_what_we_send_and_lists_what_we_charge(
    shipped: Catalogue, key: str, data: st.DataObject
) -> None:
    spec = shipped.get(key)
    entry = ENTRIES[spec.id]
    inputs = data.draw(valid_inputs(spec))
    sent = with_defaults(spec, inputs)
    jsonschema.validate(sent, {**entry["input"], "additionalProperties": False})
    assert cost(spec, inputs) == listed_credits(entry, dict(sent))


def listed_credits(entry: Entry, sent: dict[str, object]) -> Decimal:
    """KIE's price by the plainest reading of its list: the row whose conditions all hold, times its count."""
    (row,) = [
        row for row in entry["pricing"] if all(sent.get(name) == value for name, value in row["when"].items())
    ]
    count = Decimal(len(str(sent["text"]))) / 1000 if row["unit"] == "per_1k_chars" else Decimal(1)
    return Decimal(str(row["credits"])) * count


@pytest.mark.proves("F64")
@pytest.mark.parametrize("key", KEYS)
def test_a_shipped_model_is_one_that_kie_offers_for_the_same_task(shipped: Catalogue, key: str) -> None:
    spec: ModelSpec = shipped.get(key)
    entry = ENTRIES[spec.id]
    assert (entry["status"], entry["endpoint"]) == ("current", "/api/v1/jobs/createTask")
    assert entry["task"] == spec.task
    required = entry["input"]["required"]
    assert isinstance(required, list)
    assert {p.name for p in spec.parameters if p.required} >= set(required)
