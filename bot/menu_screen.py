"""The main menu as every other screen leads back to it."""

from app.offers import Offers
from bot.balances import Balances
from bot.texts import Markup
from bot.views.menu import menu_view
from bot.visit import Visit


class MenuScreen:
    """Shows the menu with the money there is now."""

    def __init__(self, offers: Offers, balances: Balances) -> None:
        self._offers = offers
        self._balances = balances

    async def show(self, visit: Visit, note: Markup | None = None) -> None:
        """The menu as the live screen, under a note if there is something to say."""
        view = menu_view(visit.words, self._offers, await self._balances.of(visit.user.id))
        await visit.show(view if note is None else view.noting(note))
