"""Models that are off sale because their price is not right any more, or because the provider has them no longer.

Invariants: a model is off sale once at a time; what has ended stays in its table, to be told of. Proven by
tests/integration/market.
"""

from app.offers.suspensions.entities import CostChange, Suspension, SuspensionCause
from app.offers.suspensions.service import Suspensions

__all__ = ["CostChange", "Suspension", "SuspensionCause", "Suspensions"]
