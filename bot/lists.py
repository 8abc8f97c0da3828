"""Lists of models that are no shelves: best, trending, favourite, recent, all, found."""

from collections.abc import Iterable, Sequence

from app.catalogue import ModelKey, ModelSpec
from app.generation import Gate, Popularity
from app.offers import Offers, Showcase
from app.users import FavouriteService
from bot.callbacks import ListKind
from bot.keyboards.models import page_of
from bot.search import ModelSearch
from bot.texts import Words
from bot.view import View
from bot.views.free import FreeTable, free_view
from bot.views.lists import list_view


class ModelLists:
    """Draws one page of a list; only what is for sale stands on any."""

    def __init__(
        self,
        offers: Offers,
        showcase: Showcase,
        popularity: Popularity,
        favourites: FavouriteService,
        search: ModelSearch,
        gate: Gate,
    ) -> None:
        self._offers = offers
        self._showcase = showcase
        self._popularity = popularity
        self._favourites = favourites
        self._search = search
        self._gate = gate

    async def view(self, words: Words, user_id: int, kind: ListKind, page: int) -> View:
        """A page (from 0) of any list but FOUND, which needs a query."""
        if kind is ListKind.FREE:
            return await self._free_view(words, user_id, page)
        return await self._page(words, kind, await self._models(user_id, kind), page)

    async def found(self, words: Words, query: str, page: int) -> View:
        """A page of what answers to the query; of equal answers the operators' favourites first."""
        models = self._search.find(query, self._showcase.best_first(self._offers.for_sale()))
        return await self._page(words, ListKind.FOUND, models, page)

    async def _page(self, words: Words, kind: ListKind, models: Sequence[ModelSpec], page: int) -> View:
        shown, _, _ = page_of(models, page)
        standing = await self._gate.standings.now([it.key for it in shown])
        return list_view(words, self._offers, kind, models, page, standing)

    async def _free_view(self, words: Words, user_id: int, page: int) -> View:
        free = self._gate.free
        standing = await self._gate.standings.now([it.key for it in self._offers.for_sale()])
        table = FreeTable(free.allowance, await free.of(user_id), standing)
        return free_view(words, self._offers, table, page)

    async def _models(self, user_id: int, kind: ListKind) -> Sequence[ModelSpec]:
        if kind is ListKind.BEST:
            return self._sold([*await self._popularity.best(), *self._showcase.best])
        if kind is ListKind.TRENDING:
            return self._sold(await self._popularity.trending())
        if kind is ListKind.FAVOURITES:
            return self._sold(await self._favourites.of(user_id))
        if kind is ListKind.RECENT:
            return self._sold(await self._popularity.recent(user_id))
        return sorted(self._offers.for_sale(), key=lambda spec: spec.name.casefold())

    def _sold(self, keys: Iterable[ModelKey]) -> Sequence[ModelSpec]:
        """In this order, each once; for a withdrawn one its successor."""
        sold = (self._offers.sold(key) for key in keys)
        return list({spec.key: spec for spec in sold if spec is not None}.values())
