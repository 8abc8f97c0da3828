"""A person as Telegram tells of them, and the user we keep."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    """The languages the bot speaks."""

    RU = "ru"
    EN = "en"


class Presence(StrEnum):
    """Whether a person is with us; only who is HERE uses the bot."""

    HERE = "here"
    LEAVING = "leaving"  # asked to be deleted, and it goes on
    GONE = "gone"  # was deleted; the key alone stays, in the books


# Clients in these languages are greeted in Russian: their speakers read it more often than English.
_READ_RUSSIAN = frozenset({"ru", "uk", "be", "kk"})


def language_of(language_code: str | None) -> Language:
    """The language to begin with for a client's IETF code (`ru`, `en-US`, None)."""
    primary = (language_code or "").replace("_", "-").split("-")[0].lower()
    return Language.RU if primary in _READ_RUSSIAN else Language.EN


@dataclass(frozen=True, slots=True)
class Person:
    """The sender of an update; `id` is Telegram's and the key of everything a person owns."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None


@dataclass(frozen=True, slots=True)
class User:
    """A person we know. `is_new` is true only for the event of the very first arrival, however often it is told."""

    id: int
    first_name: str
    username: str | None
    language: Language
    banned: bool
    is_new: bool = False
    presence: Presence = Presence.HERE
