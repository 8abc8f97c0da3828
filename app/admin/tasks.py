"""The names of the staff's jobs, their functions, and how often each is tried."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.admin.alerts import ALERTS, AlertWatch
from app.admin.office import TELL
from app.admin.refunds import REFUND_ALL, RefundRunner
from app.admin.telling import Herald
from app.jobs import JobFunction, Periodic, RetryPolicy
from app.payments import ANNOUNCE, ESCALATE, READ, ReceiptReader

ADMIN_POLICIES: Mapping[str, RetryPolicy] = MappingProxyType(
    {
        READ: RetryPolicy(attempts=6, first_delay=1.0, factor=3.0, longest=120.0),
        ANNOUNCE: RetryPolicy(attempts=8, first_delay=2.0, factor=3.0, longest=300.0),
        TELL: RetryPolicy(attempts=8, first_delay=2.0, factor=3.0, longest=300.0),
        REFUND_ALL: RetryPolicy(attempts=12, first_delay=1.0, factor=2.0, longest=120.0),
    }
)

ADMIN_PERIODIC: Sequence[Periodic] = (Periodic(ESCALATE, "*/10 * * * *"), ALERTS)


def admin_jobs(
    reader: ReceiptReader, herald: Herald, watch: AlertWatch, runner: RefundRunner
) -> dict[str, JobFunction]:
    """What the worker runs, by name."""
    return {
        READ: reader.read,
        ANNOUNCE: herald.announce,
        ESCALATE: reader.escalate,
        TELL: herald.tell,
        ALERTS.job: watch.look,
        REFUND_ALL: runner.run,
    }
