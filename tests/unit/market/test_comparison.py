"""What is other at KIE than with us is found, each kind by itself, and nothing else is."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.catalogue import ModelSpec, Parameter
from app.generation.kie.openapi import fields_in
from app.generation.kie.values import JsonObject
from app.generation.market import (
    NOTHING,
    Change,
    Field,
    Known,
    Listed,
    compare_fields,
    compare_list,
)
from app.money import Credits
from app.offers import Rates
from tests.unit.users.specs import CATALOGUE, CLIP, EDITED

CLIP_SPEC = CATALOGUE.get(CLIP)
RATES = Rates(Decimal(79), Decimal(2), Decimal(1))
FIELDS = {
    "prompt": Field(required=True, max_length=20),
    "duration": Field(required=True, choices=("5", "10")),
    "seed": Field(minimum=Decimal(0), maximum=Decimal(9)),
}
CLIP_WORDS = "A 5-second video costs 55 credits, a 10-second video costs 110 credits"


def said(spec: ModelSpec) -> str:
    """What KIE says of the price while nothing differs."""
    return CLIP_WORDS if spec.key == CLIP else f"{spec.prices[0].credits} credits per image"


def listed(**changed: str | None) -> list[Listed]:
    """KIE's list; a model that is named by its key says this of its price, or (None) is missing."""
    return [
        Listed(spec.id, spec.name, "Maker", ("text-to-image",), changed.get(spec.key, said(spec)))
        for spec in CATALOGUE.models
        if changed.get(spec.key, "") is not None
    ]


def found(entries: list[Listed], known: Known = NOTHING) -> list[tuple[Change, str, str]]:
    """Kind, model and what it is now."""
    comparison = compare_list(CATALOGUE, entries, known, RATES)
    assert comparison is not None
    return [(it.change, it.model, it.after) for it in comparison.differences]


def lost(words: str, rates: Rates = RATES) -> list[tuple[str, Decimal, Decimal]]:
    """Models that would lose money, with our credits and KIE's."""
    comparison = compare_list(CATALOGUE, listed(clip=words), NOTHING, rates)
    assert comparison is not None
    return [(it.spec.key, it.asked, it.cost) for it in comparison.losses]


def test_a_list_that_says_what_we_say_has_no_difference() -> None:
    assert found(listed()) == []


def test_a_new_model_is_told_until_somebody_has_noted_it() -> None:
    new = Listed("maker/new", "New", "Maker", ("text-to-image",), "1 credit per image")
    assert found([*listed(), new]) == [(Change.NEW_MODEL, "maker/new", "")]
    assert found([*listed(), new], Known(models={"maker/new": "seen"})) == []


def test_a_model_that_the_list_lacks_is_gone() -> None:
    assert found(listed(clip=None)) == [(Change.GONE, CLIP, "")]


def test_a_list_that_lacks_most_models_is_not_believed() -> None:
    assert compare_list(CATALOGUE, listed()[:2], NOTHING, RATES) is None
    assert compare_list(CATALOGUE, [], NOTHING, RATES) is None


def test_a_price_that_changed_is_told_with_its_row() -> None:
    words = CLIP_WORDS.replace("110", "150")
    assert found(listed(clip=words)) == [(Change.PRICE, CLIP, "150")]


def test_a_price_that_cannot_be_read_is_told_until_somebody_has_noted_the_words() -> None:
    assert found(listed(clip="Ask us.")) == [(Change.PRICE_UNREAD, CLIP, "")] * 2
    assert found(listed(clip="Ask us."), Known(prices={CLIP: "Ask us."})) == []
    assert len(found(listed(clip="Ask them."), Known(prices={CLIP: "Ask us."}))) == 2


@pytest.mark.parametrize(("now", "loses"), [("110", False), ("110.01", True), ("54", False)])
def test_a_model_loses_money_from_the_first_credit_that_its_price_does_not_pay_for(
    now: str, loses: bool
) -> None:
    words = f"A 5-second video costs {now} credits, a 10-second video costs 110 credits"
    assert lost(words) == ([(CLIP, Decimal(55), Decimal(now))] if loses else [])


def test_a_higher_markup_pays_for_a_higher_cost() -> None:
    words = CLIP_WORDS.replace("55", "130")
    assert lost(words) != []
    assert lost(words, replace(RATES, markup=Decimal(3))) == []


def test_a_star_that_is_credited_dearly_makes_the_cost_higher() -> None:
    dear = Rates(Decimal(79), Decimal(2), Decimal(2))  # a Star brings 0.013 USD: 1.027 roubles, not 2
    assert dear.covers(asked=Credits(Decimal(100)), cost=Credits(Decimal(100)))
    assert RATES.covers(asked=Credits(Decimal(100)), cost=Credits(Decimal(103)))
    assert not dear.covers(asked=Credits(Decimal(100)), cost=Credits(Decimal(103)))


