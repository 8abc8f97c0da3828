"""What can be wrong with a text: each is our own mistake, found by tests or at the start."""

from collections.abc import Sequence

from app.errors import AppError


class TextsError(AppError):
    """A text file cannot be used; `problems` names each file and what is wrong with it."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = tuple(problems)


class UnknownTextError(AppError):
    """No text has this key in this language."""

    def __init__(self, language: str, key: str) -> None:
        super().__init__(f"no text {key!r} in language {language!r}")
        self.language = language
        self.key = key


class UnrenderableTextError(AppError):
    """A text could not be put together: an argument is missing or of the wrong kind."""

    def __init__(self, language: str, key: str, reasons: Sequence[Exception]) -> None:
        super().__init__(f"text {key!r} in language {language!r}: {'; '.join(map(str, reasons))}")
        self.language = language
        self.key = key
