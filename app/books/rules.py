"""What generations and payments must look like in the ledger, as one set-based query per rule.

Each names the rows that break it, as (row, detail). The keys are those of `app.generation.settlement` and
`app.payments`: `hold:<generation>`, `resolution:<generation>`, `fewer:<generation>`, `<method>:<charge>`,
of improvements `improvement-hold:`, `improvement-end:` and `improvement-cost:<improvement>`, and of invitations
`referral:` and `referral-back:<invited>`.
"""

from collections.abc import Mapping
from types import MappingProxyType

HOLD_LIVES = """
    SELECT 'ledger_transfer ' || h.id, 'holds ' || h.amount || ' for ' || h.key || ', which is '
        || coalesce(g.state, 'nothing that is known')
    FROM ledger_transfer h
    LEFT JOIN ledger_transfer r ON r.target_id = h.id AND r.kind IN ('capture', 'release')
    LEFT JOIN generation g ON 'hold:' || g.id = h.key AND g.user_id = h.user_id
    WHERE h.kind = 'hold' AND r.id IS NULL AND h.key NOT LIKE 'refund-hold:%'
        AND h.key NOT LIKE 'improvement-hold:%'
        AND (g.id IS NULL OR g.state NOT IN ('held', 'submitting', 'submitted', 'running', 'fetching'))
"""

GENERATION_HELD = """
    SELECT 'generation ' || g.id, CASE WHEN h.id IS NULL THEN 'has no hold'
        ELSE 'of ' || g.price_kopecks || ' holds ' || h.amount || ' of person ' || h.user_id END
    FROM generation g LEFT JOIN ledger_transfer h ON h.key = 'hold:' || g.id AND h.kind = 'hold'
    WHERE NOT g.is_free AND (h.id IS NULL OR h.amount <> g.price_kopecks OR h.user_id <> g.user_id)
"""

# How a state's hold ends; NULL: it is still held.
GENERATION_RESOLVED = """
    SELECT 'generation ' || g.id, 'is ' || g.state || ', its hold is ' || coalesce(
        CASE r.kind WHEN 'capture' THEN 'captured' WHEN 'release' THEN 'released' END, 'open')
    FROM generation g LEFT JOIN ledger_transfer r ON r.key = 'resolution:' || g.id
    WHERE NOT g.is_free AND r.kind IS DISTINCT FROM CASE
        WHEN g.state IN ('captured', 'delivered', 'kept', 'refunded') THEN 'capture'
        WHEN g.state IN ('cancelled', 'failed', 'late') THEN 'release' END
"""

CAPTURED_DELIVERED = """
    SELECT 'generation ' || id, CASE WHEN results = '[]' THEN 'was captured without a result'
        WHEN state = 'delivered' THEN 'was delivered in no message'
        ELSE 'was captured and nobody delivers it' END
    FROM generation
    WHERE state IN ('captured', 'delivered', 'kept') AND results = '[]'
        OR state = 'delivered' AND message_ids = '{}'
        OR state = 'captured' AND next_check_at IS NULL
"""

LIVING_LOOKED_AFTER = """
    SELECT 'generation ' || id, 'is ' || state || ' and nobody will look at it'
    FROM generation
    WHERE state IN ('held', 'submitting', 'submitted', 'running', 'fetching') AND next_check_at IS NULL
"""

REFUNDED_BACK = """
    SELECT 'generation ' || g.id, 'is ' || g.state || ', of its capture ' || coalesce(b.amount, 0) || ' came back'
    FROM generation g JOIN ledger_transfer c ON c.key = 'resolution:' || g.id AND c.kind = 'capture'
    LEFT JOIN (
        SELECT target_id, sum(amount) AS amount FROM ledger_transfer WHERE kind = 'refund' GROUP BY target_id
    ) b ON b.target_id = c.id
    WHERE g.state = 'refunded' AND b.amount IS DISTINCT FROM c.amount
"""

