"""The staff: who may do what, what they did, and the desks at which they do it.

Purpose: `AdminService` (people and their money), `ReceiptDesk`, `RatesDesk`, `Crew` (roles and the log); `Herald`
brings the news of it; all of them write through `Office`.

Invariants:
- every write checks the role in its own unit of work, whatever a screen has checked before;
- every write leaves a row in the log in the same unit: who, as what, what, to whom, why; the log only grows (F57);
- an event is applied once, so a tap told twice is one act;
- owners stand in the settings, so no owner can be unmade, banned or made from inside.

Proven by tests/unit/admin and tests/integration/admin.
"""

from app.admin.crew import Crew
from app.admin.desks import Desks, Rules, build_desks
from app.admin.entities import Action, LogEntry, Member, Overview, Profile
from app.admin.errors import NotAllowedError, OwnersOnlyError, StaffProtectedError
from app.admin.office import Office
from app.admin.ports import StaffNotices
from app.admin.rates import Rate, RatesDesk, value_of
from app.admin.receipts import ReceiptCard, ReceiptDesk
from app.admin.roles import GRANTABLE, Right, Role, may
from app.admin.service import Adjustment, AdminService, PaymentLine, StaffNeighbours
from app.admin.staff import Staff
from app.admin.tasks import ADMIN_PERIODIC, ADMIN_POLICIES, admin_jobs
from app.admin.telling import Herald

__all__ = [
    "ADMIN_PERIODIC",
    "ADMIN_POLICIES",
    "GRANTABLE",
    "Action",
    "Adjustment",
    "AdminService",
    "Crew",
    "Desks",
    "Herald",
    "LogEntry",
    "Member",
    "NotAllowedError",
    "Office",
    "Overview",
    "OwnersOnlyError",
    "PaymentLine",
    "Profile",
    "Rate",
    "RatesDesk",
    "ReceiptCard",
    "ReceiptDesk",
    "Right",
    "Role",
    "Rules",
    "Staff",
    "StaffNeighbours",
    "StaffNotices",
    "StaffProtectedError",
    "admin_jobs",
    "build_desks",
    "may",
    "value_of",
]
