"""What we depend on is pinned to the byte, and nothing else is installed.

Known holes in it are not looked up here: pip-audit asks a service on the internet, which tests do not. On a machine
with a network it is `uvx pip-audit` over `uv export --locked --format requirements-txt`.
"""

import re
import tomllib
from itertools import chain
from typing import Any

import pytest

from tests.architecture.source import ROOT

LOCK: dict[str, Any] = tomllib.loads((ROOT / "uv.lock").read_text())
HASH = re.compile(r"sha256:[0-9a-f]{64}")


@pytest.mark.proves("S16")
def test_every_package_is_pinned_and_each_of_its_files_has_a_hash() -> None:
    outside = [it for it in LOCK["package"] if "virtual" not in it["source"]]
    assert len(outside) > 50
    for package in outside:
        files = [*([package["sdist"]] if "sdist" in package else []), *package.get("wheels", [])]
        assert package["source"] == {"registry": "https://pypi.org/simple"}, package["name"]
        assert files, package["name"]
        assert [file["url"] for file in files if not HASH.fullmatch(file.get("hash", ""))] == []
        assert re.fullmatch(r"[\w.!+]+", package["version"]), package["name"]


@pytest.mark.proves("S16")
def test_all_that_the_project_names_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = [*project["project"]["dependencies"], *chain(*project["dependency-groups"].values())]
    names = {re.split(r"[\[<>=~! ;]", it)[0].lower().replace("_", "-").replace(".", "-") for it in named}
    locked = {it["name"].replace(".", "-") for it in LOCK["package"]}
    assert names <= locked


@pytest.mark.proves("S16")
def test_whatever_installs_obeys_the_lock() -> None:
    """The Makefile's targets are what CI and the platform run."""
    makefile = (ROOT / "Makefile").read_text()
    syncs = [line for line in makefile.splitlines() if "$(UV) sync" in line]
    assert len(syncs) >= 3
    assert [line for line in syncs if "--locked" not in line] == []
    assert re.search(r"pip install .*\buv==\$\(UV_VERSION\)", makefile)
    assert re.search(r"^UV_VERSION := \d+\.\d+\.\d+$", makefile, re.MULTILINE)
    assert "pip install" not in (ROOT / ".ci" / "run").read_text()
    assert "make test" in (ROOT / ".ci" / "run").read_text()
    assert "buildCommand: make install" in (ROOT / "render.yaml").read_text()