# What went back for missing results: as much as the generation says, once, and from its own capture.
FEWER_BACK = """
    SELECT 'generation ' || coalesce(g.id::text, substr(t.key, length('fewer:') + 1)), 'returned '
        || coalesce(g.returned_kopecks, 0) || ' for missing results, the ledger says ' || coalesce(t.amount, 0)
    FROM (SELECT * FROM generation WHERE returned_kopecks > 0) g
    FULL JOIN (SELECT * FROM ledger_transfer WHERE key LIKE 'fewer:%') t ON t.key = 'fewer:' || g.id
    LEFT JOIN ledger_transfer c ON c.key = 'resolution:' || g.id AND c.kind = 'capture'
    WHERE t.amount IS DISTINCT FROM g.returned_kopecks OR t.kind <> 'refund' OR t.target_id IS DISTINCT FROM c.id
"""

FREE_USED = """
    SELECT 'generation ' || coalesce(g.id, u.generation_id), CASE
        WHEN u.generation_id IS NULL THEN 'is free without a free use'
        WHEN NOT g.is_free THEN 'has a free use and a price'
        ELSE 'has the free use of somebody else' END
    FROM (SELECT * FROM generation WHERE is_free) f
    FULL JOIN free_use u ON u.generation_id = f.id
    JOIN generation g ON g.id = coalesce(f.id, u.generation_id)
    WHERE u.generation_id IS NULL OR NOT g.is_free OR u.user_id <> g.user_id
"""

FREE_MOVED_NOTHING = """
    SELECT 'ledger_transfer ' || t.id, 'moves money of person ' || t.user_id || ' for the free generation ' || g.id
    FROM generation g CROSS JOIN LATERAL (VALUES ('hold:' || g.id), ('resolution:' || g.id)) k (key)
    JOIN ledger_transfer t ON t.key = k.key
    WHERE g.is_free
"""

PRICE_OF_QUOTE = """
    SELECT 'generation ' || g.id, CASE WHEN q.id IS NULL THEN 'has no quote'
        ELSE 'costs ' || g.price_kopecks || ', its quote said ' || q.price_kopecks END
    FROM generation g LEFT JOIN quote q ON q.id = g.quote_id
    WHERE q.id IS NULL OR q.price_kopecks <> g.price_kopecks OR q.is_free <> g.is_free OR q.user_id <> g.user_id
"""

# Straight to the person, or to the suspense account, and from there to the person it was assigned to.
PAYMENT_BOOKED = """
    SELECT 'payment ' || p.id, CASE WHEN t.id IS NULL THEN 'of ' || p.booked_kopecks || ' was never booked'
        ELSE p.outcome || ' of ' || p.booked_kopecks || ' was booked as a ' || t.kind || ' of ' || t.amount END
    FROM payment p LEFT JOIN ledger_transfer t ON t.key = p.method || ':' || p.charge_id
    LEFT JOIN ledger_transfer a ON a.key = 'assign:' || p.method || ':' || p.charge_id
    WHERE p.booked_kopecks > 0 AND (
        t.amount = p.booked_kopecks AND t.debit = 'payments:' || p.method AND CASE
            WHEN p.outcome = 'suspended' THEN t.kind = 'adjust' AND t.credit = 'suspense' AND a.id IS NULL
            WHEN t.kind = 'credit' THEN t.user_id = p.user_id
            ELSE t.credit = 'suspense' AND a.user_id = p.user_id AND a.amount = p.booked_kopecks END
    ) IS NOT TRUE
"""

CREDIT_PAID = """
    SELECT 'ledger_transfer ' || t.id, 'credits ' || t.amount || ' for ' || t.key || ', which nobody paid'
    FROM ledger_transfer t LEFT JOIN payment p ON p.method || ':' || p.charge_id = CASE t.debit
        WHEN 'suspense' THEN substr(t.key, length('assign:') + 1) ELSE t.key END
    WHERE t.kind = 'credit' AND p.id IS NULL
"""

REFUND_BOOKED = """
    SELECT 'payment ' || p.id, CASE WHEN t.id IS NULL THEN 'is refunded and nothing was taken back'
        WHEN r.state IS DISTINCT FROM 'done' THEN 'was taken back and no refund says so'
        ELSE 'of ' || p.booked_kopecks || ' was taken back as ' || t.amount END
    FROM payment p LEFT JOIN payment_refund r ON r.payment_id = p.id
    LEFT JOIN ledger_transfer t ON t.key = 'refund:' || p.method || ':' || p.charge_id
    WHERE p.booked_kopecks > 0 AND ((r.state IS NOT DISTINCT FROM 'done') <> (t.id IS NOT NULL)
        OR t.amount <> p.booked_kopecks)
"""

