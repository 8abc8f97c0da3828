"""What a person is told by the jobs of privacy."""

from typing import Protocol

from app.users import Language, User


class PrivacyNews(Protocol):
    """Over the chat; whoever cannot be reached is not told. Raises TryLaterError, AmbiguousError."""

    async def exported(self, user: User, name: str, content: bytes) -> None:
        """The file with everything, as a document called `name`."""
        ...

    async def gone(self, user_id: int, language: Language) -> None:
        """The account is deleted."""
        ...
