"""The list of dangerous places is the truth: each is in the code, and each is died at in a test."""

import ast
from pathlib import Path

import pytest

from app.failpoints import FailPoint

ROOT = Path(__file__).resolve().parents[2]
WALKED = ROOT / "tests" / "chaos" / "test_fail_points.py"
ELSEWHERE = {FailPoint.REFUND_SENT: ROOT / "tests" / "integration" / "payments" / "test_crashes.py"}
"""Those that the walk leaves out, and the test that dies there."""


def reached() -> set[str]:
    """The members that the product's code passes to `reach`."""
    calls = [
        node
        for folder in ("app", "bot")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "reach"
    ]
    return {argument.attr for call in calls for argument in call.args if isinstance(argument, ast.Attribute)}


def test_every_fail_point_is_a_place_in_the_code() -> None:
    assert reached() == {point.name for point in FailPoint}


def test_the_walk_takes_its_points_from_the_list_and_leaves_out_what_is_died_at_elsewhere() -> None:
    tree = ast.parse(WALKED.read_text())
    left_out = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "ELSEWHERE"
    )
    assert left_out == {point.value for point in ELSEWHERE}
    assert "print(' '.join(FailPoint))" in WALKED.read_text()


@pytest.mark.parametrize("point", ELSEWHERE)
def test_what_the_walk_leaves_out_has_a_test_that_dies_there(point: FailPoint) -> None:
    assert f"FailPoint.{point.name}" in ELSEWHERE[point].read_text()
