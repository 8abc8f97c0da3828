"""The provider's own catalogue beside ours: what is new, gone, asked otherwise or dearer, and what we would lose by it.

Purpose: `compare_list` and `compare_fields` say what is other, `losses` which prices no longer pay for what they buy;
the jobs of `MarketWatch` do so by the clock, and take what would lose money off sale at once.

Invariants:
- a list that lacks most of our models is not believed, and what it lacks is gone only when its schema is, too;
- a figure that the provider's prose does not tell is said to be unread, never guessed;
- what is off sale is not sold whatever quote is live, and returns by itself when its price is right again.

Proven by tests/unit/market and tests/integration/market.
"""

from app.generation.market.comparison import Comparison, compare_fields, compare_list, watched
from app.generation.market.differences import Change, Difference, Loss, losses, row_words
from app.generation.market.facts import Field, Fields, Listed, NotListedError, ProviderList
from app.generation.market.known import KNOWN, NOTHING, Known, load_known
from app.generation.market.prices import RowReading, read_rows
from app.generation.market.watch import MARKET_LIST, MARKET_SCHEMAS, MarketWatch

__all__ = [
    "KNOWN",
    "MARKET_LIST",
    "MARKET_SCHEMAS",
    "NOTHING",
    "Change",
    "Comparison",
    "Difference",
    "Field",
    "Fields",
    "Known",
    "Listed",
    "Loss",
    "MarketWatch",
    "NotListedError",
    "ProviderList",
    "RowReading",
    "compare_fields",
    "compare_list",
    "load_known",
    "losses",
    "read_rows",
    "row_words",
    "watched",
]
