"""Every row of what the product is proven against is carried by a test that runs: a merge that loses one is red."""

import ast
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.architecture.source import Source, sources

ROWS = tomllib.loads((Path(__file__).parent / "rows.toml").read_text())

EXCEPTIONS: Mapping[str, str] = {
    "X42": "there are no gateways yet: Stars and the bank are the only ways to pay",
}
"""Rows without a test, each with its reason. One that has a test by now has no place here."""

STOPS = ("skip", "skipif", "xfail")


def known() -> set[str]:
    """The ids of all rows."""
    return {f"{kind}{number}" for kind, rows in ROWS.items() for number in rows}


def carried(source: Source) -> Iterator[str]:
    """The rows that the tests of this file carry: tests which pytest collects and nobody holds back."""
    if not source.path.rsplit("/", 1)[-1].startswith("test_"):
        return
    for node in source.functions:
        if node.name.startswith("test_") and not _held_back(node):
            yield from _rows_of(node.decorator_list)


def marked(source: Source) -> Iterator[str]:
    """Whatever is said to be a row, wherever it stands."""
    yield from _rows_of(list(ast.walk(source.tree)))


def _rows_of(nodes: list[ast.AST] | list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("mark.proves"):
            yield from (ast.literal_eval(argument) for argument in node.args)


def _held_back(test: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """A marker that stops it, or a call that skips it whatever happens."""
    markers = {part for it in test.decorator_list for part in ast.unparse(it).split("(")[0].split(".")}
    outright = [it.value for it in test.body if isinstance(it, ast.Expr)]
    skips = [it for it in outright if isinstance(it, ast.Call) and ast.unparse(it.func) == "pytest.skip"]
    return bool(markers & {*STOPS}) or bool(skips)


@pytest.mark.proves("F90")
def test_every_row_is_carried_by_a_test_that_runs() -> None:
    found = {row for source in sources("tests") for row in carried(source)}
    assert sorted(known() - found - EXCEPTIONS.keys()) == []


@pytest.mark.proves("F90")
def test_an_exception_that_has_a_test_by_now_is_taken_off_the_list() -> None:
    found = {row for source in sources("tests") for row in carried(source)}
    assert sorted(EXCEPTIONS.keys() & found) == []
    assert sorted(EXCEPTIONS.keys() - known()) == []


@pytest.mark.proves("F90")
def test_no_test_claims_a_row_that_does_not_exist() -> None:
    claims = {(row, source.path) for source in sources("tests") for row in marked(source)}
    assert sorted(claim for claim in claims if claim[0] not in known()) == []


@pytest.mark.proves("F90")
def test_a_mark_on_what_is_no_test_carries_nothing() -> None:
    lost = {
        (row, source.path)
        for source in sources("tests")
        for row in set(marked(source)) - set(carried(source))
        if source.path != "tests/architecture/test_rows.py"
    }
    assert sorted(lost) == []


def test_no_row_is_missing_between_the_first_and_the_last() -> None:
    numbers = {kind: sorted(int(number) for number in rows) for kind, rows in ROWS.items()}
    assert numbers == {"F": [*range(1, 96)], "S": [*range(1, 19)], "X": [*range(1, 51)]}


@pytest.mark.parametrize(
    ("body", "counts"),
    [
        ("def test_a() -> None: ...", True),
        ("@pytest.mark.skip(reason='later')\ndef test_a() -> None: ...", False),
        ("@pytest.mark.skipif(True, reason='x')\nasync def test_a() -> None: ...", False),
        ("@pytest.mark.xfail\ndef test_a() -> None: ...", False),
        ("def test_a() -> None:\n    pytest.skip('later')", False),
        ("def helper() -> None: ...", False),
    ],
)
def test_what_is_held_back_carries_nothing(body: str, counts: bool) -> None:
    text = f"@pytest.mark.proves('F1')\n{body}"
    assert list(carried(Source("tests/test_x.py", text, ast.parse(text)))) == (["F1"] if counts else [])
