"""The proof of the books, as one set-based query per rule.

Each query names the rows that break its rule, as (row, detail). The hashes say that no row was changed; the sums
and chains say that the functions were right; the joins say that no row is missing and none was added.
"""

from app.db import ReadSession
from app.ledger import repository
from app.ledger.balance import Finding

TRANSFER_DIGEST = """
    SELECT 'ledger_transfer ' || t.id, 'the digest does not fit the content and the house entries'
    FROM ledger_transfer t LEFT JOIN (
        SELECT transfer_id, array_agg(account ORDER BY line)::text || array_agg(amount ORDER BY line)::text AS house
        FROM ledger_entry WHERE account IS NOT NULL GROUP BY transfer_id
    ) h ON h.transfer_id = t.id
    WHERE t.digest IS DISTINCT FROM ledger_digest(t, h.house)
"""

TRANSFER_SUM = """
    SELECT 'ledger_transfer ' || transfer_id, 'its entries sum to ' || sum(amount)
    FROM ledger_entry GROUP BY transfer_id HAVING sum(amount) <> 0
"""

# Without a wallet's entry a transfer would hang in no chain, and could be added or taken away unseen.
TRANSFER_IN_CHAIN = """
    SELECT 'ledger_transfer ' || t.id, 'has no entry in a wallet'
    FROM ledger_transfer t LEFT JOIN ledger_entry e ON e.transfer_id = t.id AND e.account IS NULL
    WHERE e.transfer_id IS NULL
"""

TRANSFER_SHAPE = """
    SELECT 'ledger_transfer ' || id, 'is no ' || kind || ' that the functions write'
    FROM ledger_transfer
    WHERE kind NOT IN ('credit', 'bonus', 'hold', 'capture', 'release', 'refund', 'clawback', 'adjust')
        OR amount <= 0 OR user_id < 0 OR user_id = 0 AND kind <> 'adjust'
        OR length(key) NOT BETWEEN 1 AND 200
        OR kind IN ('capture', 'release', 'refund') AND target_id IS NULL
        OR kind = 'adjust' AND (coalesce(actor, '') = '' OR coalesce(reason, '') = '')
        OR kind IN ('hold', 'capture', 'release') AND coalesce(bonus NOT BETWEEN 0 AND amount, true)
"""

# A house entry is of the transfer's own two accounts; a reversed bonus may be written off by the same account.
ENTRY_SHAPE = """
    SELECT 'ledger_entry ' || e.transfer_id || '/' || e.line, 'is not what a ' || t.kind || ' does'
    FROM ledger_entry e JOIN ledger_transfer t ON t.id = e.transfer_id
    WHERE CASE WHEN e.account IS NULL THEN
        num_nulls(e.user_id, e.bucket, e.held_delta, e.posted_after, e.held_after, e.version) > 0
        OR e.user_id <> t.user_id
        OR t.kind = 'hold' AND (e.amount <> 0 OR e.held_delta < 0)
        OR t.kind = 'capture' AND e.amount <> e.held_delta
        OR t.kind NOT IN ('hold', 'capture', 'release') AND e.held_delta <> 0
    ELSE num_nonnulls(e.user_id, e.bucket, e.held_delta, e.posted_after, e.held_after, e.version) > 0
        OR e.account !~ '^(revenue|promo|losses|suspense|adjustments|payments:[a-z0-9_-]{1,32})$'
        OR NOT (
            e.account = t.debit AND e.amount = -t.amount
            OR e.account = t.credit AND e.amount = t.amount
            OR t.kind = 'clawback' AND t.debit = 'bonus' AND e.account = t.credit
                AND e.amount BETWEEN -t.amount AND -1
        )
    END
"""

TRANSFER_MISSING = """
    SELECT 'ledger_transfer ' || e.transfer_id, 'is missing: ' || count(*) || ' entries tell of it'
    FROM ledger_entry e LEFT JOIN ledger_transfer t ON t.id = e.transfer_id WHERE t.id IS NULL
    GROUP BY e.transfer_id
"""

ENTRY_HOUSE_HASH = """
    SELECT 'ledger_entry ' || e.transfer_id || '/' || e.line, 'the hash does not fit the content'
    FROM ledger_entry e LEFT JOIN ledger_transfer t ON t.id = e.transfer_id
    WHERE e.account IS NOT NULL AND e.hash IS DISTINCT FROM ledger_hash(e, '', t.digest)
"""

