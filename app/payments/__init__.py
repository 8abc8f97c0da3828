"""Money that comes in from outside: orders, payments and their crediting. Telegram Stars so far.

Purpose: an order stands before the invoice, the pre-checkout query is compared with it, and a successful payment
is credited from it.

Invariants:
- what is credited comes from the order's row (its rate is frozen there), never from what a session remembers;
- a charge is booked once, however often and through whatever events Telegram tells of it;
- a paid charge is always booked: to the person of its order whatever the order's age, or, when it does not fit
  its order, to the suspense account with an error in the log;
- the pre-checkout answer writes nothing, so any instance gives it.

Proven by tests/unit/payments and tests/integration/payments.
"""

from app.payments.errors import InvalidAmountError
from app.payments.order import Order, Payment, PreCheckout, StarsTerms, SuccessfulPayment
from app.payments.ports import PaymentProvider
from app.payments.rules import PreCheckoutVerdict, Refusal
from app.payments.service import PaymentService
from app.payments.states import Method, Mismatch, OrderState, Outcome

__all__ = [
    "InvalidAmountError",
    "Method",
    "Mismatch",
    "Order",
    "OrderState",
    "Outcome",
    "Payment",
    "PaymentProvider",
    "PaymentService",
    "PreCheckout",
    "PreCheckoutVerdict",
    "Refusal",
    "StarsTerms",
    "SuccessfulPayment",
]
