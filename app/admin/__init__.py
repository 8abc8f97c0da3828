"""The staff: who may do what, what they did, and the desks at which they do it.

Purpose: `AdminService` (people), `MoneyDesk` (their money), `StrangeDesk` (money that fits no order), `ReceiptDesk`,
`RatesDesk`, `GenerationDesk`, `DeadDesk` (events and jobs that died), `RefundAllDesk` (what is stuck), `ModelsDesk`
(what is off sale), `Crew` (roles and the log); `Herald` brings the news of it; all of them write through `Office`.
`AlertWatch` tells operators what needs a hand.

Invariants:
- every write checks the role in its own unit of work, whatever a screen has checked before;
- every write leaves a row in the log in the same unit: who, as what, what, to whom, why; the log only grows (F57);
- an event is applied once, so a tap told twice is one act;
- owners stand in the settings, so no owner can be unmade, banned or made from inside.

Proven by tests/unit/admin and tests/integration/admin.
"""

from app.admin.alerts import Alert, AlertKind, AlertWatch, Cause, MarketDetail, StaffAlerts
from app.admin.crew import Crew
from app.admin.dead import DeadDesk, DeadWork, Sort, Trouble
from app.admin.desks import Desks, Rules, build_desks
from app.admin.entities import Action, LogEntry, Member, Overview, Profile
from app.admin.errors import NotAllowedError, OwnersOnlyError, StaffProtectedError, StillLosingError
from app.admin.foresight import Adjustment, Direction, Foresight
from app.admin.generations import GenerationCard, GenerationDesk
from app.admin.models import ModelsDesk, OffSaleModel
from app.admin.money import MoneyDesk, Payback, PaymentLine
from app.admin.neighbours import StaffNeighbours
from app.admin.office import Office
from app.admin.own_acts import record_own_act
from app.admin.ports import StaffNotices
from app.admin.rates import Rate, RatesDesk, value_of
from app.admin.receipts import ReceiptCard, ReceiptDesk
from app.admin.refunds import REFUND_ALL, Forecast, RefundAllDesk, RefundRun, RefundRunner
from app.admin.roles import GRANTABLE, Right, Role, may
from app.admin.service import AdminService
from app.admin.staff import Staff
from app.admin.strange import StrangeDesk, StrangePayment
from app.admin.tasks import ADMIN_PERIODIC, ADMIN_POLICIES, admin_jobs
from app.admin.telling import Herald

__all__ = [
    "ADMIN_PERIODIC",
    "ADMIN_POLICIES",
    "GRANTABLE",
    "REFUND_ALL",
    "Action",
    "Adjustment",
    "AdminService",
    "Alert",
    "AlertKind",
    "AlertWatch",
    "Cause",
    "Crew",
    "DeadDesk",
    "DeadWork",
    "Desks",
    "Direction",
    "Forecast",
    "Foresight",
    "GenerationCard",
    "GenerationDesk",
    "Herald",
    "LogEntry",
    "MarketDetail",
    "Member",
    "ModelsDesk",
    "MoneyDesk",
    "NotAllowedError",
    "OffSaleModel",
    "Office",
    "Overview",
    "OwnersOnlyError",
    "Payback",
    "PaymentLine",
    "Profile",
    "Rate",
    "RatesDesk",
    "ReceiptCard",
    "ReceiptDesk",
    "RefundAllDesk",
    "RefundRun",
    "RefundRunner",
    "Right",
    "Role",
    "Rules",
    "Sort",
    "Staff",
    "StaffAlerts",
    "StaffNeighbours",
    "StaffNotices",
    "StaffProtectedError",
    "StillLosingError",
    "StrangeDesk",
    "StrangePayment",
    "Trouble",
    "admin_jobs",
    "build_desks",
    "may",
    "record_own_act",
    "value_of",
]
