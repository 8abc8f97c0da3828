"""People, their drafts, their favourite models and their live screens.

Purpose: who a person is (as Telegram tells, in which language we answer), what they are choosing right now, what
they marked with a star, and which message of a chat is their screen. All of it lies in Postgres, so a restart
forgets nothing.

Invariants:
- the welcome bonus is promised and booked in the same unit that first stores the person, once per person;
- whoever was deleted and comes back is not new: a keyed hash of Telegram's id keeps their ban, and the welcome bonus
  is not given again;
- consent is recorded once per person and version of the words, for ever (by trigger); without it no file enters a
  draft, and `app.payments` makes no order;
- a person has at most one open draft (a partial unique index);
- a draft never holds a value that the catalogue refuses, and nobody but its owner reads or changes it;
- a required choice with a default is chosen beforehand, never asked; the person sees it on the card before paying;
- a file that came before a wish is kept once per message, and an album comes back whole and in order;
- a list of parts is filled in element by element; one that lacks an answer is there only while it is asked about;
- a change is applied to the revision it was made for, once per event, and raises the revision by one.

Proven by tests/unit/users and tests/integration/users.
"""

from app.users.attachment import Attachment
from app.users.attachments import AttachmentService
from app.users.consents import ConsentService, words_in_force
from app.users.draft import Answer, Draft
from app.users.drafts import DraftService
from app.users.elements import elements_of
from app.users.errors import ConsentMissingError, DraftNotFoundError, UnknownUserError
from app.users.favourites import FavouriteService
from app.users.leaving import LeavingService
from app.users.person import Language, Person, Presence, User, language_of
from app.users.screens import LiveScreen, ScreenService
from app.users.service import UserService
from app.users.states import DraftState
from app.users.wizard import accepted, advanced, is_begun

__all__ = [
    "Answer",
    "Attachment",
    "AttachmentService",
    "ConsentMissingError",
    "ConsentService",
    "Draft",
    "DraftNotFoundError",
    "DraftService",
    "DraftState",
    "FavouriteService",
    "Language",
    "LeavingService",
    "LiveScreen",
    "Person",
    "Presence",
    "ScreenService",
    "UnknownUserError",
    "User",
    "UserService",
    "accepted",
    "advanced",
    "elements_of",
    "is_begun",
    "language_of",
    "words_in_force",
]