ENTRY_CHAIN = """
    SELECT 'ledger_entry ' || (c.e).transfer_id || '/' || (c.e).line, concat_ws('; ',
        CASE WHEN (c.e).version <> c.version + 1 THEN 'version ' || (c.e).version || ' follows ' || c.version END,
        CASE WHEN (c.e).posted_after <> c.posted + c.amount THEN 'posted does not follow' END,
        CASE WHEN (c.e).held_after <> c.held + (c.e).held_delta THEN 'held does not follow' END,
        CASE WHEN (c.e).hash IS DISTINCT FROM c.expected
            THEN 'the hash does not fit the content and what came before' END
    )
    FROM (
        SELECT l.*, ledger_hash(l.e, l.hash, t.digest) AS expected FROM (
            SELECT e, ledger_effect(e.bucket, e.amount) AS amount,
                 lag(e.version, 1, 0::bigint) OVER w AS version, lag(e.hash, 1, ''::bytea) OVER w AS hash,
                lag(e.posted_after, 1, 0::bigint) OVER w AS posted,
                lag(e.held_after, 1, 0::bigint) OVER w AS held
            FROM ledger_entry e WHERE e.account IS NULL
            WINDOW w AS (PARTITION BY e.user_id, e.bucket ORDER BY e.version)
        ) l LEFT JOIN ledger_transfer t ON t.id = (l.e).transfer_id
    ) c
    WHERE (c.e).version <> c.version + 1 OR (c.e).posted_after <> c.posted + c.amount
        OR (c.e).held_after <> c.held + (c.e).held_delta OR (c.e).hash IS DISTINCT FROM c.expected
"""

WALLET_BALANCE = """
    SELECT 'ledger_wallet ' || coalesce(w.user_id, e.user_id) || '/' || coalesce(w.bucket, e.bucket),
        CASE WHEN w.user_id IS NULL THEN 'the wallet of these entries is missing'
            WHEN e.user_id IS NULL THEN 'holds money or a head that no entry gave it'
            ELSE 'is not the sum and the head of its entries' END
    FROM ledger_wallet w FULL JOIN (
        SELECT s.*, l.posted_after, l.held_after, l.hash FROM (
            SELECT user_id, bucket, sum(ledger_effect(bucket, amount)) AS posted,
                sum(held_delta) AS held, count(*) AS entries,
                max(version) AS version
            FROM ledger_entry WHERE account IS NULL GROUP BY user_id, bucket
        ) s JOIN ledger_entry l USING (user_id, bucket, version) WHERE l.account IS NULL
    ) e ON e.user_id = w.user_id AND e.bucket = w.bucket
    WHERE CASE WHEN e.user_id IS NULL THEN w.posted <> 0 OR w.held <> 0 OR w.version <> 0 OR w.head <> ''
        ELSE w.user_id IS NULL OR w.version <> e.version OR e.entries <> e.version OR w.head <> e.hash
            OR w.posted <> e.posted OR w.posted <> e.posted_after
            OR w.held <> e.held OR w.held <> e.held_after END
"""

# Whoever the ledger knows has all wallets and no other; the house has its journal, which holds nothing.
WALLET_SET = """
    SELECT 'ledger_wallet ' || user_id || '/' || bucket, 'is one too many or one too few'
    FROM (
        SELECT DISTINCT user_id, unnest(ledger_buckets(user_id)) AS bucket, 1 AS wanted FROM ledger_wallet
    ) expected FULL JOIN (SELECT user_id, bucket, 1 AS present FROM ledger_wallet) w USING (user_id, bucket)
    WHERE w.present IS NULL OR expected.wanted IS NULL
    UNION ALL
    SELECT 'ledger_wallet ' || user_id || '/' || string_agg(bucket, ','), 'belongs to nobody with an entry'
    FROM ledger_wallet GROUP BY user_id HAVING max(version) = 0
"""

HELD_BY_HOLDS = """
    SELECT 'ledger_wallet ' || w.user_id || '/' || w.bucket,
        'holds ' || w.held || ', its open holds are ' || coalesce(o.held, 0)
    FROM ledger_wallet w LEFT JOIN (
        SELECT e.user_id, e.bucket, sum(e.held_delta) AS held
        FROM ledger_transfer h JOIN ledger_entry e ON e.transfer_id = h.id
        LEFT JOIN ledger_transfer r ON r.target_id = h.id AND r.kind IN ('capture', 'release')
        WHERE h.kind = 'hold' AND r.id IS NULL GROUP BY e.user_id, e.bucket
    ) o ON o.user_id = w.user_id AND o.bucket = w.bucket
    WHERE w.held <> coalesce(o.held, 0)
"""

