"""What a person may ask about their data (P46): a copy of everything, and that it be deleted.

Purpose: one table of rules (`rules`) says of each table how it is given out and what becomes of it; the export and
the deletion follow it, so what one knows the other cannot forget.

The written rule of a deletion (P47): what is on its way comes first, cancelled where it can be, else waited for, and
so are receipts and refunds that nobody has decided about. Paid money that is left goes to the house, but only the
sum that the person saw and agreed to; what comes in later stays under their key. The bonus goes back. Debt and ban
stay. The books, payments and the log of the staff stay with the key alone.

Invariants:
- every table has a rule, or a reason why it knows nobody;
- a deletion is three units of work, each of which any crash leaves behind whole; it goes on by itself;
- from the unit that begins it the person orders nothing; the books balance after each unit;
- nobody is called while a unit of work is open.

Proven by tests/integration/privacy.
"""

from app.privacy.departing import Departures, Purse, Usher
from app.privacy.entities import ExportWish, Farewell
from app.privacy.exporting import Exporter
from app.privacy.ports import PrivacyNews
from app.privacy.rules import NOBODYS, PERSONAL
from app.privacy.service import PrivacyService
from app.privacy.tasks import PRIVACY_POLICIES, PRIVACY_SWEEP, privacy_jobs

__all__ = [
    "NOBODYS",
    "PERSONAL",
    "PRIVACY_POLICIES",
    "PRIVACY_SWEEP",
    "Departures",
    "ExportWish",
    "Exporter",
    "Farewell",
    "PrivacyNews",
    "PrivacyService",
    "Purse",
    "Usher",
    "privacy_jobs",
]
