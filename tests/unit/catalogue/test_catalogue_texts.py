"""Text models of the files: known, on no shelf, and priced before they are asked."""

import json
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalogue import (
    Catalogue,
    Modality,
    TextModel,
    TextService,
    TokenPrices,
    UnknownModelError,
    load_catalogue,
)
from tests.unit.catalogue.conftest import MODELS
from tests.unit.catalogue.test_catalogue_loading import GOOD as SOLD
from tests.unit.catalogue.test_catalogue_loading import folder_with, problems_of

FACTS = Path(__file__).parents[3] / "app" / "sandbox" / "kie" / "schemas.json"
CATALOGUE = load_catalogue(MODELS)
GOOD = """
family = "Made up"
provider = "Nobody"
source = ["tests"]
verified_on = 2026-11-01

[[text]]
key = "writer"
id = "nobody/writer"
name = "Writer"
format = "openai-chat"
path = "/writer/v1/chat/completions"
price = { input = 10, output = 100 }
serves = "improve-prompt"
instruction = "Say it better for an {makes} in {most} characters."
inputs = ["prompt"]
makes = ["image"]
max_prompt = 100
max_answer = 1000
"""
OTHER = GOOD.replace('"writer"', '"other"')


def writer_of(catalogue: Catalogue) -> TextModel:
    found = catalogue.serving(TextService.IMPROVE_PROMPT)
    assert found is not None
    return found


def test_the_improver_of_today_is_on_no_shelf_and_not_counted_as_for_sale() -> None:
    writer = writer_of(CATALOGUE)
    everything = {spec.id for spec in (*CATALOGUE.models, *CATALOGUE.withdrawn)}
    assert writer.id not in everything
    with pytest.raises(UnknownModelError):
        CATALOGUE.get(writer.key)


def test_every_text_model_is_as_kie_documents_it() -> None:
    entries = {it["id"]: it for it in json.loads(FACTS.read_text(encoding="utf-8"))}
    for model in CATALOGUE.texts:
        facts = entries[model.id]
        assert facts["status"] == "current"
        assert facts["endpoint"] == model.path
        rows = {it["when"]["@tokens"]: Decimal(str(it["credits"])) for it in facts["pricing"]}
        assert TokenPrices(rows["input"], rows["output"]) == model.prices
        assert set(model.fixed) <= set(facts["input"]["properties"])


def test_the_most_that_a_request_costs_is_known_beforehand() -> None:
    writer = writer_of(CATALOGUE)
    longest = "я" * writer.max_prompt
    told = writer.told(CATALOGUE.models[0], 1500)
    tokens_in = len(longest.encode()) + len(told.encode())
    assert writer.prices.of(tokens_in, writer.max_answer) <= writer.most_credits < 2


def test_a_price_is_for_a_million_tokens() -> None:
    assert TokenPrices(Decimal(30), Decimal(180)).of(1000, 500) == Decimal("0.12")


def test_text_models_without_a_service_may_stand_beside(tmp_path: Path) -> None:
    idle = OTHER.replace('serves = "improve-prompt"\n', "")
    catalogue = load_catalogue(folder_with(tmp_path, first=GOOD, second=idle, sold=SOLD))
    assert [it.key for it in catalogue.texts] == ["writer", "other"]
    assert writer_of(catalogue).key == "writer"


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"first": GOOD, "second": GOOD}, "this key is used twice"),
        ({"first": GOOD, "second": OTHER}, "two text models serve improve-prompt"),
        ({"first": GOOD.replace('inputs = ["prompt"]\n', "")}, "needs instruction, inputs and makes"),
        ({"first": GOOD.replace("output = 100", "output = 0")}, "greater than 0"),
        ({"first": GOOD.replace("openai-chat", "telepathy")}, "openai-chat"),
    ],
)
def test_a_wrong_text_model_is_named(tmp_path: Path, files: dict[str, str], problem: str) -> None:
    assert any(problem in line for line in problems_of(tmp_path, **files))


def test_only_descriptions_of_what_it_knows_are_improved() -> None:
    writer = writer_of(CATALOGUE)
    improved = [spec for spec in CATALOGUE.models if writer.parameter_of(spec) is not None]
    assert {spec.produces for spec in improved} == {Modality.IMAGE, Modality.VIDEO}
    named = {it.name for spec in improved if (it := writer.parameter_of(spec)) is not None}
    assert named == set(writer.inputs)


def test_the_instruction_names_what_is_made_and_how_long_it_may_be() -> None:
    picture = next(spec for spec in CATALOGUE.models if spec.produces is Modality.IMAGE)
    told = writer_of(CATALOGUE).told(picture, 1000)
    assert "an image" in told
    assert "at most 1000 characters" in told
    assert "{" not in told
