"""The statements about what operators are told: the causes are read off the rows of all domains."""

from collections.abc import Collection, Mapping
from types import MappingProxyType

from sqlalchemy import delete, text

from app.admin.alerts.entities import AlertKind, Cause
from app.admin.alerts.tables import AlertRow
from app.db import Session
from app.money import Kopecks

_MOST_AT_ONCE = 100

_STRANGE = """
    SELECT 'strange:' || id AS cause, id AS subject, user_id, booked_kopecks AS amount, mismatch AS detail
    FROM payment WHERE mismatch IS NOT NULL AND reviewed_at IS NULL
"""

_REFUSED = """
    SELECT 'refused:' || r.id || ':' || r.attempt AS cause, p.id AS subject,
        CASE WHEN p.outcome = 'credited' THEN p.user_id END AS user_id, p.booked_kopecks AS amount,
        coalesce(r.refusal, '') AS detail
    FROM payment_refund r JOIN payment p ON p.id = r.payment_id WHERE r.state = 'refused'
"""

_CHARGED_BACK = """
    SELECT 'back:' || p.id AS cause, p.id AS subject,
        CASE WHEN p.outcome = 'credited' THEN p.user_id END AS user_id, p.booked_kopecks AS amount,
        r.actor AS detail
    FROM payment_refund r JOIN payment p ON p.id = r.payment_id
    WHERE r.state = 'done' AND r.actor NOT LIKE 'staff:%'
"""

_LATE = """
    SELECT 'late:' || id AS cause, id AS subject, user_id, asked_kopecks AS amount, code AS detail
    FROM receipt WHERE escalated_at IS NOT NULL AND state IN ('waiting', 'seconded')
"""

# The same findings night after night are one cause; it begins with the first night that found them.
_BROKEN = """
    SELECT 'books:' || begun.moment AS cause, last.findings AS subject, NULL::bigint AS user_id, 0::bigint AS amount,
        coalesce(last.shown -> 0 ->> 0, '') AS detail
    FROM (SELECT * FROM audit_run ORDER BY moment DESC LIMIT 1) last CROSS JOIN LATERAL (
        SELECT min(moment) AS moment FROM audit_run WHERE moment > coalesce(
            (SELECT max(moment) FROM audit_run other WHERE other.digest <> last.digest), -1)
    ) begun
    WHERE last.findings > 0
"""

# KIE refuses us while a look at our balance is refused, or while it refused a creation and has taken none since.
# What was told and is not over yet is one and the same refusal, whatever shows it.
_REFUSALS = """
    SELECT count(*) FILTER (WHERE generation_id IS NOT NULL) AS failed, min(at) AS since,
        (array_agg(detail ORDER BY at DESC))[1] AS detail
    FROM (
        SELECT NULL::bigint AS generation_id, refused_at AS at, code::text AS detail FROM kie_refusal
        UNION ALL
        SELECT id, state_at, coalesce(failure_detail, '') FROM generation f
        WHERE f.failure = 'our_account' AND NOT EXISTS (
            SELECT FROM generation s WHERE s.submitting_at > f.state_at AND s.submitted_at IS NOT NULL
        )
    ) refusal
"""

_TOLD_REFUSALS = """
    SELECT a.cause FROM operator_alert a WHERE a.kind = 'account_refused'
        AND NOT EXISTS (SELECT FROM operator_alert b WHERE b.cause = 'over:' || a.cause)
"""

_ACCOUNT = """
    SELECT 'account:' || extract(epoch FROM since) AS cause, failed AS subject, NULL::bigint AS user_id,
        0::bigint AS amount, detail
    FROM ({refusals}) now WHERE since IS NOT NULL AND NOT EXISTS ({told})
"""

_ACCOUNT_BACK = """
    SELECT 'over:' || told.cause AS cause, 0::bigint AS subject, NULL::bigint AS user_id, 0::bigint AS amount,
        '' AS detail
    FROM ({told}) told, ({refusals}) now WHERE now.since IS NULL
"""

