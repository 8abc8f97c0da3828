-- The rare ones: money taken back, and an operator's corrections.

-- Takes back what came in. From cash: what is free goes back to p_to, the rest becomes debt. From bonus: what
-- is left goes back to p_to, which also bears the rest, on a line of its own.
CREATE FUNCTION ledger_clawback(
    p_user bigint, p_amount bigint, p_bucket text, p_to text, p_key text, p_target text
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    wallets ledger_wallet[] := ledger_wallets(p_user);
    t ledger_transfer;
    taken bigint;
BEGIN
    t.kind := 'clawback'; t.key := p_key; t.user_id := p_user; t.amount := p_amount;
    t.debit := p_bucket; t.credit := p_to;
    IF p_target IS NOT NULL THEN
        SELECT id INTO t.target_id FROM ledger_transfer WHERE key = p_target;
        IF NOT FOUND THEN
            RETURN ledger_unknown();
        END IF;
    END IF;
    IF p_bucket = 'cash' THEN
        taken := least(p_amount, (wallets[2]).posted - (wallets[2]).held);
        RETURN ledger_record(t, wallets, ARRAY[0, -taken, taken - p_amount], ARRAY[0, 0, 0],
            ARRAY[p_to], ARRAY[p_amount]);
    END IF;
    taken := least(p_amount, (wallets[1]).posted - (wallets[1]).held);
    IF taken = p_amount THEN
        RETURN ledger_record(
            t, wallets, ARRAY[-taken, 0, 0], ARRAY[0, 0, 0], ARRAY[p_to], ARRAY[p_amount]);
    END IF;
    RETURN ledger_record(t, wallets, ARRAY[-taken, 0, 0], ARRAY[0, 0, 0],
        ARRAY[p_to, p_to], ARRAY[p_amount, taken - p_amount]);
END
$$;
--;;
-- An operator takes free money out of one bucket.
CREATE FUNCTION ledger_take(
    p_user bigint, p_amount bigint, p_bucket text, p_to text, p_key text,
    p_target text, p_actor text, p_reason text
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    lock text := ledger_lock(p_user);
    wallets ledger_wallet[];
    w ledger_wallet;
    free bigint;
    t ledger_transfer;
BEGIN
    SELECT array_agg(x ORDER BY x.bucket) INTO wallets FROM ledger_wallet x WHERE x.user_id = p_user;
    t.kind := 'adjust'; t.key := p_key; t.user_id := p_user; t.amount := p_amount;
    t.debit := p_bucket; t.credit := p_to; t.actor := p_actor; t.reason := p_reason;
    IF p_target IS NOT NULL THEN
        SELECT id INTO t.target_id FROM ledger_transfer WHERE key = p_target;
        IF NOT FOUND THEN
            RETURN ledger_unknown();
        END IF;
    END IF;
    w := wallets[CASE p_bucket WHEN 'bonus' THEN 1 ELSE 2 END];
    free := coalesce(w.posted - w.held, 0);
    IF p_amount > free THEN
        RETURN ledger_refusal(t, 'insufficient', p_amount - free);
    END IF;
    RETURN ledger_record(t, wallets,
        CASE p_bucket WHEN 'bonus' THEN ARRAY[-p_amount, 0, 0] ELSE ARRAY[0, -p_amount, 0] END,
        ARRAY[0, 0, 0], ARRAY[p_to], ARRAY[p_amount]);
END
$$;
--;;
-- Moves money between two house accounts; the house's own journal chains it.
CREATE FUNCTION ledger_book(
    p_from text, p_to text, p_amount bigint, p_key text, p_target text, p_actor text, p_reason text
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    wallets ledger_wallet[] := ledger_wallets(0);
    t ledger_transfer;
BEGIN
    t.kind := 'adjust'; t.key := p_key; t.user_id := 0; t.amount := p_amount;
    t.debit := p_from; t.credit := p_to; t.actor := p_actor; t.reason := p_reason;
    IF p_target IS NOT NULL THEN
        SELECT id INTO t.target_id FROM ledger_transfer WHERE key = p_target;
        IF NOT FOUND THEN
            RETURN ledger_unknown();
        END IF;
    END IF;
    RETURN ledger_record(
        t, wallets, ARRAY[0], ARRAY[0], ARRAY[p_from, p_to], ARRAY[-p_amount, p_amount]);
END
$$;