HOLD_PARTS = """
    SELECT 'ledger_transfer ' || h.id, 'its parts are not its amount'
    FROM ledger_transfer h LEFT JOIN ledger_entry e ON e.transfer_id = h.id
    WHERE h.kind = 'hold' GROUP BY h.id
    HAVING coalesce(sum(e.held_delta), 0) <> h.amount
        OR coalesce(sum(e.held_delta) FILTER (WHERE e.bucket = 'bonus'), 0) IS DISTINCT FROM h.bonus
"""

RESOLUTION_PARTS = """
    SELECT 'ledger_transfer ' || p.resolution, 'does not give or take the parts of hold ' || p.hold
    FROM (
        SELECT r.id AS resolution, r.target_id AS hold, e.user_id, e.bucket, e.held_delta AS part
        FROM ledger_transfer r LEFT JOIN ledger_entry e ON e.transfer_id = r.id AND e.held_delta <> 0
        WHERE r.kind IN ('capture', 'release')
        UNION ALL
        SELECT r.id, r.target_id, e.user_id, e.bucket, e.held_delta
        FROM ledger_transfer r JOIN ledger_transfer h ON h.id = r.target_id AND h.kind = 'hold'
        JOIN ledger_entry e ON e.transfer_id = h.id
        WHERE r.kind IN ('capture', 'release')
    ) p
    GROUP BY p.resolution, p.hold, p.user_id, p.bucket HAVING coalesce(sum(p.part), 1) <> 0 OR count(*) <> 2
"""

RESOLVED_ONCE = """
    SELECT 'ledger_transfer ' || target_id, 'is resolved by ' || string_agg(id::text, ', ' ORDER BY id)
    FROM ledger_transfer WHERE kind IN ('capture', 'release') GROUP BY target_id HAVING count(*) > 1
"""

TARGET_EXISTS = """
    SELECT 'ledger_transfer ' || t.id, 'its target ' || t.target_id || ' is missing or of another kind'
    FROM ledger_transfer t LEFT JOIN ledger_transfer x ON x.id = t.target_id
    WHERE t.target_id IS NOT NULL AND (x.id IS NULL
        OR t.kind IN ('capture', 'release') AND (x.kind <> 'hold' OR x.user_id <> t.user_id OR x.amount <> t.amount)
        OR t.kind = 'refund' AND (x.kind <> 'capture' OR x.user_id <> t.user_id))
"""

REFUND_SUM = """
    SELECT 'ledger_transfer ' || c.id, 'of ' || c.amount || ' captured, ' || sum(r.amount) || ' are refunded'
    FROM ledger_transfer r JOIN ledger_transfer c ON c.id = r.target_id
    WHERE r.kind = 'refund' GROUP BY c.id HAVING sum(r.amount) > c.amount
"""

DEBT_WITHOUT_CASH = """
    SELECT 'ledger_wallet ' || d.user_id || '/debt', 'debt stands beside free cash'
    FROM ledger_wallet d JOIN ledger_wallet c ON c.user_id = d.user_id AND c.bucket = 'cash'
    WHERE d.bucket = 'debt' AND d.posted > 0 AND c.posted > c.held
"""

HOUSE_SUM = """
    SELECT 'ledger_entry *', 'house accounts are ' || h.total || ', wallets are ' || w.total
    FROM (SELECT coalesce(sum(amount), 0) AS total FROM ledger_entry WHERE account IS NOT NULL) h,
        (SELECT coalesce(sum(ledger_effect(bucket, posted)), 0) AS total FROM ledger_wallet) w
    WHERE h.total + w.total <> 0
"""

RULES = {
    "transfer digest": TRANSFER_DIGEST,
    "transfer sums to zero": TRANSFER_SUM,
    "transfer in a chain": TRANSFER_IN_CHAIN,
    "transfer shape": TRANSFER_SHAPE,
    "entry shape": ENTRY_SHAPE,
    "transfer of each entry": TRANSFER_MISSING,
    "house entry hash": ENTRY_HOUSE_HASH,
    "entry chain": ENTRY_CHAIN,
    "wallet is its entries": WALLET_BALANCE,
    "wallets are complete": WALLET_SET,
    "held is the open holds": HELD_BY_HOLDS,
    "hold parts": HOLD_PARTS,
    "resolution parts": RESOLUTION_PARTS,
    "hold resolved once": RESOLVED_ONCE,
    "target exists": TARGET_EXISTS,
    "refunds within the capture": REFUND_SUM,
    "no debt beside free cash": DEBT_WITHOUT_CASH,
    "house and wallets cancel out": HOUSE_SUM,
}


async def findings(session: ReadSession) -> list[Finding]:
    """Every broken rule with the rows that break it."""
    return [
        Finding(rule, row, detail)
        for rule, query in RULES.items()
        for row, detail in await repository.broken_rows(session, query)
    ]
