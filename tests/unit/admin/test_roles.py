"""What each role may do."""

import pytest

from app.admin import GRANTABLE, Right, Role, may

ALLOWED = {
    Role.OWNER: set(Right),
    Role.OPERATOR: {Right.LOOK, Right.FIGURES, Right.RECEIPTS, Right.MONEY, Right.WORK, Right.BAN},
    Role.SUPPORT: {Right.LOOK, Right.BAN},
    Role.READ_ONLY: {Right.LOOK, Right.FIGURES},
    Role.PERSON: set(),
    None: set(),
}


@pytest.mark.proves("S4")
@pytest.mark.parametrize("role", [*Role, None])
@pytest.mark.parametrize("right", Right)
def test_a_role_carries_its_rights_and_no_other(role: Role | None, right: Right) -> None:
    assert may(role, right) == (right in ALLOWED[role])


def test_nobody_can_be_made_an_owner_from_inside() -> None:
    assert set(GRANTABLE) == set(Role) - {Role.OWNER, Role.PERSON}
