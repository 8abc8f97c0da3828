"""The statements of the guards. Every time is the database's own; days are those of the zone that is handed in."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, TextClause, text

from app.catalogue import ModelKey
from app.db import ReadSession, Session
from app.generation.states import FailureClass
from app.money import Kopecks

# Any number serves, as long as every submit takes the same.
_CAPS_LOCK = text("SELECT pg_advisory_xact_lock(7318002453)")

_LOCK_PERSON = text("SELECT 1 FROM person WHERE id = :user_id FOR NO KEY UPDATE")

_FREE_USES = text("""
    SELECT count(u.*) FILTER (WHERE u.used_at >= p.day) AS today,
        count(u.*) FILTER (WHERE u.used_at > p.now - interval '1 hour') AS this_hour,
        p.next_day,
        (SELECT w.used_at + interval '1 hour' FROM free_use w
            WHERE w.user_id = :user_id AND w.returned_at IS NULL AND w.used_at > p.now - interval '1 hour'
            ORDER BY w.used_at DESC OFFSET greatest(:per_hour - 1, 0) LIMIT 1) AS hour_opens
    FROM periods(:zone) p
    LEFT JOIN free_use u ON u.user_id = :user_id AND u.returned_at IS NULL
        AND u.used_at >= least(p.day, p.now - interval '1 hour')
    GROUP BY p.next_day, p.now
""")

_USE = text("INSERT INTO free_use (generation_id, user_id) VALUES (:generation_id, :user_id)")

_RETURN = text("""
    UPDATE free_use SET returned_at = clock_timestamp()
    WHERE generation_id = :generation_id AND returned_at IS NULL RETURNING generation_id
""")

_RETURNED_TODAY = text("""
    SELECT count(*) FROM free_use u JOIN generation g ON g.id = u.generation_id, periods(:zone) p
    WHERE u.user_id = :user_id AND u.returned_at >= p.day AND g.state IN ('failed', 'late')
""")

# What came back does not count against a budget.
_SPENT = text("""
    SELECT coalesce(sum(s.price) FILTER (WHERE s.at >= p.day), 0)::bigint AS day,
        coalesce(sum(s.price), 0)::bigint AS month, p.next_day, p.next_month
    FROM periods(:zone) p LEFT JOIN LATERAL (
        SELECT g.price_kopecks - g.returned_kopecks AS price, g.created_at AS at
        FROM generation g WHERE g.user_id = :user_id AND g.created_at >= p.month
            AND g.state NOT IN ('cancelled', 'failed', 'late', 'refunded')
        UNION ALL
        SELECT i.price_kopecks, i.created_at
        FROM improvement i WHERE i.user_id = :user_id AND i.created_at >= p.month
            AND i.state NOT IN ('dropped', 'failed')
    ) s ON true
    GROUP BY p.next_day, p.next_month
""")

_BUDGETS = text("SELECT period, limit_kopecks FROM budget WHERE user_id = :user_id")

_PUT_BUDGET = text("""
    INSERT INTO budget (user_id, period, limit_kopecks) VALUES (:user_id, :period, :kopecks)
    ON CONFLICT (user_id, period) DO UPDATE SET limit_kopecks = excluded.limit_kopecks
""")

_DELETE_BUDGET = text("DELETE FROM budget WHERE user_id = :user_id AND period = :period")

# A cost is what KIE said it took; else what the quote said it would take, unless KIE certainly took nothing.
_COSTS = text("""
    SELECT coalesce(sum(c) FILTER (WHERE at >= p.hour), 0) AS hour, coalesce(sum(c), 0) AS day,
        coalesce(sum(c) FILTER (WHERE at >= p.hour AND newcomer), 0) AS newcomers_hour,
        coalesce(sum(c) FILTER (WHERE newcomer), 0) AS newcomers_day,
        coalesce(sum(c) FILTER (WHERE at >= p.hour AND model_key = :model_key), 0) AS model_hour,
        coalesce(sum(c) FILTER (WHERE model_key = :model_key), 0) AS model_day,
        (SELECT created_at > p.now - interval '1 day' FROM person WHERE id = :user_id) AS is_newcomer,
        p.next_hour, p.next_day
    FROM periods(:zone) p
    LEFT JOIN LATERAL (
        SELECT coalesce(g.cost_credits, CASE
                WHEN g.state = 'cancelled' OR g.state = 'failed' AND g.failure NOT IN ('lost', 'timeout') THEN 0
                ELSE g.credits END) AS c,
            g.created_at AS at, g.model_key, r.created_at > p.now - interval '1 day' AS newcomer
        FROM generation g JOIN person r ON r.id = g.user_id WHERE g.created_at >= p.day
        UNION ALL
        SELECT coalesce(i.cost_credits, i.credits), i.created_at, i.model_key,
            r.created_at > p.now - interval '1 day'
        FROM improvement i JOIN person r ON r.id = i.user_id WHERE i.created_at >= p.day
    ) spent ON true
    GROUP BY p.next_hour, p.next_day, p.now
