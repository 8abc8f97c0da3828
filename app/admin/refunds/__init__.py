"""Money back for everything that failed its people since a moment, in one go.

Purpose: `RefundAllDesk` counts what there is (the dry run) and begins a run; `RefundRunner` is the job that carries
it out, one generation a unit of work. What counts is defined by states and money: see `app.generation.Hopeless`.
What failed in the ordinary way is not among it: its money went back in the unit that failed it.

Invariants:
- a run is begun only with the very numbers that its operator has agreed to, and holds a list of its generations;
- each of them is decided once, in the unit that moves its money: a run that was killed goes on where it was;
- what has come to its end meanwhile is left alone, whichever of two runs comes first;
- every generation leaves a row in the log, and so do the beginning and the end of the run; people are told.

Proven by tests/integration/admin/test_refund_all.py and tests/e2e/test_refund_all.py.
"""

from app.admin.refunds.desk import RefundAllDesk
from app.admin.refunds.entities import Forecast, RefundRun
from app.admin.refunds.runner import REFUND_ALL, RefundRunner

__all__ = ["REFUND_ALL", "Forecast", "RefundAllDesk", "RefundRun", "RefundRunner"]
