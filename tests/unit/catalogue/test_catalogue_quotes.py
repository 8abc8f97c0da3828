"""Every sentence in which KIE says what must hold between inputs is quoted where we say it, or excused by name."""

import json
import tomllib
from pathlib import Path

from app.catalogue import ModelSpec, load_catalogue
from tests.unit.catalogue.conftest import MODELS

HERE = Path(__file__).parent
FACTS = HERE.parents[2] / "app" / "sandbox" / "kie" / "schemas.json"

Said = tuple[str, str]
"""KIE's id of a model and one sentence about it."""

CATALOGUE = load_catalogue(MODELS)
SHIPPED = (*CATALOGUE.models, *CATALOGUE.withdrawn)
"""A model that is not sold for its price keeps its rules for the day when it is."""


def sentences() -> set[Said]:
    """What KIE says of the models that it offers today."""
    entries = json.loads(FACTS.read_text(encoding="utf-8"))
    offered = [entry for entry in entries if entry["status"] == "current"]
    return {(entry["id"], sentence) for entry in offered for sentence in entry.get("rules", ())}


def excused() -> dict[Said, str]:
    rows = tomllib.loads((HERE / "unsaid.toml").read_text(encoding="utf-8"))["sentence"]
    return {(row["id"], row["says"]): row["reason"] for row in rows}


def quoted(spec: ModelSpec) -> set[Said]:
    told = {rule.quote for rule in spec.rules} | {parameter.quote for parameter in spec.parameters}
    return {(spec.id, quote) for quote in told - {""}}


def test_each_of_the_72_sentences_is_quoted_beside_its_rule_or_excused_with_the_reason() -> None:
    said = {each for spec in SHIPPED for each in quoted(spec)}
    assert len(sentences()) == 72
    assert sentences() - said - excused().keys() == set()


def test_an_excuse_is_for_a_sentence_that_nothing_says_and_the_list_is_short() -> None:
    said = {each for spec in SHIPPED for each in quoted(spec)}
    assert excused().keys() <= sentences() - said
    assert all(len(reason) > 20 for reason in excused().values())
    assert len(excused()) < 10


def test_a_quote_is_not_made_up() -> None:
    said = {each for spec in SHIPPED for each in quoted(spec)}
    assert {quote for _, quote in said - sentences()} == DESCRIBED


DESCRIBED = frozenset(
    {
        "Background kind (1K only)",
        "true = use the values given here",
        "REFERENCE_2_VIDEO: Fast and Lite rows apply.",
        "Basic mode: split scenes and find speakers",
        "Lite mode: loop back and forth (needs align_audio)",
    }
)
"""Sentences of KIE's pages about one field or one price, which the stand-in's facts do not hold."""
