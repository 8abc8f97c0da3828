"""Lists of models that are no shelves: best, trending, favourite, recent, all, found."""

from collections.abc import Iterable, Sequence

from app.catalogue import ModelKey, ModelSpec
from app.generation import FreeTier, Popularity
from app.offers import Offers, Showcase
from app.users import FavouriteService
from bot.callbacks import ListKind
from bot.keyboards.menu import CATEGORY_KEYS
from bot.search import find_models
from bot.texts import Texts, Words
from bot.view import View
from bot.views.free import free_view
from bot.views.lists import list_view


class ModelLists:
    """Draws one page of a list; only what is for sale stands on any."""

    def __init__(
        self,
        offers: Offers,
        showcase: Showcase,
        popularity: Popularity,
        favourites: FavouriteService,
        texts: Texts,
        free: FreeTier,
    ) -> None:
        self._offers = offers
        self._showcase = showcase
        self._popularity = popularity
        self._favourites = favourites
        self._texts = texts
        self._free = free

    async def view(self, words: Words, user_id: int, kind: ListKind, page: int) -> View:
        """A page (from 0) of any list but FOUND, which needs a query."""
        if kind is ListKind.FREE:
            return free_view(words, self._offers, self._free.allowance, await self._free.of(user_id))
        return list_view(words, self._offers, kind, await self._models(user_id, kind), page)

    def found(self, words: Words, query: str, page: int) -> View:
        """A page of what answers to the query."""
        models = find_models(query, self._offers.for_sale(), self._described)
        return list_view(words, self._offers, ListKind.FOUND, models, page)

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

    def _described(self, spec: ModelSpec) -> str:
        """Provider, task, shelf and description in every language."""
        parts = [spec.provider, spec.family, spec.task]
        for language in self._texts.languages:
            words = self._texts.for_language(language)
            parts += [words.plain(CATEGORY_KEYS[spec.category]), spec.description.get(language)]
        return " ".join(parts)
