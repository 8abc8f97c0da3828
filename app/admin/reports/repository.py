"""Numbers across the domains for people who run the bot. It reads their tables and writes nothing."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

from app.admin.entities import Overview
from app.db import ReadSession
from app.money import Kopecks

_PEOPLE = text("""
    SELECT count(*),
           count(*) FILTER (WHERE seen_at > now() - interval '1 day'),
           count(*) FILTER (WHERE created_at > now() - interval '1 day')
      FROM person
""")

_PAID_IN = text("""
    SELECT coalesce(sum(booked_kopecks), 0)
      FROM payment
     WHERE outcome = 'credited' AND received_at > now() - interval '1 day'
""")

# What KIE took is known in credits of 0.005 USD; where it did not say, it is what the quote expected.
_GENERATIONS = text("""
    SELECT coalesce(sum(price_kopecks - returned_kopecks) FILTER (WHERE state IN ('captured', 'delivered', 'kept')), 0),
           coalesce(ceil(sum(coalesce(cost_credits, credits) * 0.005 * usd_rub * 100)
                         FILTER (WHERE state IN ('captured', 'delivered', 'kept', 'late', 'refunded'))), 0),
           count(*) FILTER (WHERE state IN ('captured', 'delivered', 'kept')),
           count(*) FILTER (WHERE state IN ('failed', 'late'))
      FROM generation
     WHERE created_at > now() - interval '1 day'
""")

_WAITING = text("""
    SELECT (SELECT count(*) FROM generation
             WHERE state IN ('held', 'submitting', 'submitted', 'running', 'fetching')),
           (SELECT count(*) FROM inbox WHERE status = 'new'),
           (SELECT count(*) FROM inbox WHERE status = 'dead'),
           (SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed')
""")

_PERSON = text("""
    SELECT created_at, seen_at,
           (SELECT count(*) FROM generation g WHERE g.user_id = p.id),
           (SELECT coalesce(sum(price_kopecks - returned_kopecks), 0) FROM generation g
             WHERE g.user_id = p.id AND state IN ('captured', 'delivered', 'kept')),
           (SELECT coalesce(sum(booked_kopecks), 0) FROM payment m
             WHERE m.user_id = p.id AND outcome = 'credited'),
           (SELECT inviter_id FROM invitation i WHERE i.invited_id = p.id),
           (SELECT count(*) FROM invitation i WHERE i.inviter_id = p.id)
      FROM person p
     WHERE id = :user_id
""")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many receipts and strange payments wait for an operator."""

    receipts: int
    strange_payments: int


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What stands about a person in the tables of several domains; sums in kopecks."""

    created_at: datetime
    seen_at: datetime
    generations: int
    spent: Kopecks
    paid_in: Kopecks
    inviter: int | None
    invited: int


async def overview(session: ReadSession, waits: Waiting) -> Overview:
    """The last 24 hours and what waits now."""
    people, active, arrived = (await session.execute(_PEOPLE)).one()
    revenue, cost, made, failed = (await session.execute(_GENERATIONS)).one()
    running, waiting, dead, failed_jobs = (await session.execute(_WAITING)).one()
    return Overview(
        people=people,
        active=active,
        arrived=arrived,
        paid_in=Kopecks(int((await session.execute(_PAID_IN)).scalar_one())),
        revenue=Kopecks(int(revenue)),
        cost=Kopecks(int(cost)),
        made=made,
        failed=failed,
        running=running,
        waiting_events=waiting,
        dead_events=dead,
        failed_jobs=failed_jobs,
        waiting_receipts=waits.receipts,
        strange_payments=waits.strange_payments,
    )


async def person_facts(session: ReadSession, user_id: int) -> PersonFacts:
    """Of a person who is known to exist."""
    row = (await session.execute(_PERSON, {"user_id": user_id})).one()
    created_at, seen_at, generations, spent, paid_in, inviter, invited = row
    return PersonFacts(
        created_at, seen_at, generations, Kopecks(int(spent)), Kopecks(int(paid_in)), inviter, invited
    )
