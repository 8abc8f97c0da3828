"""What can be wrong with something that came from outside."""

from app.errors import AppError


class MalformedEventError(AppError):
    """The body is not what its source sends, or Postgres cannot hold it; nothing was stored."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
