"""What `make catalogue-diff WRITE=1` writes loads, keeps the rest of the file, and is not told of again."""

import shutil
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from app.catalogue import ModelKey, Status, load_catalogue
from app.generation.market import KNOWN, Change, Difference, Listed, load_known
from app.tools.market import Findings, propose
from app.tools.market.edits import with_limit, with_price, with_status, without_choice

MODELS = Path(__file__).parents[3] / "models"
TODAY = date(2026, 11, 23)
FAMILY = """family = "Made" # ours
[[model]]
key = "first"
id = "maker/first"
inputs.size = { choices = ["1K", "2K", "4K"], default = "1K" }
price = [
  { credits = 4, unit = "per_image", when = { size = "1K" } }, # cheap
  { credits = 18.5, unit = "per_image", when = { size = "2K" } },
]

[[model]]
key = "second"
id = "maker/second"
status = "unsold"
inputs.prompt = { required = true, max_length = 2000 }
price = [{ credits = 4, unit = "per_task" }]
"""


def changed_lines(after: str | None) -> list[str]:
    """The lines that are not as before."""
    assert after is not None
    before = FAMILY.splitlines()
    return [line for line in after.splitlines() if line not in before]


def test_a_price_row_is_changed_in_its_place() -> None:
    new = '  { credits = 24, unit = "per_image", when = { size = "2K" } },'
    assert changed_lines(with_price(FAMILY, "first", 1, Decimal("24.0"))) == [new]
    assert changed_lines(with_price(FAMILY, "second", 0, Decimal(40))) == [
        'price = [{ credits = 40, unit = "per_task" }]'
    ]
    assert with_price(FAMILY, "first", 2, Decimal(1)) is None
    assert with_price(FAMILY, "third", 0, Decimal(1)) is None


def test_a_model_that_is_gone_gets_a_status_and_one_that_has_one_keeps_it() -> None:
    lines = changed_lines(with_status(FAMILY, "first", "unsold", "gone"))
    assert lines == ['reason = "gone"']  # the line of the status is like another one
    assert with_status(FAMILY, "second", "unsold", "gone") is None


def test_a_limit_and_a_choice_are_changed_on_the_input_s_own_line_only() -> None:
    assert changed_lines(with_limit(FAMILY, "second", "prompt", "2000", "500")) == [
        "inputs.prompt = { required = true, max_length = 500 }"
    ]
    assert with_limit(FAMILY, "second", "prompt", "200", "50") is None
    for gone, left in (("1K", '["2K", "4K"]'), ("2K", '["1K", "4K"]'), ("4K", '["1K", "2K"]')):
        (line,) = changed_lines(without_choice(FAMILY, "first", "size", gone))
        assert f"choices = {left}" in line
    assert without_choice(FAMILY, "first", "style", "1K") is None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of our models."""
    return Path(shutil.copytree(MODELS, tmp_path / "models"))


def findings(*found: Difference, listed: Sequence[Listed] = ()) -> Findings:
    """With nothing to lose."""
    return Findings(found, (), {it.id: it for it in listed}, 0)


def test_what_was_written_loads_and_is_known(folder: Path) -> None:
    spec = load_catalogue(folder).get("z-image")
    new = Listed("maker/new", "New", "Maker", ("text-to-image",), "1 credit")
    vague = Listed(spec.id, spec.name, spec.provider, (), 'Ask "us".')
    proposal = propose(
        folder,
        findings(
            Difference(Change.PRICE, "z-image", "Z-Image", "per_image", "0.8", "1.2", row=0),
            Difference(Change.NEW_MODEL, "maker/new", "New"),
            Difference(Change.NEW_INPUT, "z-image", "Z-Image", "style"),
            Difference(Change.NEW_CHOICE, "z-image", "Z-Image", "aspect_ratio", after="2:1"),
            Difference(Change.PRICE_UNREAD, "z-image", "Z-Image", row=0, model_id=spec.id),
            listed=[new, vague],
        ),
        TODAY,
    )
    assert len(proposal.written) == 5
    assert proposal.by_hand == []
    assert load_catalogue(folder).get("z-image").prices[0].credits == Decimal("1.2")
    before, known = load_known(MODELS), load_known(folder)
    assert known.models["maker/new"].startswith("new on 2026-11-23")
    assert known.inputs_of(spec) == before.inputs_of(spec) | {"style"}
    assert known.values_of(spec) == before.values_of(spec) | {"aspect_ratio=2:1"}
    assert known.prices == {"z-image": 'Ask "us".'}
    assert set(before.models) < set(known.models)


def test_what_would_not_load_is_left_for_a_person(folder: Path) -> None:
    texts = {path: path.read_text() for path in folder.rglob("*.toml")}
    proposal = propose(
        folder,
        findings(
            Difference(Change.PRICE, "z-image", "Z-Image", "per_image", "0.8", "99999", row=0),
            Difference(Change.INPUT_GONE, "z-image", "Z-Image", "prompt"),
        ),
        TODAY,
    )
    assert proposal.written == []
    assert [it.change for it in proposal.by_hand] == [Change.PRICE, Change.INPUT_GONE]
    assert {path: path.read_text() for path in folder.rglob("*.toml")} == texts


def test_a_model_that_is_gone_is_written_as_not_for_sale_with_the_reason(folder: Path) -> None:
    proposal = propose(folder, findings(Difference(Change.GONE, "infinitalk", "InfiniteTalk")), TODAY)
    assert len(proposal.written) == 1
    spec = load_catalogue(folder).get(ModelKey("infinitalk"))
    assert (spec.status, spec.reason) == (Status.UNSOLD, "KIE does not list it since 2026-11-23")


def test_the_file_of_what_is_known_is_as_the_command_writes_it(folder: Path) -> None:
    before = (folder / KNOWN).read_text()
    (folder / KNOWN).write_text(before)
    propose(folder, findings(Difference(Change.NEW_MODEL, "maker/new", "New"), listed=[]), TODAY)
    line = '"maker/new" = "new on 2026-11-23, not described yet"'
    assert (folder / KNOWN).read_text().replace(f"{line}\n", "") == before
