"""Receipts: what people send to prove a bank transfer, and what operators make of it.

Invariants:
- nothing is credited before an operator has said so (F40, F41), and over a limit two have to;
- a receipt is decided once, an order is credited for one receipt, the same bytes are credited once for ever (F42);
- who decides sees whether the file came before, byte for byte or to the eye, or that nobody could look.

Proven by tests/unit/payments/test_fingerprint.py and tests/integration/payments/test_receipts.py.
"""

from app.payments.receipts.errors import ReceiptGoneError, UnknownReceiptError
from app.payments.receipts.ports import ReceiptSource
from app.payments.receipts.reading import ANNOUNCE, ESCALATE, ReceiptReader
from app.payments.receipts.receipt import Decided, Decision, Receipt, ReceiptFile, Twin, transfer_code
from app.payments.receipts.service import READ, BankTransfers
from app.payments.receipts.states import DECIDABLE, Approval, FileKind, ReceiptState, Received

__all__ = [
    "ANNOUNCE",
    "DECIDABLE",
    "ESCALATE",
    "READ",
    "Approval",
    "BankTransfers",
    "Decided",
    "Decision",
    "FileKind",
    "Receipt",
    "ReceiptFile",
    "ReceiptGoneError",
    "ReceiptReader",
    "ReceiptSource",
    "ReceiptState",
    "Received",
    "Twin",
    "UnknownReceiptError",
    "transfer_code",
]
