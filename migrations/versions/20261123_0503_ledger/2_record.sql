-- What every operation shares: the hashes, the wallets under lock, the one place that writes.

-- `outcome`: done | key_reused | insufficient | debt | resolved | unknown | too_large.
-- `bonus`, `cash`: the parts of a hold. `detail`: kopecks missing, owed or left; `kind`: what resolved the hold.
CREATE TYPE ledger_result AS (
    outcome text,
    transfer_id bigint,
    bonus bigint,
    cash bigint,
    detail bigint,
    kind text,
    user_id bigint
);
--;;
-- record_out quotes, so that no two rows of values read alike; the time goes in as its eight bytes.
-- `house` are the accounts and the amounts of the transfer's house entries, as two arrays are written.
CREATE FUNCTION ledger_digest(t ledger_transfer, house text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(
        convert_to(
            ROW(
                t.id, t.kind, t.key, t.user_id, t.amount, t.debit, t.credit,
                t.bonus, t.target_id, t.actor, t.reason, house
            )::text,
            'UTF8'
        ) || timestamptz_send(t.created_at)
    )
$$;
--;;
-- `previous` is the hash of the wallet's version before, empty for the first one and for house entries.
CREATE FUNCTION ledger_hash(e ledger_entry, previous bytea, digest bytea) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(
        previous || digest || convert_to(
            ROW(
                e.transfer_id, e.line, e.account, e.user_id, e.bucket,
                e.amount, e.held_delta, e.posted_after, e.held_after, e.version
            )::text,
            'UTF8'
        )
    )
$$;
--;;
CREATE FUNCTION ledger_buckets(p_user bigint) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE p_user WHEN 0 THEN ARRAY['journal'] ELSE ARRAY['bonus', 'cash', 'debt'] END
$$;
--;;
-- What an entry's amount does to its wallet: money that comes in makes a balance bigger and a debt smaller.
CREATE FUNCTION ledger_effect(bucket text, amount bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE bucket WHEN 'debt' THEN -amount ELSE amount END
$$;
--;;
-- One lock a person, held to the end of the transaction: it guards all wallets of the person, also those that do
-- not exist yet, and costs a third of locking their rows. Another lock by the same number would only mean waiting.
CREATE FUNCTION ledger_lock(p_user bigint) RETURNS text LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashint8extended(p_user, 7318))::text
$$;
--;;
-- Locks several people, each person's place in line being the number: whoever is going to touch more than one
-- person in a unit of work calls this first, and never waits in a circle.
CREATE FUNCTION ledger_lock_all(p_users bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    person bigint;
BEGIN
    FOR person IN SELECT DISTINCT u FROM unnest(p_users) u ORDER BY u LOOP
        PERFORM ledger_lock(person);
    END LOOP;
END
$$;
--;;
-- The person's wallets, locked, in the order bonus, cash, debt. Somebody new has none yet: then they are made
-- up here, and written with the first transfer.
CREATE FUNCTION ledger_wallets(p_user bigint) RETURNS ledger_wallet[] LANGUAGE plpgsql AS $$
DECLARE
    lock text := ledger_lock(p_user);
    wallets ledger_wallet[];
BEGIN
    SELECT array_agg(x ORDER BY x.bucket) INTO wallets FROM ledger_wallet x WHERE x.user_id = p_user;
    IF wallets IS NULL THEN
        SELECT array_agg(ROW(p_user, name, 0, 0, 0, ''::bytea)::ledger_wallet ORDER BY name)
            INTO wallets FROM unnest(ledger_buckets(p_user)) name;
    END IF;
    RETURN wallets;
END
$$;
--;;
-- The answer to a transfer that could not be written, as its key or its hold is taken already: the first result,
-- or the complaint that the key's content differs or that the hold has another resolution.
CREATE FUNCTION ledger_replay(t ledger_transfer) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    first ledger_transfer;
    result ledger_result;
BEGIN
    SELECT * INTO first FROM ledger_transfer WHERE key = t.key;
    IF NOT FOUND THEN
        result.outcome := 'resolved';
        SELECT kind INTO result.kind FROM ledger_transfer
            WHERE target_id = t.target_id AND kind IN ('capture', 'release');
        RETURN result;
    END IF;
    result.outcome := 'key_reused';
    -- `bonus` is not compared: it is what the first call found in the wallet, not what it asked for.
    IF ROW(t.kind, t.user_id, t.amount, t.debit, t.credit, t.target_id, t.actor, t.reason) IS NOT DISTINCT FROM
        ROW(first.kind, first.user_id, first.amount, first.debit, first.credit, first.target_id, first.actor,
            first.reason)
    THEN
        result.outcome := 'done';
        result.transfer_id := first.id;
        result.user_id := first.user_id;
        result.bonus := first.bonus;
        result.cash := first.amount - first.bonus;
    END IF;
    RETURN result;
END
$$;
--;;
-- A refusal, unless the key is there already: a call that once went through is never refused later.
CREATE FUNCTION ledger_refusal(t ledger_transfer, p_outcome text, p_detail bigint) RETURNS ledger_result
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM ledger_transfer WHERE key = t.key) THEN
        RETURN ledger_replay(t);
    END IF;
    RETURN ROW(p_outcome, NULL, NULL, NULL, p_detail, NULL, NULL)::ledger_result;
END
$$;
--;;
CREATE FUNCTION ledger_unknown() RETURNS ledger_result LANGUAGE sql STABLE AS $$
    SELECT ROW('unknown', NULL, NULL, NULL, NULL, NULL, NULL)::ledger_result
$$;
--;;
-- Writes a transfer, its house entries and one entry for each wallet that it changes. A transfer that changes no
-- wallet still leaves an entry of zero in the first one: so each transfer is a link of some chain.
-- `amounts` and `helds` go with `wallets`, `house` with `accounts`; a positive amount makes debt smaller.
-- Runs under the person's lock. Few statements and few expressions, as Postgres sets up each one per call.
CREATE FUNCTION ledger_record(
    t ledger_transfer, wallets ledger_wallet[], amounts bigint[], helds bigint[], accounts text[], house bigint[]
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    w ledger_wallet;
    e ledger_entry;
    n int := 0;
    moves boolean := NOT (0 = ALL (amounts) AND 0 = ALL (helds));
    pass text;
BEGIN
    t.id := nextval('ledger_transfer_id_seq');
    t.created_at := now();
    t.digest := ledger_digest(t, accounts::text || house::text);
    INSERT INTO ledger_transfer SELECT (t).* ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN ledger_replay(t);
    END IF;
    e.transfer_id := t.id;
    e.line := 0;
    IF accounts IS NOT NULL THEN
        FOREACH e.account IN ARRAY accounts LOOP
            e.line := e.line + 1;
            e.amount := house[e.line];
            e.hash := ledger_hash(e, '', t.digest);
            INSERT INTO ledger_entry SELECT (e).*;
        END LOOP;
        e.account := NULL;
    END IF;
    e.user_id := t.user_id;
    pass := set_config('ledger.writer', 'function', true);
    FOREACH w IN ARRAY wallets LOOP
        n := n + 1;
        CONTINUE WHEN amounts[n] = 0 AND helds[n] = 0 AND (n > 1 OR moves);
        IF w.version = 0 THEN
            INSERT INTO ledger_wallet SELECT w.user_id, b, 0, 0, 0, '' FROM unnest(ledger_buckets(w.user_id)) b
                ON CONFLICT DO NOTHING;
        END IF;
        e.line := e.line + 1;
        e.bucket := w.bucket;
        e.amount := amounts[n];
        e.held_delta := helds[n];
        e.posted_after := w.posted + ledger_effect(w.bucket, amounts[n]);
        e.held_after := w.held + helds[n];
        e.version := w.version + 1;
        e.hash := ledger_hash(e, w.head, t.digest);
        INSERT INTO ledger_entry SELECT (e).*;
        UPDATE ledger_wallet SET posted = e.posted_after, held = e.held_after, version = e.version, head = e.hash
            WHERE user_id = w.user_id AND bucket = w.bucket;
    END LOOP;
    pass := set_config('ledger.writer', '', true);
    RETURN ROW('done', t.id, t.bonus, t.amount - t.bonus, NULL, NULL, t.user_id)::ledger_result;
END
$$;
