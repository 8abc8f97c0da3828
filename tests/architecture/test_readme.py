"""The README says only what is true."""

import re
from pathlib import Path

import pytest

from app.catalogue import ModelKey, load_catalogue, starting_price
from app.settings import Settings
from app.tools.settings_table import names_read, table, with_table
from tests.architecture.source import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
GIVEN_BY_THE_PLATFORM = {"render", "instance_id", "sandbox", "fail_point"}
FOLDERS = ("app", "bot", "docs", "migrations", "models", "scripts", "tests")


def test_its_table_of_settings_is_current() -> None:
    assert with_table(README) == README, "run: make settings-table"


def test_every_setting_that_people_give_is_explained() -> None:
    unexplained = {name for name, field in Settings.model_fields.items() if not field.description}
    assert unexplained == GIVEN_BY_THE_PLATFORM


def test_a_setting_that_nothing_reads_claims_no_effect() -> None:
    read = names_read()
    assert {"port", "usd_rub", "log_level", "kie_api_key"} <= read
    effective, _, reserved = table().partition("<details>")
    for name, field in Settings.model_fields.items():
        if field.description:
            assert f"| `{name.upper()}` |" in (effective if name in read else reserved), name


def test_every_command_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", "\n".join(_code())))
    assert {"run", "test", "audit-ledger"} <= named
    assert named - targets == set()


def test_every_command_of_the_makefile_that_people_run_is_listed_by_make_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    for name in re.findall(r"`make ([a-z-]+)`", README):
        assert re.search(rf"^{name}:.*## ", makefile, re.MULTILINE), name


def test_every_path_exists() -> None:
    linked = re.findall(r"\]\((?!https?:)([^)]+)\)", README)
    named = [it for it in _code() if it.split("/")[0] in FOLDERS and "/" in it and " " not in it]
    assert len(linked) > 8
    assert len(named) > 8
    for path in (*linked, *named):
        assert list(ROOT.glob(path.rstrip("/"))), path


def test_every_picture_of_docs_is_shown_or_linked() -> None:
    pictures = {f"docs/{path.name}" for path in (ROOT / "docs").iterdir()}
    unshown = {"docs/card.png", "docs/invoice.png", "docs/menu.png", "docs/result.png", "docs/settings.png"}
    assert pictures - set(re.findall(r"docs/[\w-]+\.png", README)) <= unshown | {"docs/welcome.png"}
    assert all(path.endswith(".png") for path in pictures), "docs/ holds generated pictures only"


def test_every_endpoint_is_served() -> None:
    server = (ROOT / "app" / "web" / "server.py").read_text()
    named = re.findall(r"`(GET|POST) (/[^`]+)`", README)
    assert len(named) >= 6
    for method, path in named:
        assert f'add_{method.lower()}("{path}"' in server, path


def test_its_example_of_a_model_loads_and_has_its_price(tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.+?)```", README, re.DOTALL)
    (tmp_path / "vocabulary.toml").write_text((ROOT / "models" / "vocabulary.toml").read_text())
    (tmp_path / "example.toml").write_text(example)
    spec = load_catalogue(tmp_path).get(ModelKey("example-clip"))
    assert starting_price(spec).credits == 40
    assert [it.name for it in spec.parameters if it.is_prechosen] == ["duration"]


def test_a_table_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="substring"):
        with_table("# a README without a table")


def _code() -> list[str]:
    """What stands between back quotes, in lines of text and in blocks of commands."""
    blocks = re.findall(r"```sh\n(.+?)```", README, re.DOTALL)
    return [*re.findall(r"`([^`\n]+)`", README), *(line for block in blocks for line in block.splitlines())]
