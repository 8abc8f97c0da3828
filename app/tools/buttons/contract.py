"""The buttons that the product promises: twenty, and four beside them."""

from dataclasses import dataclass

from aiogram.filters.callback_data import CallbackData

from app.catalogue import Category
from bot.callbacks import Go, ListKind, ListPage, Shelf, Target


@dataclass(frozen=True)
class Promise:
    """A button by its name in the product's description; it stands on the screen that `screen` opens."""

    name: str
    screen: str
    callback: CallbackData

    @property
    def data(self) -> str:
        """What the button carries."""
        return self.callback.pack()


MENU = "/menu"
HELP = "/help"

PROMISES = (
    Promise("Pictures and design", MENU, Shelf(category=Category.PICTURES, page=0)),
    Promise("Video", MENU, Shelf(category=Category.VIDEO, page=0)),
    Promise("Audio", MENU, Shelf(category=Category.AUDIO, page=0)),
    Promise("Enhance quality", MENU, Shelf(category=Category.ENHANCE, page=0)),
    Promise("Avatars", MENU, Shelf(category=Category.AVATARS, page=0)),
    Promise("Music", MENU, Shelf(category=Category.MUSIC, page=0)),
    Promise("Best models", MENU, ListPage(kind=ListKind.BEST, page=0)),
    Promise("Search", MENU, Go(to=Target.SEARCH)),
    Promise("Quick actions", MENU, Go(to=Target.QUICK)),
    Promise("Trending", MENU, ListPage(kind=ListKind.TRENDING, page=0)),
    Promise("Free", MENU, Go(to=Target.FREE)),
    Promise("All categories", MENU, Go(to=Target.MODELS)),
    Promise("Balance", MENU, Go(to=Target.BALANCE)),
    Promise("History", MENU, Go(to=Target.HISTORY)),
    Promise("Help", MENU, Go(to=Target.HELP)),
    Promise("Help: free generations", HELP, Go(to=Target.HELP_FREE)),
    Promise("Help: how to top up", HELP, Go(to=Target.HELP_TOP_UP)),
    Promise("Help: how pricing works", HELP, Go(to=Target.HELP_PRICES)),
    Promise("Help: what to do on an error", HELP, Go(to=Target.HELP_ERRORS)),
    Promise("Help: back to menu", HELP, Go(to=Target.MENU)),
    Promise("Favourites", MENU, ListPage(kind=ListKind.FAVOURITES, page=0)),
    Promise("Invite friends", MENU, Go(to=Target.INVITE)),
    Promise("Settings", MENU, Go(to=Target.SETTINGS)),
    Promise("Support", MENU, Go(to=Target.SUPPORT)),
)
"""In the order in which they are listed."""
