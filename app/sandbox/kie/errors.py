"""How the stand-in says no."""

from app.errors import AppError


class RefusalError(AppError):
    """An answer other than success in KIE's envelope. `field` names the input it is about, if any."""

    def __init__(self, code: int, message: str, *, field: str | None = None) -> None:
        super().__init__(f"{code} {message}")
        self.code = code
        self.message = message
        self.field = field


class KnobError(AppError):
    """A knob of another name or with a value of another kind."""
