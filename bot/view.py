"""What a screen is before it is sent."""

from dataclasses import dataclass, replace

from aiogram.types import InlineKeyboardMarkup

from bot.texts import Markup


@dataclass(frozen=True)
class View:
    """HTML of at most 4096 characters and its buttons."""

    text: Markup
    keyboard: InlineKeyboardMarkup | None = None
    awaits: str | None = None
    """What a typed text means on this screen (`bot.awaiting`); None: nothing special."""

    def noting(self, note: Markup) -> "View":
        """The same screen under a line that says what just happened."""
        return replace(self, text=Markup(f"{note}\n\n{self.text}"))
