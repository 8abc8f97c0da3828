"""What buttons carry: at most 64 bytes, an id to act on and, for a draft, the revision that was on the screen.

A choice is carried as a digest of its parameter and value, not as its place in a list: a button pressed after
the catalogue changed either means what it said or means nothing.
"""

from enum import StrEnum
from hashlib import blake2s
from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from app.catalogue import Category, Choice, Parameter
from app.users import Language

Number = Annotated[int, Field(ge=0, lt=2**63)]
"""An id or a revision: anybody can send any data, and what no row can hold is no button of ours."""

Page = Annotated[int, Field(ge=0, lt=10_000)]
"""A page that a card carries on to its own buttons, which must still fit."""


FileNumber = Annotated[int, Field(ge=0, lt=100)]
"""The place of a file in a result, from 1; 0 where it is not chosen yet."""


class Target(StrEnum):
    """The screens that need nothing but the person."""

    MENU = "menu"
    MODELS = "models"
    SEARCH = "search"
    QUICK = "quick"
    FREE = "free"
    BALANCE = "balance"
    TOP_UP = "top_up"
    STATEMENT = "statement"
    STATEMENT_FILE = "statement_file"
    OWN_AMOUNT = "own_amount"
    BANK = "bank"
    BANK_SUM = "bank_sum"
    SUBSCRIPTION = "subscription"
    SUBSCRIBE = "subscribe"
    HISTORY = "history"
    INVITE = "invite"
    SETTINGS = "settings"
    BUDGET = "budget"
    LANGUAGE = "language"
    TERMS = "terms"
    PRIVACY = "privacy"
    EXPORT = "export"
    DELETION = "deletion"
    SUPPORT = "support"
    HELP = "help"
    HELP_FREE = "help_free"
    HELP_TOP_UP = "help_top_up"
    HELP_PRICES = "help_prices"
    HELP_ERRORS = "help_errors"


class ListKind(StrEnum):
    """Where models stand side by side; a card remembers from which of them it was opened."""

    SHELF = "s"
    FAMILY = "f"
    BEST = "b"
    TRENDING = "t"
    FAVOURITES = "v"
    RECENT = "r"
    ALL = "a"
    FOUND = "q"
    FREE = "g"


class DraftAct(StrEnum):
    """What can be done with a draft as a whole."""

    RESUME = "resume"  # from the model's card to the first question
    BACK = "back"
    SETTINGS = "settings"
    CANCEL = "cancel"
    DONE = "done"  # these are all files of the open question
    CLEAR = "clear"  # takes them back


class GenerationAct(StrEnum):
    """What can be done with a generation."""

    CANCEL = "cancel"
    AGAIN = "again"
    TWO = "two"  # two variants of the same
    FOUR = "four"
    CHANGE = "change"  # once more, with another description
    SHOW = "show"
    ORIGINAL = "original"
    BILL = "bill"


class Onwards(StrEnum):
    """What a person wanted when they were asked for their consent."""

    STARS = "s"  # an invoice for so many Stars
    MONTHLY = "m"  # the subscription
    TRANSFER = "t"  # an order of a bank transfer of so many kopecks
    FILES = "f"  # models for the files of a message
    DRAFT = "d"  # the files of a message in an open draft


class Paper(StrEnum):
    """What one agrees to, and the short question itself."""

    TERMS = "t"
    PRIVACY = "p"
    QUESTION = "q"


class Go(CallbackData, prefix="go"):
    """To a screen."""

    to: Target


class Shelf(CallbackData, prefix="shelf"):
    """One page (from 0) of a category."""

    category: Category
    page: int


class FamilyPage(CallbackData, prefix="family"):
    """One page (from 0) of a family, named by its digest, on a category's shelf."""

    category: Category
    family: str
    page: int


class ListPage(CallbackData, prefix="list"):
    """One page (from 0) of a list that is no shelf."""

    kind: ListKind
    page: int


class ModelTap(CallbackData, prefix="model"):
    """To the card of a model, from one page of a list."""

    key: str
    kind: ListKind = ListKind.SHELF
    page: Page = 0


class OfferPage(CallbackData, prefix="offers"):
    """One page (from 0) of the models offered for a text."""

    page: int


class OfferTap(CallbackData, prefix="offer"):
    """The model chosen for a text; the text is in the message that the screen replies to."""

    key: str


