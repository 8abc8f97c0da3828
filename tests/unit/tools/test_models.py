"""`make models` is green for what is shipped, and red for each thing that only shows on a screen."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import Catalogue, Category, ModelKey, ModelSpec
from app.tools.models import counts, main, problems_on_screens, table, with_table
from bot.families import Entry, FamilyGroup, entries_of
from tests.unit.bot.house import real_catalogue

README = Path(__file__).parents[3] / "README.md"
SHIPPED = real_catalogue()
BASE = SHIPPED.get("z-image")


def test_what_is_shipped_has_no_problem_and_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(()) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == counts(SHIPPED)
    assert len(lines) == len(Category) + 1
    assert f"together: {len(SHIPPED.models)}, " in lines[-1]


def test_the_readme_counts_what_is_for_sale() -> None:
    text = README.read_text(encoding="utf-8")
    assert with_table(text, SHIPPED) == text, "run: make models-table"


def test_the_table_follows_the_catalogue() -> None:
    fewer = Catalogue(spec for spec in SHIPPED.models if spec.category is not Category.MUSIC)
    assert "| 🎵 Music | 0 |" in table(fewer)
    assert f"| **{len(fewer.models)}** |" in table(fewer)


def without_the_last(models: Sequence[ModelSpec]) -> Sequence[Entry]:
    """A shelf that forgets a model."""
    return entries_of(models[:-1])


def with_every_family_twice(models: Sequence[ModelSpec]) -> Sequence[Entry]:
    """A shelf that repeats itself."""
    return [*entries_of(models), *(it for it in entries_of(models) if isinstance(it, FamilyGroup))]


def variant(key: str, name: str) -> ModelSpec:
    """Another model like one that is shipped."""
    return replace(BASE, key=ModelKey(key), name=name)


@pytest.mark.proves("F35")
def test_a_model_that_no_shelf_leads_to_is_a_problem() -> None:
    problems = list(problems_on_screens(Catalogue([BASE, variant("other", "Other")]), without_the_last))
    assert sorted(problems) == [
        f"{it}: other: 0 buttons of the shelves lead to it, not one" for it in ("en", "ru")
    ]


def test_a_model_that_two_buttons_lead_to_is_a_problem() -> None:
    many = [replace(variant(f"m-{n}", f"Model {n}"), family=f"Family {n % 3}") for n in range(12)]
    problems = list(problems_on_screens(Catalogue(many), with_every_family_twice))
    assert "ru: m-0: 2 buttons of the shelves lead to it, not one" in problems
    assert "ru: pictures: two buttons say 'Family 0 · 4'" in problems


def test_a_name_that_a_button_cuts_is_a_problem() -> None:
    problems = list(
        problems_on_screens(Catalogue([variant("long", "A very long name of a model indeed, too long")]))
    )
    assert any("long: its name is cut to" in it for it in problems)


def test_two_models_with_one_label_are_a_problem() -> None:
    twins = Catalogue([variant("one", "Twin"), variant("two", "Twin")])
    assert "ru: pictures: two buttons say 'Twin'" in list(problems_on_screens(twins))


def test_data_that_is_too_long_for_a_button_is_a_problem() -> None:
    (problem,) = problems_on_screens(Catalogue([variant("k" * 60, "Long key")]))
    assert problem.startswith("k" * 60)
    assert "64" in problem


def test_a_file_that_does_not_load_is_named_with_its_problem(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main((), tmp_path) == 1
    assert "vocabulary.toml" in capsys.readouterr().out