# An improvement that costs something holds its price, and its end is its hold's end; one for nothing moves no money.
IMPROVEMENT_PAID = """
    SELECT 'improvement ' || coalesce(i.id::text, substr(h.key, length('improvement-hold:') + 1)),
        'is ' || coalesce(i.state, 'not known') || ' for ' || coalesce(i.price_kopecks, 0) || ', it holds '
        || coalesce(h.amount, 0) || ' and its hold is ' || coalesce(
            CASE r.kind WHEN 'capture' THEN 'captured' WHEN 'release' THEN 'released' END, 'open')
    FROM (SELECT * FROM improvement WHERE price_kopecks > 0) i
    FULL JOIN (
        SELECT * FROM ledger_transfer WHERE kind = 'hold' AND key LIKE 'improvement-hold:%'
    ) h ON h.key = 'improvement-hold:' || i.id
    LEFT JOIN ledger_transfer r ON r.target_id = h.id AND r.kind IN ('capture', 'release')
    WHERE h.amount IS DISTINCT FROM i.price_kopecks OR h.user_id <> i.user_id
        OR r.key <> 'improvement-end:' || i.id OR r.kind IS DISTINCT FROM CASE
            WHEN i.state = 'ready' THEN 'capture' WHEN i.state IN ('dropped', 'failed') THEN 'release' END
"""

IMPROVEMENT_LOOKED_AFTER = """
    SELECT 'improvement ' || id, 'is ' || state || ' and nobody will look at it'
    FROM improvement WHERE state IN ('asked', 'calling') AND next_check_at IS NULL
"""

REFUND_HELD = """
    SELECT 'ledger_transfer ' || h.id, 'holds ' || h.amount || ' for ' || h.key || ', which nobody asked for'
    FROM ledger_transfer h
    LEFT JOIN ledger_transfer x ON x.target_id = h.id AND x.kind IN ('capture', 'release')
    WHERE h.kind = 'hold' AND x.id IS NULL AND h.key LIKE 'refund-hold:%' AND NOT EXISTS (
        SELECT FROM payment_refund r JOIN payment p ON p.id = r.payment_id
        WHERE r.state = 'asked' AND r.held_kopecks = h.amount AND p.user_id = h.user_id
            AND h.key = 'refund-hold:' || p.method || ':' || p.charge_id || ':' || r.attempt
    )
"""

ORDER_PAID = """
    SELECT 'orders ' || o.id, 'is paid without a payment'
    FROM orders o LEFT JOIN payment p ON p.order_id = o.id
    WHERE o.state IN ('paid', 'refunded') AND p.id IS NULL
"""

WELCOME_ONCE = """
    SELECT 'ledger_transfer ' || t.id, 'welcomes person ' || t.user_id || ' as ' || t.key
    FROM ledger_transfer t
    WHERE t.key LIKE 'welcome:%' AND t.key <> 'welcome:' || t.user_id
"""

# A friend's bonus is what the invitation says of the first payment of whoever came, and it is the inviter's.
REFERRAL_EARNED = """
    SELECT 'invitation ' || coalesce(i.invited_id::text, substr(t.key, length('referral:') + 1)),
        'earns ' || coalesce(i.bonus_kopecks, 0) || ' by payment ' || coalesce(i.payment_id::text, 'none')
        || ', the ledger says ' || coalesce(t.amount || ' to person ' || t.user_id, 'nothing')
    FROM (SELECT * FROM invitation WHERE bonus_kopecks > 0) i
    FULL JOIN (SELECT * FROM ledger_transfer WHERE key LIKE 'referral:%') t ON t.key = 'referral:' || i.invited_id
    LEFT JOIN payment p ON p.id = i.payment_id
    WHERE (t.kind = 'bonus' AND t.debit = 'promo' AND t.amount = i.bonus_kopecks AND t.user_id = i.inviter_id
        AND p.user_id = i.invited_id AND p.outcome = 'credited') IS NOT TRUE
"""

