"""What operators are told without having asked: each cause once, however often a job runs and whoever restarts.

A cause is no event that somebody must not lose: it is read off the rows that prove it (a payment that fits no order, a
refund that was refused, …), and the row of the alert is claimed before it is sent. So a job that runs twice, a crash
or a take-over sends no second message; at worst one is lost, and what it was about still stands on the screen.

Proven by tests/integration/admin/test_alerts.py.
"""

from app.admin.alerts.entities import Alert, AlertKind, Cause, MarketDetail
from app.admin.alerts.repository import give_back
from app.admin.alerts.watch import ALERTS, AlertWatch, StaffAlerts

__all__ = ["ALERTS", "Alert", "AlertKind", "AlertWatch", "Cause", "MarketDetail", "StaffAlerts", "give_back"]
