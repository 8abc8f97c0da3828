"""Money that comes in from outside and goes back: orders, payments, refunds, subscriptions, reconciliation.

Purpose: an order stands before the invoice, what comes in is compared with it and booked by one written rule
(`rules.ruling`), whatever the method; a method is one `PaymentProvider` in `providers`.

Invariants:
- what is credited comes from the order's row (its rate is frozen there), never from what a session remembers;
- no order is made for somebody who has not agreed to the terms, nor more than ORDERS_AN_HOUR for one person;
- a charge is booked once, however often and through whatever events it is told of, and goes back once;
- a paid charge is always booked, whatever the order's age: to a person, or to the suspense account; what does not
  fit its order waits for an operator's eye (`mismatch`) and is an error in the log;
- the pre-checkout answer writes nothing, so any instance gives it;
- a month that went back stops the renewal of its subscription;
- a person's first payment earns whoever invited them the bonus, and takes it along when it goes back;
- no provider is called while a unit of work is open.

Proven by tests/unit/payments and tests/integration/payments; test_states.py walks every state and event,
test_provider_contract.py every method.
"""

from app.payments.errors import (
    AlreadyRefundedError,
    InvalidAmountError,
    ProviderAwayError,
    ProviderRefusedError,
    TooManyOrdersError,
    UnknownOrderError,
    UnknownPaymentError,
)
from app.payments.invitations import (
    TELL_INVITER,
    Invitation,
    Invitations,
    InviterRecord,
    InviterTeller,
    is_referral,
)
from app.payments.order import Arrival, Order, Payment, PreCheckout
from app.payments.payers import ORDERS_AN_HOUR, Payers
from app.payments.ports import (
    Invoice,
    PaymentNews,
    PaymentProvider,
    PaymentRequest,
    PayPage,
    StarsApi,
    StarsBill,
    StarsMovement,
    StarsPage,
    TransferDetails,
    Wording,
)
from app.payments.providers import BankAccount, BankProvider, StarsProvider
from app.payments.receipts import (
    ANNOUNCE,
    DECIDABLE,
    ESCALATE,
    READ,
    Approval,
    BankTransfers,
    Decided,
    Decision,
    FileKind,
    Receipt,
    ReceiptFile,
    ReceiptGoneError,
    ReceiptReader,
    ReceiptSource,
    ReceiptState,
    Received,
    Twin,
    UnknownReceiptError,
    transfer_code,
)
from app.payments.reconciliation import Reconciled, StarsReconciliation
from app.payments.refund import Refund, Return
from app.payments.refunds import RefundService
from app.payments.review import PaymentReview
from app.payments.rules import PreCheckoutVerdict, Refusal
from app.payments.service import PaymentService
from app.payments.states import (
    Method,
    Mismatch,
    OrderEvent,
    OrderState,
    Outcome,
    RefundState,
    RenewalState,
)
from app.payments.subscription import Subscription
from app.payments.subscriptions import SubscriptionService
from app.payments.tasks import (
    PAYMENT_POLICIES,
    PAYMENTS_BY_THE_CLOCK,
    Refunder,
    RenewalStopper,
    payment_jobs,
)
from app.payments.terms import RoubleTerms, StarsTerms, Terms, Wish

__all__ = [
    "ANNOUNCE",
    "DECIDABLE",
    "ESCALATE",
    "ORDERS_AN_HOUR",
    "PAYMENTS_BY_THE_CLOCK",
    "PAYMENT_POLICIES",
    "READ",
    "TELL_INVITER",
    "AlreadyRefundedError",
    "Approval",
    "Arrival",
    "BankAccount",
    "BankProvider",
    "BankTransfers",
    "Decided",
    "Decision",
    "FileKind",
    "InvalidAmountError",
    "Invitation",
    "Invitations",
    "InviterRecord",
    "InviterTeller",
    "Invoice",
    "Method",
    "Mismatch",
    "Order",
    "OrderEvent",
    "OrderState",
    "Outcome",
    "PayPage",
    "Payers",
    "Payment",
    "PaymentNews",
    "PaymentProvider",
    "PaymentRequest",
    "PaymentReview",
    "PaymentService",
    "PreCheckout",
    "PreCheckoutVerdict",
    "ProviderAwayError",
    "ProviderRefusedError",
    "Receipt",
    "ReceiptFile",
    "ReceiptGoneError",
    "ReceiptReader",
    "ReceiptSource",
    "ReceiptState",
    "Received",
    "Reconciled",
    "Refund",
    "RefundService",
    "RefundState",
    "Refunder",
    "Refusal",
    "RenewalState",
    "RenewalStopper",
    "Return",
    "RoubleTerms",
    "StarsApi",
    "StarsBill",
    "StarsMovement",
    "StarsPage",
    "StarsProvider",
    "StarsReconciliation",
    "StarsTerms",
    "Subscription",
    "SubscriptionService",
    "Terms",
    "TooManyOrdersError",
    "TransferDetails",
    "Twin",
    "UnknownOrderError",
    "UnknownPaymentError",
    "UnknownReceiptError",
    "Wish",
    "Wording",
    "is_referral",
    "payment_jobs",
    "transfer_code",
]