""")

# The newest of each model first. What says nothing about the model is left out.
_OUTCOMES = text("""
    SELECT asked.model_key, o.*, clock_timestamp() AS seen_at
    FROM unnest(CAST(:models AS text[])) AS asked(model_key) CROSS JOIN LATERAL (
        SELECT g.user_id, CASE g.state WHEN 'failed' THEN g.failure END AS failure, g.state_at
        FROM generation g
        WHERE g.model_key = asked.model_key AND g.state IN ('captured', 'delivered', 'kept', 'failed', 'late')
            AND (g.failure IS NULL OR g.failure NOT IN ('content_policy', 'bad_input', 'our_account'))
            AND g.state_at > clock_timestamp() - make_interval(secs => :memory)
        ORDER BY g.state_at DESC LIMIT :limit
    ) o
    ORDER BY asked.model_key, o.state_at DESC
""")

# KIE refuses our key, or it refused our key or our credits and has taken nothing of ours since.
_REFUSED = text("""
    SELECT EXISTS (SELECT FROM kie_refusal) OR EXISTS (
        SELECT 1 FROM generation f
        WHERE f.failure = 'our_account' AND f.state_at > clock_timestamp() - make_interval(secs => :pause)
            AND NOT EXISTS (
                SELECT 1 FROM generation s WHERE s.submitting_at > f.state_at AND s.submitted_at IS NOT NULL
            )
    )
""")

_KIE_BALANCE = text("SELECT credits, read_at, low FROM kie_balance")

_PUT_KIE_BALANCE = text("""
    INSERT INTO kie_balance (id, credits, read_at, low) VALUES (1, :credits, clock_timestamp(), :low)
    ON CONFLICT (id) DO UPDATE SET credits = excluded.credits, read_at = excluded.read_at, low = excluded.low
""")

# It keeps the moment of the first refusal.
_PUT_KIE_REFUSAL = text("""
    INSERT INTO kie_refusal (id, code) VALUES (1, :code) ON CONFLICT (id) DO UPDATE SET code = excluded.code
""")

_DELETE_KIE_REFUSAL = text("DELETE FROM kie_refusal")


@dataclass(frozen=True, slots=True)
class FreeUses:
    """A person's free generations that count; `hour_opens` is when the hour has room again."""

    today: int
    this_hour: int
    next_day: datetime
    hour_opens: datetime | None


@dataclass(frozen=True, slots=True)
class Spent:
    """Kopecks a person's generations and improvements took (or hold) since the day and the month began."""

    day: Kopecks
    month: Kopecks
    next_day: datetime
    next_month: datetime


