"""Money is never a float: not in a type, not in a literal, not by conversion (F49)."""

import ast
import re

import pytest

from tests.architecture.source import Source, sources

MONEY_WINGS = (
    "app/ledger/",
    "app/payments/",
    "app/offers/",
    "app/books/",
    "app/generation/guards/",
    "app/generation/settlement.py",
    "app/money.py",
)
MONEY_NAMES = re.compile(
    r"(^|_)(price|amount|balance|cost|credits?|credited|kopecks|stars|roubles|rub|markup|bonus|debt|cash|booked)(_|$)"
)
SECONDS = re.compile(r"second|delay|every|wait")


def wings() -> list[Source]:
    """The modules where money is reckoned."""
    return [source for source in sources("app") if source.path.startswith(MONEY_WINGS)]


def annotated(source: Source) -> list[tuple[str, ast.expr]]:
    """Every name with a type: fields, parameters, results."""
    found: list[tuple[str, ast.expr]] = []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found.append((node.target.id, node.annotation))
        elif isinstance(node, ast.arg) and node.annotation is not None:
            found.append((node.arg, node.annotation))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            found.append((node.name, node.returns))
    return found


def is_float(annotation: ast.expr) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation))


@pytest.mark.proves("F49")
def test_no_name_of_money_has_the_type_float_anywhere() -> None:
    for source in sources("app", "bot"):
        for name, annotation in annotated(source):
            if MONEY_NAMES.search(name):
                assert not is_float(annotation), f"{source.path}: {name}"


@pytest.mark.proves("F49")
def test_where_money_is_reckoned_nothing_is_a_float_but_seconds() -> None:
    assert len(wings()) > 40
    for source in wings():
        for name, annotation in annotated(source):
            assert not is_float(annotation) or SECONDS.search(name), f"{source.path}: {name}"


@pytest.mark.proves("F49")
def test_where_money_is_reckoned_nothing_becomes_a_float() -> None:
    for source in wings():
        for node in ast.walk(source.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("float", "round"), f"{source.path}:{node.lineno}"
