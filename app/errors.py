"""The errors that every layer may meet. A domain's own errors live in its own `errors` module."""


class AppError(Exception):
    """The root of our errors: each is a type that carries facts; words live in `bot/texts`."""


class StorageUnavailableError(AppError):
    """The database cannot be reached, has no free connection or takes nothing now; nothing was stored."""


class StorageBusyError(AppError):
    """Others held what a statement needed for longer than it may wait; nothing was stored."""


class OverloadedError(AppError):
    """More is waiting to be stored than the bound allows; the sender shall come again."""


class FencedOutError(AppError):
    """This process is no longer ACTIVE: its unit of work was refused before it wrote anything."""

    def __init__(self, epoch: int) -> None:
        super().__init__(f"epoch {epoch} has ended")
        self.epoch = epoch
