"""What goes wrong with a file."""

from app.errors import AppError


class UnreadableFileError(AppError):
    """Not what it should be, broken, too large when unpacked, or more than a child can bear."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason
