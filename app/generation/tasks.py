"""The names of the jobs, their functions and how often each is tried again after an unexpected error.

What a job expects (busy, blocked, not ready) it answers itself by saying when it is due again; the policies are
for what it did not expect. After the last attempt the sweeper derives the wake-up again.
"""

from collections.abc import Mapping
from types import MappingProxyType

from app.generation.checking import Checker
from app.generation.delivering import Deliverer, Teller
from app.generation.restoring import Restorer
from app.generation.results.originals import ORIGINAL, OriginalSender
from app.generation.starting import Starter
from app.generation.wakeups import CHECK, DELIVER, RESTORE, START, TELL
from app.jobs import JobFunction, RetryPolicy

POLICIES: Mapping[str, RetryPolicy] = MappingProxyType(
    {
        START: RetryPolicy(attempts=5, first_delay=1.0, factor=3.0, longest=60.0),
        CHECK: RetryPolicy(attempts=5, first_delay=1.0, factor=3.0, longest=60.0),
        DELIVER: RetryPolicy(attempts=8, first_delay=2.0, factor=3.0, longest=300.0),
        TELL: RetryPolicy(attempts=8, first_delay=2.0, factor=3.0, longest=300.0),
        RESTORE: RetryPolicy(attempts=5, first_delay=2.0, factor=3.0, longest=300.0),
        ORIGINAL: RetryPolicy(attempts=6, first_delay=2.0, factor=3.0, longest=300.0),
    }
)


def job_functions(
    starter: Starter,
    checker: Checker,
    deliverer: Deliverer,
    teller: Teller,
    restorer: Restorer,
    originals: OriginalSender,
) -> dict[str, JobFunction]:
    """What the worker runs, by name."""
    return {
        START: starter.start,
        CHECK: checker.check,
        DELIVER: deliverer.deliver,
        TELL: teller.tell,
        RESTORE: restorer.restore,
        ORIGINAL: originals.send,
    }