def changes(known: Known = NOTHING, **changed: Field | None) -> list[tuple[Change, str, str]]:
    """The differences of a schema in which these inputs are so; None: they are not there."""
    fields = {name: it for name, it in {**FIELDS, **changed}.items() if it is not None}
    return [(it.change, it.what, it.after) for it in compare_fields(CLIP_SPEC, fields, known)]


def test_a_schema_that_asks_what_we_ask_has_no_difference() -> None:
    assert changes() == []
    assert compare_fields(CLIP_SPEC, None, NOTHING) == []


def test_inputs_come_and_go() -> None:
    assert changes(seed=None) == [(Change.INPUT_GONE, "seed", "")]
    assert changes(style=Field()) == [(Change.NEW_INPUT, "style", "")]
    assert changes(Known(inputs={CLIP: ("style",)}), style=Field()) == []
    assert changes(Known(everywhere=frozenset({"style"})), style=Field()) == []


def test_an_input_that_we_may_leave_out_is_required_now() -> None:
    assert changes(seed=Field(required=True)) == [(Change.INPUT_REQUIRED, "seed", "")]
    # What is required now is never on the list of what we leave out.
    left_out = Known(everywhere=frozenset({"style"}))
    assert changes(left_out, style=Field(required=True)) == [(Change.INPUT_REQUIRED, "style", "")]


def test_choices_come_and_go() -> None:
    assert changes(duration=Field(required=True, choices=("5",))) == [(Change.CHOICE_GONE, "duration", "10")]
    longer = Field(required=True, choices=("5", "10", "15"))
    assert changes(duration=longer) == [(Change.NEW_CHOICE, "duration", "15")]
    assert changes(Known(values={CLIP: ("duration=15",)}), duration=longer) == []


@pytest.mark.parametrize(
    ("name", "field", "after"),
    [
        ("prompt", Field(required=True, max_length=10), "10"),
        ("seed", Field(minimum=Decimal(1), maximum=Decimal(9)), "1"),
        ("seed", Field(minimum=Decimal(0), maximum=Decimal(5)), "5"),
    ],
)
def test_a_limit_within_which_ours_does_not_stay_is_told(name: str, field: Field, after: str) -> None:
    (it,) = compare_fields(CLIP_SPEC, {**FIELDS, name: field}, NOTHING)
    assert (it.change, it.what, it.after) == (Change.LIMIT, name, after)
    wider = Field(required=True, max_length=9_999)
    assert changes(prompt=wider) == []


def test_fewer_files_than_we_let_through_are_a_limit() -> None:
    fields = {"photos": Field(required=True, max_items=2), "prompt": FIELDS["prompt"]}
    (it,) = compare_fields(CATALOGUE.get(EDITED), fields, NOTHING)
    assert (it.change, it.what, it.before, it.after) == (Change.LIMIT, "photos", "3", "2")


def document(schema: dict[str, Any], **components: Any) -> dict[str, Any]:
    """An OpenAPI document whose input has this schema."""
    body = {"type": "object", "properties": {"model": {"type": "string"}, "input": schema}}
    post = {"requestBody": {"content": {"application/json": {"schema": body}}}}
    return {"paths": {"/api/v1/jobs/createTask": {"post": post}}, "components": {"schemas": components}}


def test_references_are_followed_with_their_keys_taken_literally() -> None:
    ratio = {"type": "string", "enum": ["1:1", "16:9"], "maxLength": 5}
    schema = {
        "required": ["ratio"],
        "properties": {"ratio": {"$ref": "#/components/schemas/the%20ratio "}},
    }
    fields = fields_in(document(schema, **{"the ratio ": ratio}))
    assert fields == {"ratio": Field(required=True, choices=("1:1", "16:9"), max_length=5)}


def test_of_alternative_shapes_required_is_what_all_require() -> None:
    by_task = {"required": ["task", "prompt"], "properties": {"task": {}, "prompt": {}}}
    by_url = {"required": ["url", "prompt"], "properties": {"url": {}, "prompt": {}}}
    fields = fields_in(document({"oneOf": [by_task, by_url]}))
    assert {name: it.required for name, it in fields.items()} == {
        "task": False,
        "prompt": True,
        "url": False,
    }


@pytest.mark.parametrize("broken", [{}, {"paths": None}, {"paths": {"/x": {"post": {"$ref": "#/paths"}}}}])
def test_a_document_that_says_nothing_has_no_fields(broken: JsonObject) -> None:
    assert fields_in(broken) == {}


def test_a_circle_of_references_ends() -> None:
    loop = {"$ref": "#/components/schemas/loop"}
    assert fields_in(document(loop, loop=loop)) == {}


def test_a_parameter_with_a_default_that_is_not_sent_counts_as_left_out() -> None:
    def hushed(it: Parameter) -> Parameter:
        return replace(it, required=False, default="5", send_default=False)

    spec = replace(
        CLIP_SPEC,
        parameters=tuple(hushed(it) if it.name == "duration" else it for it in CLIP_SPEC.parameters),
    )
    assert [it.change for it in compare_fields(spec, FIELDS, NOTHING)] == [Change.INPUT_REQUIRED]
