"""The whole proof: the ledger against itself, and against what people got for their money.

`app.ledger` proves its own rows; here stand the rules that join it with generations, free uses and payments. The
operators' command (`make audit-ledger`), the nightly job and every chaos test ask the same `Auditor`.

Invariants proven: a hold belongs to a living generation, or to a refund on its way; what was captured was
delivered or is being delivered; what failed gave everything back; a free generation has its use and moved no
money; what came in from outside was credited, once and whole; a friend's bonus has its invitation and its payment, and
goes back with it; a price of zero is flagged free.

Proven by tests/integration/books: one test per kind of corruption that must be named.
"""

from app.books.margins import Margins, ModelMargin
from app.books.rehearsals import Rehearsals
from app.books.runs import AuditRun, RehearsalRun
from app.books.service import BOOKS_AUDIT, Auditor, AuditRuns, NightlyAudit

__all__ = [
    "BOOKS_AUDIT",
    "AuditRun",
    "AuditRuns",
    "Auditor",
    "Margins",
    "ModelMargin",
    "NightlyAudit",
    "RehearsalRun",
    "Rehearsals",
]
