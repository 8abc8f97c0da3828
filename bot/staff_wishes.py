"""What one of the staff wants done, as the live screen keeps it until they agree to it.

A button holds 64 bytes and a reason does not fit, so the screen keeps the whole wish and the button its digest: what is
agreed to is what stands on the screen, and nothing else.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2s

from app.admin import Adjustment, Direction, Forecast, Sort
from app.ledger import Bucket
from app.money import Kopecks
from bot.staff_awaiting import Asked, Awaited


@dataclass(frozen=True, slots=True)
class BucketOf:
    """Which of a person's buckets shall change, and which way."""

    user_id: int
    direction: Direction
    bucket: Bucket

    @property
    def awaited(self) -> Awaited:
        """Asks how much and why."""
        return Awaited(Asked.ADJUST, f"{self.user_id}:{self.direction}:{self.bucket}")


@dataclass(frozen=True, slots=True)
class PaybackWish:
    """A payment shall go back; up to `most_debt` of it may become debt."""

    payment_id: int
    most_debt: Kopecks
    reason: str

    @property
    def awaited(self) -> Awaited:
        """Waits to be agreed to."""
        return Awaited(Asked.PAYBACK_READY, f"{self.payment_id}:{self.most_debt}:{self.reason}")


@dataclass(frozen=True, slots=True)
class StrangeWish:
    """A strange payment shall be credited to a person; `user_id` None: it shall stay where it is."""

    payment_id: int
    user_id: int | None
    note: str

    @property
    def awaited(self) -> Awaited:
        """Waits to be agreed to."""
        return Awaited(Asked.STRANGE_READY, f"{self.payment_id}:{self.user_id or 0}:{self.note}")


@dataclass(frozen=True, slots=True)
class ReplayWish:
    """One dead piece of work, or (with `work_id` None) all of its kind, shall be tried again."""

    sort: Sort
    work_id: int | None
    kind: str

    @property
    def awaited(self) -> Awaited:
        """Asks why."""
        return Awaited(Asked.REPLAY, f"{self.sort}:{self.work_id or 0}:{self.kind}")


def refund_all_asked(forecast: Forecast) -> Awaited:
    """Asks why so much shall go back."""
    numbers = f"{forecast.generations}:{forecast.people}:{forecast.amount}"
    return Awaited(Asked.REFUND_ALL, f"{int(forecast.since.timestamp())}:{numbers}")


def refund_all_ready(forecast: Forecast, reason: str) -> Awaited:
    """Waits to be agreed to."""
    return Awaited(Asked.REFUND_ALL_READY, f"{refund_all_asked(forecast).about}:{reason}")


def ready(wanted: Adjustment) -> Awaited:
    """Waits to be agreed to."""
    bucket = BucketOf(wanted.user_id, wanted.direction, wanted.bucket).awaited.about
    return Awaited(Asked.ADJUST_READY, f"{bucket}:{wanted.amount}:{wanted.reason}")


def bucket_of(awaited: Awaited) -> BucketOf:
    """Of a question for a sum."""
    user_id, direction, bucket = awaited.about.split(":")
    return BucketOf(int(user_id), Direction(direction), Bucket(bucket))


def adjustment_of(awaited: Awaited) -> Adjustment:
    """Of what `ready` made."""
    user_id, direction, bucket, amount, reason = awaited.about.split(":", 4)
    return Adjustment(int(user_id), Direction(direction), Bucket(bucket), Kopecks(int(amount)), reason)


def payback_of(awaited: Awaited) -> PaybackWish:
    """Of what `PaybackWish.awaited` made."""
    payment_id, most_debt, reason = awaited.about.split(":", 2)
    return PaybackWish(int(payment_id), Kopecks(int(most_debt)), reason)


def strange_of(awaited: Awaited) -> StrangeWish:
    """Of what `StrangeWish.awaited` made."""
    payment_id, user_id, note = awaited.about.split(":", 2)
    return StrangeWish(int(payment_id), int(user_id) or None, note)


def replay_of(awaited: Awaited) -> ReplayWish:
    """Of what `ReplayWish.awaited` made."""
    sort, work_id, kind = awaited.about.split(":", 2)
    return ReplayWish(Sort(sort), int(work_id) or None, kind)


def forecast_of(awaited: Awaited) -> tuple[Forecast, str]:
    """Of what `refund_all_asked` or `refund_all_ready` made, the reason after it (maybe none)."""
    since, generations, people, amount, *reason = awaited.about.split(":", 4)
    moment = datetime.fromtimestamp(int(since), UTC)
    forecast = Forecast(moment, int(generations), int(people), Kopecks(int(amount)))
    return forecast, "".join(reason)


def digest_of(awaited: Awaited) -> str:
    """Sixteen hex digits that stand for the wish."""
    return blake2s(awaited.text.encode(), digest_size=8).hexdigest()
