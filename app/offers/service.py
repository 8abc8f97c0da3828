"""What is for sale and for how much."""

from dataclasses import dataclass

from app.catalogue import (
    Catalogue,
    Category,
    Facts,
    Inputs,
    ModelKey,
    ModelSpec,
    UnpricedError,
    cost,
    least_cost,
    starting_price,
)
from app.clock import Clock
from app.db import ReadSession, Session
from app.money import Credits, Kopecks
from app.offers import repository
from app.offers.errors import NotForSaleError, NotFreeError
from app.offers.in_force import RatesInForce
from app.offers.quote import Quote, QuotedDraft


@dataclass(frozen=True, slots=True)
class LeastPrice:
    """`exact`: no answer that is still to come changes it."""

    price: Kopecks
    exact: bool


class Offers:
    """The catalogue at the rates in force."""

    def __init__(self, catalogue: Catalogue, rates: RatesInForce, clock: Clock) -> None:
        self._catalogue = catalogue
        self._rates = rates
        self._clock = clock
        self._on_sale = tuple(spec for spec in catalogue.models if _has_price(spec))
        self._keys_on_sale = frozenset(spec.key for spec in self._on_sale)

    def for_sale(self, category: Category | None = None) -> tuple[ModelSpec, ...]:
        """The models that can be bought, of one shelf or (None) of all, in the catalogue's order."""
        return tuple(spec for spec in self._on_sale if category is None or spec.category is category)

    def sells(self, key: ModelKey) -> bool:
        """Whether the model with this key can be bought."""
        return key in self._keys_on_sale

    def sold(self, key: str) -> ModelSpec | None:
        """What can be bought for this key: its model, or the successor of a withdrawn one; None where neither can."""
        spec = self._catalogue.current(key)
        return spec if spec is not None and self.sells(spec.key) else None

    def price(self, spec: ModelSpec, inputs: Inputs, facts: Facts | None = None) -> Kopecks:
        """What these inputs cost the person: credits x 0.005 USD x exchange rate x markup (the model's own, if any), up
        to a kopeck.

        The one function behind every price that is shown or charged. Raises NotForSaleError.
        """
        return self._price(spec, self._cost(spec, inputs, facts))

    def price_from(self, spec: ModelSpec) -> Kopecks:
        """The lowest price: of a generation, or of one unit where `starting_price(spec).unit` names one.

        Raises NotForSaleError.
        """
        self._refuse_withdrawn(spec)
        return self._price(spec, starting_price(spec).credits)

    def price_least(self, spec: ModelSpec, inputs: Inputs) -> LeastPrice:
        """The least that a generation begun with these inputs comes to. Raises NotForSaleError."""
        self._refuse_withdrawn(spec)
        least = least_cost(spec, inputs)
        return LeastPrice(self._price(spec, least.credits), exact=least.exact and least.unit is None)

    async def quote(self, session: Session, draft: QuotedDraft) -> Quote:
        """The price of this revision, frozen for QUOTE_LIFETIME; while it is live the same quote comes back.

        Raises NotForSaleError and UnknownModelError.
        """
        spec = self._catalogue.get(draft.model_key)
        credits_ = self._cost(spec, draft.inputs, draft.facts)
        return await self._quote(session, draft, repository.Worth(credits_, is_free=False))

    async def quote_free(self, session: Session, draft: QuotedDraft) -> Quote:
        """As `quote`, at the price zero: for somebody who has a free run left.

        Raises NotFreeError, too, for a model that the catalogue does not mark free.
        """
        spec = self._catalogue.get(draft.model_key)
        credits_ = self._cost(spec, draft.inputs, draft.facts)
        if not spec.free:
            raise NotFreeError(spec.key)
        return await self._quote(session, draft, repository.Worth(credits_, is_free=True))

    def free(self) -> tuple[ModelSpec, ...]:
        """The models that the free tier may give away, in the catalogue's order."""
        return tuple(spec for spec in self._on_sale if spec.free)

    async def get(self, session: ReadSession, quote_id: int) -> Quote | None:
        """A quote, live or not: see `Quote.is_live`."""
        return await repository.find_quote(session, quote_id)

    async def _quote(self, session: Session, draft: QuotedDraft, worth: repository.Worth) -> Quote:
        moment = self._clock.now()
        live = await repository.find_live(session, draft, moment, is_free=worth.is_free)
        if live is not None:
            return live
        rates = await self._rates.read(session)
        rates = rates.of(self._catalogue.get(draft.model_key))
        return await repository.insert_quote(session, draft, worth, rates, moment)

    def _price(self, spec: ModelSpec, credits_: Credits) -> Kopecks:
        return self._rates.now.of(spec).price(credits_)

    def _cost(self, spec: ModelSpec, inputs: Inputs, facts: Facts | None) -> Credits:
        self._refuse_withdrawn(spec)
        try:
            return cost(spec, inputs, facts)
        except UnpricedError as error:
            raise NotForSaleError(spec.key) from error

    def _refuse_withdrawn(self, spec: ModelSpec) -> None:
        if spec.key not in self._keys_on_sale:
            raise NotForSaleError(spec.key)


def _has_price(spec: ModelSpec) -> bool:
    try:
        return starting_price(spec).credits > 0
    except UnpricedError:
        return False
