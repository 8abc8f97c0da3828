"""What is for sale now and for how much.

Purpose: the price of a model with these inputs, computed in one place from the catalogue's credits and the rates
in force, and frozen in a quote before a person says yes.

Invariants:
- `Offers.price` is the only function that turns credits into roubles: every screen shows what it says, and what
  is charged is the price of a stored quote;
- prices are Decimal until they are whole kopecks, rounded up, above zero and never below what KIE takes; a
  quote of zero is flagged free, and only models that the catalogue marks free get one;
- a quote names the exchange rate, the markup and the worth of a Star it was computed with and never changes;
- a change of the rates by an operator is in force with the commit of its unit, on every instance;
- a model whose price cannot be computed is not for sale, nor one whose cost rose above its price (`Suspensions`);
- every quick action and every "best" model of the showcase fits the catalogue, or nothing starts.

Proven by tests/unit/offers and tests/integration/offers.
"""

from app.offers.errors import InvalidRatesError, NotForSaleError, NotFreeError, ShowcaseError
from app.offers.in_force import RatesInForce
from app.offers.quote import QUOTE_LIFETIME, Quote, QuotedDraft
from app.offers.rates import Rates
from app.offers.sequels import Onward, Sequels, begun_with, best_of_each
from app.offers.service import LeastPrice, Offers
from app.offers.showcase import Preset, Showcase, load_showcase
from app.offers.suspensions import CostChange, Suspension, SuspensionCause, Suspensions

__all__ = [
    "QUOTE_LIFETIME",
    "CostChange",
    "InvalidRatesError",
    "LeastPrice",
    "NotForSaleError",
    "NotFreeError",
    "Offers",
    "Onward",
    "Preset",
    "Quote",
    "QuotedDraft",
    "Rates",
    "RatesInForce",
    "Sequels",
    "Showcase",
    "ShowcaseError",
    "Suspension",
    "SuspensionCause",
    "Suspensions",
    "begun_with",
    "best_of_each",
    "load_showcase",
]