# It goes back when that payment does, and only then.
REFERRAL_BACK = """
    SELECT 'invitation ' || coalesce(i.invited_id::text, substr(b.key, length('referral-back:') + 1)),
        'its payment is ' || CASE WHEN i.is_back THEN 'back' ELSE 'here' END || ', its bonus is '
        || CASE WHEN i.taken_back_at IS NULL THEN 'here' ELSE 'back' END || ', the ledger took '
        || coalesce(b.amount, 0)
    FROM (
        SELECT v.*, coalesce(r.state = 'done', false) AS is_back
        FROM invitation v LEFT JOIN payment_refund r ON r.payment_id = v.payment_id
        WHERE v.bonus_kopecks > 0
    ) i
    FULL JOIN (
        SELECT * FROM ledger_transfer WHERE key LIKE 'referral-back:%'
    ) b ON b.key = 'referral-back:' || i.invited_id
    WHERE CASE WHEN i.is_back OR i.taken_back_at IS NOT NULL OR b.id IS NOT NULL THEN (
        i.is_back AND i.taken_back_at IS NOT NULL AND b.kind = 'clawback' AND b.debit = 'bonus'
        AND b.amount = i.bonus_kopecks AND b.user_id = i.inviter_id
    ) IS NOT TRUE END
"""

OWN_COST_ONCE = """
    SELECT 'ledger_transfer ' || t.id, 'books the cost of ' || t.key || ', which is '
        || coalesce(g.state, 'nothing that is known')
    FROM ledger_transfer t LEFT JOIN generation g ON g.id = CASE
        WHEN t.key ~ '^(loss|free):[0-9]{1,18}$' THEN split_part(t.key, ':', 2)::bigint END
    WHERE t.kind = 'adjust' AND t.credit = 'payments:kie'
        AND (g.id IS NULL OR t.key LIKE 'free:%' AND NOT g.is_free
            OR t.key LIKE 'loss:%' AND g.state NOT IN ('failed', 'late'))
        AND t.key NOT LIKE 'improvement-cost:%'
"""

# What an improvement cost is ours where its person did not pay for it, and nowhere else.
IMPROVEMENT_COST = """
    SELECT 'ledger_transfer ' || t.id, 'books the cost of ' || t.key || ', which is '
        || coalesce(i.state || ' for ' || i.price_kopecks, 'nothing that is known')
    FROM ledger_transfer t LEFT JOIN improvement i ON 'improvement-cost:' || i.id = t.key
    WHERE t.kind = 'adjust' AND t.credit = 'payments:kie' AND t.key LIKE 'improvement-cost:%' AND (
        i.state = 'ready' AND i.price_kopecks = 0 AND t.debit = 'promo'
        OR i.state IN ('dropped', 'failed') AND t.debit = 'losses'
    ) IS NOT TRUE
"""

RULES: Mapping[str, str] = MappingProxyType(
    {
        "a hold belongs to a living generation": HOLD_LIVES,
        "a generation holds its price": GENERATION_HELD,
        "a generation's end is its hold's end": GENERATION_RESOLVED,
        "captured is delivered or on its way": CAPTURED_DELIVERED,
        "a living generation is looked after": LIVING_LOOKED_AFTER,
        "refunded gave money back": REFUNDED_BACK,
        "missing results are given back": FEWER_BACK,
        "free is a free use": FREE_USED,
        "free moves no money": FREE_MOVED_NOTHING,
        "the price is the quote's": PRICE_OF_QUOTE,
        "a payment is booked": PAYMENT_BOOKED,
        "a credit was paid": CREDIT_PAID,
        "a refund is booked": REFUND_BOOKED,
        "a refund's hold was asked for": REFUND_HELD,
        "a paid order has its payment": ORDER_PAID,
        "one welcome a person": WELCOME_ONCE,
        "a friend's bonus has its invitation and its payment": REFERRAL_EARNED,
        "a friend's bonus goes back with its payment": REFERRAL_BACK,
        "our own costs have a reason": OWN_COST_ONCE,
        "an improvement's end is its hold's end": IMPROVEMENT_PAID,
        "an improvement is looked after": IMPROVEMENT_LOOKED_AFTER,
        "the cost of an improvement has a reason": IMPROVEMENT_COST,
    }
)