class FileOfferPage(CallbackData, prefix="files"):
    """One page (from 0) of the models offered for the files of a message and of its album."""

    page: int
    message: Number


class FileOffer(CallbackData, prefix="file"):
    """The model chosen for the files of a message and of its album."""

    key: str
    message: Number


class DraftTap(CallbackData, prefix="draft"):
    """Something done with a draft at a revision."""

    draft: Number
    revision: Number
    act: DraftAct


class Leave(CallbackData, prefix="leave"):
    """From the card of a draft's model back to the page of the list where it was opened."""

    draft: Number
    revision: Number
    kind: ListKind
    page: Page


class Star(CallbackData, prefix="star"):
    """The star of a draft's model shall be there or not; the card is drawn again with its way back."""

    draft: Number
    revision: Number
    on: bool
    kind: ListKind
    page: Page


class Ask(CallbackData, prefix="ask"):
    """Ask for one parameter of a draft, named by its digest."""

    draft: Number
    revision: Number
    parameter: str


class Pick(CallbackData, prefix="pick"):
    """A choice, named by its digest: the answer to the open question of a draft, or a change on its card."""

    draft: Number
    revision: Number
    choice: str


class PastFiles(CallbackData, prefix="mine"):
    """Earlier results for the open question of a draft, made before the one with this id; 0 = the newest."""

    draft: Number
    revision: Number
    before: Number


class TakeFile(CallbackData, prefix="take"):
    """One file of an earlier result as an answer to the open question of a draft."""

    draft: Number
    revision: Number
    generation: Number
    number: FileNumber


class AddPart(CallbackData, prefix="part"):
    """One more element of the list of parts that is the open question of a draft."""

    draft: Number
    revision: Number


class DropPart(CallbackData, prefix="drop"):
    """One element less; `number` is its place, from 1."""

    draft: Number
    revision: Number
    number: Annotated[int, Field(ge=1, lt=10_000)]


class Improve(CallbackData, prefix="imp"):
    """A draft's text shall be said better for so many kopecks; how the improvement `after` ended was seen."""

    draft: Number
    revision: Number
    after: Number
    price: Annotated[int, Field(ge=0, lt=10_000_000)]


class Reword(CallbackData, prefix="word"):
    """A draft's text shall be what an improvement made of it, or the person's own again."""

    draft: Number
    revision: Number
    improvement: Number
    better: bool


class Confirm(CallbackData, prefix="run"):
    """The tap on the price."""

    draft: Number
    revision: Number
    quote: Number


class ConfirmSeveral(CallbackData, prefix="runs"):
    """The tap on the price of several variants."""

    draft: Number
    revision: Number
    quote: Number
    times: Annotated[int, Field(ge=2, le=9)]


class GenerationTap(CallbackData, prefix="made"):
    """Something done with a generation."""

    generation: Number
    act: GenerationAct


class PresetTap(CallbackData, prefix="preset"):
    """To a quick action."""

    key: str


class QuickPage(CallbackData, prefix="quick"):
    """One page (from 0) of the quick actions."""

    page: int


class Agree(CallbackData, prefix="agree"):
    """Consent to the words of this version, and what goes on then; `draft` is 0 where none is meant."""

    version: str
    to: Onwards
    about: Number
    draft: Number


class Read(CallbackData, prefix="read"):
    """A paper instead of the question for consent, which keeps what goes on after it."""

    paper: Paper
    to: Onwards
    about: Number
    draft: Number


class HistoryPage(CallbackData, prefix="past"):
    """The generations made before the one with this id; 0 = the newest."""

    before: Number


class LanguageTap(CallbackData, prefix="lang"):
    """The language chosen."""

    code: Language


DRAFT_CALLBACKS = (DraftTap, Leave, Star, Ask, Pick, PastFiles, TakeFile, AddPart, DropPart, Improve, Reword)
"""The callbacks that act on a draft at a revision and mean nothing at another one."""


def parameter_digest(parameter: Parameter) -> str:
    """Eight hex digits that stand for a parameter."""
    return _digest(parameter.name)


def choice_digest(parameter: Parameter, choice: Choice) -> str:
    """Eight hex digits that stand for one value of one parameter."""
    return _digest(f"{parameter.name}={choice.raw}")


def family_digest(family: str) -> str:
    """Eight hex digits that stand for a family."""
    return _digest(family)


def _digest(text: str) -> str:
    return blake2s(text.encode(), digest_size=4).hexdigest()
