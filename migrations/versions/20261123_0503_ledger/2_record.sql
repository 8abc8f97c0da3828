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
CREATE FUNCTION ledger_digest(t ledger_transfer, house text) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(
        convert_to(
            ROW(t.id, t.kind, t.key, t.user_id, t.amount, t.debit, t.credit, t.target_id, t.actor, t.reason)::text
            || house,
            'UTF8'
        ) || timestamptz_send(t.created_at)
    )
$$;
--;;
CREATE FUNCTION ledger_house_line(line smallint, account text, amount bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT concat(';', line, ' ', account, ' ', amount)
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
-- The person's wallets, locked, in the order bonus, cash, debt. Somebody new has none yet: then they are made
-- up here, and written with the first transfer.
CREATE FUNCTION ledger_wallets(p_user bigint) RETURNS ledger_wallet[] LANGUAGE plpgsql AS $$
DECLARE
    wallets ledger_wallet[];
    names text[] := CASE p_user WHEN 0 THEN ARRAY['journal'] ELSE ARRAY['bonus', 'cash', 'debt'] END;
BEGIN
    PERFORM ledger_lock(ARRAY[p_user]);
    SELECT array_agg(w ORDER BY w.bucket) INTO wallets FROM ledger_wallet w WHERE w.user_id = p_user;
    IF wallets IS NULL THEN
        SELECT array_agg(ROW(p_user, name, 0, 0, 0, ''::bytea)::ledger_wallet ORDER BY name)
            INTO wallets FROM unnest(names) name;
    END IF;
    RETURN wallets;
END
$$;
--;;
-- Two first transfers of one person wait for each other before any row exists.
CREATE FUNCTION ledger_lock_newcomer(p_user bigint) RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtextextended('ledger_wallet', p_user))
$$;
--;;
-- Locks the wallets of several people, each person's place in line being the number: whoever is going to touch
-- more than one person in a unit of work calls this first, and never waits in a circle.
CREATE FUNCTION ledger_lock(p_users bigint[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    person bigint;
BEGIN
    FOR person IN SELECT DISTINCT u FROM unnest(p_users) u ORDER BY u LOOP
        PERFORM FROM ledger_wallet WHERE user_id = person ORDER BY bucket FOR UPDATE;
        IF NOT FOUND THEN
            PERFORM ledger_lock_newcomer(person);
            PERFORM FROM ledger_wallet WHERE user_id = person ORDER BY bucket FOR UPDATE;
        END IF;
    END LOOP;
END
$$;
--;;
-- The answer to a key that is already there: the first result, or the complaint that the content differs.
CREATE FUNCTION ledger_replay(t ledger_transfer) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    first ledger_transfer;
    result ledger_result;
BEGIN
    SELECT * INTO first FROM ledger_transfer WHERE key = t.key;
    IF ROW(t.kind, t.user_id, t.amount, t.debit, t.credit, t.target_id, t.actor, t.reason) IS DISTINCT FROM
        ROW(first.kind, first.user_id, first.amount, first.debit, first.credit, first.target_id, first.actor,
            first.reason)
    THEN
        result.outcome := 'key_reused';
        RETURN result;
    END IF;
    result.outcome := 'done';
    result.transfer_id := first.id;
    result.user_id := first.user_id;
    SELECT coalesce(sum(held_delta) FILTER (WHERE bucket = 'bonus'), 0),
           coalesce(sum(held_delta) FILTER (WHERE bucket = 'cash'), 0)
        INTO result.bonus, result.cash FROM ledger_entry WHERE transfer_id = first.id AND account IS NULL;
    RETURN result;
END
$$;
--;;
-- Writes a transfer, its house lines and one entry for each wallet that it changes. A transfer that changes no
-- wallet still leaves an entry of zero in the first one: so each transfer is a link of some chain.
-- `amounts` and `helds` go with `wallets`, `house` with `accounts`. Runs under the wallets' locks.
CREATE FUNCTION ledger_record(
    t ledger_transfer, wallets ledger_wallet[], amounts bigint[], helds bigint[], accounts text[], house bigint[]
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    e ledger_entry;
    result ledger_result;
    lines text := '';
    houses int := coalesce(cardinality(accounts), 0);
    moved boolean := false;
BEGIN
    t.id := nextval('ledger_transfer_id_seq');
    t.created_at := now();
    FOR i IN 1 .. houses LOOP
        lines := lines || ledger_house_line(i::smallint, accounts[i], house[i]);
    END LOOP;
    t.digest := ledger_digest(t, lines);
    INSERT INTO ledger_transfer SELECT (t).* ON CONFLICT (key) DO NOTHING;
    IF NOT FOUND THEN
        RETURN ledger_replay(t);  -- another person's transfer took the key a moment ago
    END IF;
    IF (SELECT sum(w.version) FROM unnest(wallets) w) = 0 THEN
        INSERT INTO ledger_wallet SELECT * FROM unnest(wallets);
    END IF;
    e.transfer_id := t.id;
    e.line := 0;
    FOR i IN 1 .. houses LOOP
        e.line := i;
        e.account := accounts[i];
        e.amount := house[i];
        e.hash := ledger_hash(e, ''::bytea, t.digest);
        INSERT INTO ledger_entry SELECT (e).*;
    END LOOP;
    e.account := NULL;
    e.user_id := t.user_id;
    FOR i IN 1 .. cardinality(wallets) LOOP
        CONTINUE WHEN amounts[i] = 0 AND helds[i] = 0;
        moved := true;
        PERFORM ledger_chain(e, wallets[i], amounts[i], helds[i], t.digest);
        e.line := e.line + 1;
    END LOOP;
    IF NOT moved THEN
        PERFORM ledger_chain(e, wallets[1], 0, 0, t.digest);
    END IF;
    result.outcome := 'done';
    result.transfer_id := t.id;
    result.user_id := t.user_id;
    RETURN result;
END
$$;
--;;
-- One more link in a wallet's chain, on the line after the entry's own.
CREATE FUNCTION ledger_chain(e ledger_entry, w ledger_wallet, p_amount bigint, p_held bigint, p_digest bytea)
RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    e.line := e.line + 1;
    e.bucket := w.bucket;
    e.amount := p_amount;
    e.held_delta := p_held;
    e.posted_after := w.posted + p_amount;
    e.held_after := w.held + p_held;
    e.version := w.version + 1;
    e.hash := ledger_hash(e, w.head, p_digest);
    INSERT INTO ledger_entry SELECT (e).*;
    UPDATE ledger_wallet SET posted = e.posted_after, held = e.held_after, version = e.version, head = e.hash
        WHERE user_id = w.user_id AND bucket = w.bucket;
END
$$;