# What runs by the clock dies of one and the same cause at each of its moments.
_DEAD = """
    SELECT 'job:' || task_name || coalesce(':' || (args ->> 'id'), '') AS cause,
        coalesce(min((args ->> 'id')::bigint), 0) AS subject, NULL::bigint AS user_id, 0::bigint AS amount,
        task_name AS detail
    FROM procrastinate_jobs WHERE status = 'failed' GROUP BY task_name, args ->> 'id'
    UNION ALL
    SELECT 'event:' || id, id, NULL, 0, source FROM inbox WHERE status = 'dead'
"""

_OFF_SALE = """
    SELECT 'off-sale:' || id AS cause, id AS subject, NULL::bigint AS user_id, coalesce(price_kopecks, 0) AS amount,
        CASE WHEN asked IS NULL THEN 'gone' ELSE 'cost' END || '|' || replace(what, '|', '/') || '|'
            || coalesce(price_kopecks, 0) || '|' || coalesce(cost_kopecks, 0) || '|' || name AS detail
    FROM suspension WHERE ended_at IS NULL
"""

_SOLD_AGAIN = """
    SELECT 'sold-again:' || id AS cause, id AS subject, NULL::bigint AS user_id, 0::bigint AS amount,
        'sold||||' || name AS detail
    FROM suspension WHERE NOT ended_by_staff
"""

# What makes a model lose money is told as that.
_MARKET = """
    SELECT 'market:' || id AS cause, id AS subject, NULL::bigint AS user_id, 0::bigint AS amount,
        change || '|' || replace(what, '|', '/') || '|' || replace(before, '|', '/') || '|'
            || replace(after, '|', '/') || '|' || name AS detail
    FROM market_news n WHERE n.change NOT IN ('gone', 'price') OR NOT EXISTS (
        SELECT FROM suspension s WHERE s.model_key = n.model AND s.ended_at IS NULL
    )
"""

_FORGED = """
    SELECT 'forged:' || external_id AS cause, convert_from(payload, 'UTF8')::bigint AS subject,
        NULL::bigint AS user_id, 0::bigint AS amount, '' AS detail
    FROM inbox WHERE source = 'forged'
"""

CAUSES: Mapping[AlertKind, str] = MappingProxyType(
    {
        AlertKind.BOOKS_BROKEN: _BROKEN,
        AlertKind.CHARGED_BACK: _CHARGED_BACK,
        AlertKind.REFUND_REFUSED: _REFUSED,
        AlertKind.STRANGE_PAYMENT: _STRANGE,
        AlertKind.RECEIPT_LATE: _LATE,
        AlertKind.ACCOUNT_REFUSED: _ACCOUNT.format(refusals=_REFUSALS, told=_TOLD_REFUSALS),
        AlertKind.ACCOUNT_BACK: _ACCOUNT_BACK.format(refusals=_REFUSALS, told=_TOLD_REFUSALS),
        AlertKind.DEAD_WORK: _DEAD,
        AlertKind.MODEL_OFF_SALE: _OFF_SALE,
        AlertKind.MODEL_SOLD_AGAIN: _SOLD_AGAIN,
        AlertKind.FORGED: _FORGED,
        AlertKind.MARKET_CHANGED: _MARKET,
    }
)

_CLAIM = """
    INSERT INTO operator_alert (cause, kind, subject, user_id, amount_kopecks, detail)
    SELECT c.cause, :kind, c.subject, c.user_id, c.amount, c.detail FROM ({causes}) c
    WHERE NOT EXISTS (SELECT FROM operator_alert a WHERE a.cause = c.cause)
    ORDER BY c.subject LIMIT :most
    ON CONFLICT (cause) DO NOTHING
    RETURNING cause, subject, user_id, amount_kopecks, detail
"""


async def claim(session: Session, kind: AlertKind) -> tuple[Cause, ...]:
    """The causes of this kind that nobody was told of; from now on they count as told."""
    statement = text(_CLAIM.format(causes=CAUSES[kind]))
    rows = await session.execute(statement, {"kind": kind.value, "most": _MOST_AT_ONCE})
    return tuple(
        Cause(row.cause, row.subject, row.user_id, Kopecks(row.amount_kopecks), row.detail) for row in rows
    )


async def give_back(session: Session, keys: Collection[str]) -> None:
    """They were not told after all, or may come up again and be told anew."""
    await session.execute(delete(AlertRow).where(AlertRow.cause.in_(keys)))
