"""The main menu as every other screen leads back to it."""

from app.catalogue import Catalogue
from app.offers import Offers
from app.users import DraftService, is_begun
from bot.balances import Balances
from bot.configured import Configured
from bot.texts import Markup
from bot.views.menu import Unfinished, menu_view
from bot.visit import Visit


class MenuScreen:
    """Shows the menu with the money there is now, and the way back to what was begun."""

    def __init__(
        self,
        offers: Offers,
        balances: Balances,
        drafts: DraftService,
        catalogue: Catalogue,
        configured: Configured,
    ) -> None:
        self._offers = offers
        self._balances = balances
        self._drafts = drafts
        self._catalogue = catalogue
        self._configured = configured

    async def show(self, visit: Visit, note: Markup | None = None) -> None:
        """The menu as the live screen, under a note if there is something to say."""
        balance = await self._balances.of(visit.user.id)
        unfinished = await self._unfinished(visit.user.id)
        view = menu_view(visit.words, self._offers, self._configured, balance, unfinished)
        await visit.show(view if note is None else view.noting(note))

    async def _unfinished(self, user_id: int) -> Unfinished | None:
        """The open draft, once something of it was answered and while its model is for sale."""
        draft = await self._drafts.current(user_id)
        if draft is None or not self._offers.sells(draft.model_key):
            return None
        spec = self._catalogue.get(draft.model_key)
        return Unfinished(draft, spec) if is_begun(spec, draft.inputs) else None
