"""What the staff sees, and what is kept of what it did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.admin.roles import Role
from app.ledger import Balance
from app.money import Kopecks
from app.users import User


class Action(StrEnum):
    """Everything that is written by the staff."""

    CREDITED = "credited"
    DEBITED = "debited"
    BANNED = "banned"
    UNBANNED = "unbanned"
    GENERATION_REFUNDED = "generation_refunded"
    PAYMENT_REFUNDED = "payment_refunded"
    PAYMENT_ASSIGNED = "payment_assigned"  # one that fitted no order
    PAYMENT_ACCEPTED = "payment_accepted"  # the same, left as it is
    RATES_CHANGED = "rates_changed"
    ROLE_GRANTED = "role_granted"
    ROLE_TAKEN = "role_taken"
    RECEIPT_SECONDED = "receipt_seconded"  # the first of two approvals
    RECEIPT_APPROVED = "receipt_approved"
    RECEIPT_REJECTED = "receipt_rejected"
    WORK_REPLAYED = "work_replayed"  # dead events or jobs
    GENERATION_RETRIED = "generation_retried"
    GENERATION_GIVEN_UP = "generation_given_up"  # one of many: it was stuck, its money is back
    REFUND_RUN_BEGUN = "refund_run_begun"
    REFUND_RUN_ENDED = "refund_run_ended"
    MODEL_PUT_BACK = "model_put_back"  # it was off sale
    MARKET_LOOKED_AT = "market_looked_at"
    DATA_EXPORTED = "data_exported"  # by the person, as the two below
    DELETION_ASKED = "deletion_asked"
    ACCOUNT_DELETED = "account_deleted"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the staff."""

    user_id: int
    role: Role


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One row of the log: who, as what, did what to whom, why. `facts` are the numbers of it, as text."""

    id: int
    at: datetime
    actor_id: int
    role: Role
    action: Action
    user_id: int | None
    subject: str
    reason: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as the staff sees them; sums in kopecks over their whole life here.

    `inviter`: who brought them, if anybody did; `invited`: how many they brought.
    """

    user: User
    role: Role | None
    balance: Balance
    created_at: datetime
    seen_at: datetime
    generations: int
    spent: Kopecks
    paid_in: Kopecks
    inviter: int | None
    invited: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The last 24 hours and what waits now; money in kopecks."""

    people: int
    active: int
    arrived: int
    paid_in: Kopecks
    revenue: Kopecks
    cost: Kopecks
    made: int
    failed: int
    running: int
    waiting_events: int
    dead_events: int
    failed_jobs: int
    waiting_receipts: int
    strange_payments: int

    @property
    def margin(self) -> Kopecks:
        """What was taken for results, less what KIE took for them."""
        return Kopecks(self.revenue - self.cost)
