"""Words of the catalogue in every language of the bot."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in Russian and in English; both are always there (the loader refuses a missing one)."""

    ru: str
    en: str

    def get(self, language: str) -> str:
        """The text in `language` ("ru", "en"); Russian for any other."""
        return self.en if language == "en" else self.ru