@dataclass(frozen=True, slots=True)
class Costs:
    """Credits KIE took, or will take, since the hour and the day began."""

    hour: Decimal
    day: Decimal
    newcomers_hour: Decimal
    newcomers_day: Decimal
    model_hour: Decimal
    model_day: Decimal
    is_newcomer: bool
    """Whether the person asked about arrived within the last 24 hours."""
    next_hour: datetime
    next_day: datetime


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one generation; `failure` is None where there was a result, also a late one."""

    user_id: int
    failure: FailureClass | None
    at: datetime
    seen_at: datetime


async def free_uses(session: ReadSession, user_id: int, *, per_hour: int, zone: str) -> FreeUses:
    """How often this person generated for free."""
    row = await _one(session, _FREE_USES, user_id=user_id, per_hour=per_hour, zone=zone)
    return FreeUses(row.today, row.this_hour, row.next_day, row.hour_opens)


async def insert_free_use(session: Session, generation_id: int, user_id: int) -> None:
    """One more; once per generation."""
    await session.execute(_USE, {"generation_id": generation_id, "user_id": user_id})


async def return_free_use(session: Session, generation_id: int) -> bool:
    """Gives it back; False when there is none to give back."""
    returned = await session.execute(_RETURN, {"generation_id": generation_id})
    return returned.first() is not None


async def count_returned_today(session: Session, user_id: int, *, zone: str) -> int:
    """How many uses came back for failures today; alone with the person until the unit ends."""
    await session.execute(_LOCK_PERSON, {"user_id": user_id})
    return int((await _one(session, _RETURNED_TODAY, user_id=user_id, zone=zone))[0])


async def spent(session: ReadSession, user_id: int, *, zone: str) -> Spent:
    """What this person spends."""
    row = await _one(session, _SPENT, user_id=user_id, zone=zone)
    return Spent(Kopecks(row.day), Kopecks(row.month), row.next_day, row.next_month)


async def budgets(session: ReadSession, user_id: int) -> dict[str, Kopecks]:
    """The person's limits by period."""
    rows = await session.execute(_BUDGETS, {"user_id": user_id})
    return {row.period: Kopecks(row.limit_kopecks) for row in rows}


async def put_budget(session: Session, user_id: int, period: str, limit: Kopecks) -> None:
    """Sets a limit."""
    await session.execute(_PUT_BUDGET, {"user_id": user_id, "period": period, "kopecks": limit})


async def delete_budget(session: Session, user_id: int, period: str) -> None:
    """Takes a limit away."""
    await session.execute(_DELETE_BUDGET, {"user_id": user_id, "period": period})


async def lock_costs(session: Session) -> None:
    """Makes submits come one after the other until the unit ends, so that sums are counted, not raced."""
    await session.execute(_CAPS_LOCK)


async def costs(session: ReadSession, user_id: int, model_key: ModelKey, *, zone: str) -> Costs:
    """What the bot spends at KIE: all of it, on newcomers, on this model."""
    row = await _one(session, _COSTS, user_id=user_id, model_key=model_key, zone=zone)
    return Costs(
        hour=row.hour,
        day=row.day,
        newcomers_hour=row.newcomers_hour,
        newcomers_day=row.newcomers_day,
        model_hour=row.model_hour,
        model_day=row.model_day,
        is_newcomer=bool(row.is_newcomer),
        next_hour=row.next_hour,
        next_day=row.next_day,
    )


async def outcomes(
    session: ReadSession, models: Collection[ModelKey], *, memory_seconds: float, limit: int
) -> Mapping[ModelKey, Sequence[Outcome]]:
    """What became of each model's last generations within `memory_seconds`, the newest first."""
    values = {"models": list(models), "memory": memory_seconds, "limit": limit}
    found: dict[ModelKey, list[Outcome]] = {}
    for row in await session.execute(_OUTCOMES, values):
        failure = FailureClass(row.failure) if row.failure else None
        outcome = Outcome(row.user_id, failure, row.state_at, row.seen_at)
        found.setdefault(ModelKey(row.model_key), []).append(outcome)
    return found


async def is_refused(session: ReadSession, *, pause_seconds: float) -> bool:
    """Whether KIE refuses our key, or refused our account within `pause_seconds` and has taken nothing since."""
    return bool((await _one(session, _REFUSED, pause=pause_seconds))[0])


async def kie_balance(session: ReadSession) -> tuple[Decimal, datetime, bool] | None:
    """Credits, when they were read, and whether operators were told that they are low; None before the first."""
    row = (await session.execute(_KIE_BALANCE)).one_or_none()
    return None if row is None else (row.credits, row.read_at, row.low)


async def put_kie_balance(session: Session, credits_: Decimal, *, low: bool) -> None:
    """Keeps a reading."""
    await session.execute(_PUT_KIE_BALANCE, {"credits": credits_, "low": low})


async def put_kie_refusal(session: Session, code: int) -> None:
    """KIE refuses our key, as it may have done before."""
    await session.execute(_PUT_KIE_REFUSAL, {"code": code})


async def delete_kie_refusal(session: Session) -> None:
    """KIE takes our key."""
    await session.execute(_DELETE_KIE_REFUSAL)


async def _one(session: ReadSession, statement: TextClause, **values: object) -> Row[Any]:
    return (await session.execute(statement, values)).one()
