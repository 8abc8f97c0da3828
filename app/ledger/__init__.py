"""The books: immutable double entry with holds, written by SQL functions only.

`Ledger` is everyday business, `Corrections` the rare one; both work inside the caller's unit of work and hold no
state. A transfer moves a positive amount between two accounts and is written with its entries, which sum to zero.
A person has the buckets bonus, cash and debt; each is a wallet row that is the sum of a chain of entries.

Invariants, proven after every step of a random life by tests/integration/ledger/test_model.py, and for every
column of every table by test_tampering.py:

- nothing is ever changed or removed, not even by the owner of the tables (test_append_only.py);
- `held >= 0` and `posted - held >= 0`; there is no free cash beside debt;
- a key names one transfer for ever; a hold is resolved once (test_concurrency.py);
- a refusal changes nothing.
"""

from app.ledger.accounts import Bucket, HouseAccount, payments_account
from app.ledger.balance import Balance, Finding, Hold, StatementLine
from app.ledger.corrections import Corrections, Explanation
from app.ledger.errors import (
    DebtOutstandingError,
    HoldResolvedError,
    InsufficientFundsError,
    InvalidTransferError,
    KeyReusedError,
    LedgerError,
    RefundTooLargeError,
    UnknownTransferError,
)
from app.ledger.service import Ledger
from app.ledger.states import TransferKind

__all__ = [
    "Balance",
    "Bucket",
    "Corrections",
    "DebtOutstandingError",
    "Explanation",
    "Finding",
    "Hold",
    "HoldResolvedError",
    "HouseAccount",
    "InsufficientFundsError",
    "InvalidTransferError",
    "KeyReusedError",
    "Ledger",
    "LedgerError",
    "RefundTooLargeError",
    "StatementLine",
    "TransferKind",
    "UnknownTransferError",
    "payments_account",
]
