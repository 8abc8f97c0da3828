"""What keeps a generation from being made although the person could pay: the guards on money.

Purpose: the free tier, a person's own budget, the caps on what we spend at KIE, KIE's own balance, and the circuit
of each model. Each guard is asked in the very unit that holds the money, under the person's row lock; what it
refuses says why and when it opens again, and nothing is held then.

Invariants:
- of free generations a person gets so many in an hour and in a day, however many taps come at once;
- what a free generation cost is booked once, to `promo`; a use comes back when the fault was not the person's;
- what a person's generations and improvements of a day or month cost never exceeds the budget they set;
- what the whole bot spends in an hour or a day never exceeds its cap, nor do newcomers, nor one model;
- nothing is sold that KIE's balance cannot pay for, or that KIE refuses our account;
- what would be sold below what it costs now, or is gone at KIE, is not sold;
- what KIE fails again and again is not sold for a while, then tried again;
- what holds for everybody is said on shelves and cards (`Standings`) before anything is chosen.

The day and the month begin at midnight in TIME_ZONE. Proven by tests/integration/guards.
"""

from app.generation.guards.budgets import Budget, Budgets
from app.generation.guards.caps import Cap, Caps, CostCaps
from app.generation.guards.circuit import BLAMED, Circuit, CircuitRule
from app.generation.guards.credits import KIE_BALANCE, CreditsSource, CreditsWatch, KieBalance, OperatorNews
from app.generation.guards.free import FreeAllowance, FreeLeft, FreeTier
from app.generation.guards.gate import Gate, Spending
from app.generation.guards.refusals import (
    Broken,
    Capped,
    OffSale,
    OverBudget,
    Period,
    Refusal,
    Scope,
    SoldOut,
)
from app.generation.guards.standing import Standing, Standings

__all__ = [
    "BLAMED",
    "KIE_BALANCE",
    "Broken",
    "Budget",
    "Budgets",
    "Cap",
    "Capped",
    "Caps",
    "Circuit",
    "CircuitRule",
    "CostCaps",
    "CreditsSource",
    "CreditsWatch",
    "FreeAllowance",
    "FreeLeft",
    "FreeTier",
    "Gate",
    "KieBalance",
    "OffSale",
    "OperatorNews",
    "OverBudget",
    "Period",
    "Refusal",
    "Scope",
    "SoldOut",
    "Spending",
    "Standing",
    "Standings",
]
