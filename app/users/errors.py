"""What can be wrong about people and drafts."""

from app.errors import AppError


class UnknownUserError(AppError):
    """No such person has ever written to the bot."""

    def __init__(self, user_id: int) -> None:
        super().__init__(f"no person {user_id}")
        self.user_id = user_id


class ConsentMissingError(AppError):
    """The person has not agreed to the words in force, `version`, so no order is made and no file is taken."""

    def __init__(self, user_id: int, version: str) -> None:
        super().__init__(f"person {user_id} has not agreed to version {version}")
        self.user_id = user_id
        self.version = version


class DraftNotFoundError(AppError):
    """This person has no such draft: it never existed or belongs to somebody else."""

    def __init__(self, draft_id: int | None) -> None:
        super().__init__(f"no draft {draft_id}")
        self.draft_id = draft_id
