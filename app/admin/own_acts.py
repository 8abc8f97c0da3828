"""What people do to their own accounts, in the log of the staff."""

from collections.abc import Mapping

from app.admin import repository
from app.admin.entities import Action, Member
from app.admin.roles import Role
from app.db import Session


async def record_own_act(
    session: Session, user_id: int, action: Action, subject: str, facts: Mapping[str, str]
) -> None:
    """A row in the log, in the unit of the act itself."""
    who = Member(user_id, Role.PERSON)
    await repository.insert_action(session, who, action, (user_id, subject), "the person's own wish", facts)
