"""What the stand-in says no with: to the bot (as the Bot API does) and to the people's client API."""

from app.errors import AppError


class RefusedError(AppError):
    """The Bot API's error: an HTTP-like code and Telegram's own words; `retry_after` in seconds."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after


class BadRequestError(RefusedError):
    """400 with the prefix that Telegram puts before every such text."""

    def __init__(self, reason: str) -> None:
        super().__init__(400, f"Bad Request: {reason}")


class ViolationError(RefusedError):
    """Telegram would let it pass or has no such words, but no correct bot does it: named so in the text."""

    def __init__(self, reason: str) -> None:
        super().__init__(400, f"Bad Request: sandbox violation: {reason}")


class ImpossibleError(AppError):
    """A person asked the client API for something a person cannot do; `code` is the HTTP status."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
