-- What may happen to a person's money. Each function is one round trip, locks the person first, then looks at
-- its key and decides; a refusal is a result, not an error, so the caller's unit of work stays usable.

-- Money comes in: credit, bonus, an operator's gift. Cash pays the debt first, bonus never does.
CREATE FUNCTION ledger_give(
    p_kind text, p_user bigint, p_amount bigint, p_from text, p_bucket text, p_key text,
    p_target text, p_actor text, p_reason text
) RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    wallets ledger_wallet[] := ledger_wallets(p_user);
    t ledger_transfer;
    repaid bigint := 0;
BEGIN
    t.kind := p_kind; t.key := p_key; t.user_id := p_user; t.amount := p_amount;
    t.debit := p_from; t.credit := p_bucket; t.actor := p_actor; t.reason := p_reason;
    IF p_target IS NOT NULL THEN
        SELECT id INTO t.target_id FROM ledger_transfer WHERE key = p_target;
        IF NOT FOUND THEN
            RETURN ledger_unknown();
        END IF;
    END IF;
    IF p_bucket = 'bonus' THEN
        RETURN ledger_record(
            t, wallets, ARRAY[p_amount, 0, 0], ARRAY[0, 0, 0], ARRAY[p_from], ARRAY[-p_amount]);
    END IF;
    repaid := least(p_amount, (wallets[3]).posted);
    RETURN ledger_record(
        t, wallets, ARRAY[0, p_amount - repaid, repaid], ARRAY[0, 0, 0], ARRAY[p_from], ARRAY[-p_amount]);
END
$$;
--;;
-- Sets money aside: from the whole wallet (bonus first) or, with p_from = 'cash', from what can be paid out.
CREATE FUNCTION ledger_hold(p_user bigint, p_amount bigint, p_key text, p_from text)
RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    lock text := ledger_lock(p_user);
    wallets ledger_wallet[];
    t ledger_transfer;
    cash bigint;
    free_cash bigint;
BEGIN
    SELECT array_agg(x ORDER BY x.bucket) INTO wallets FROM ledger_wallet x WHERE x.user_id = p_user;
    t.kind := 'hold'; t.key := p_key; t.user_id := p_user; t.amount := p_amount;
    t.debit := p_from; t.credit := 'held'; t.bonus := 0;
    IF (wallets[3]).posted > 0 THEN
        RETURN ledger_refusal(t, 'debt', (wallets[3]).posted);
    END IF;
    IF p_from = 'wallet' THEN
        t.bonus := least(p_amount, coalesce((wallets[1]).posted - (wallets[1]).held, 0));
    END IF;
    cash := p_amount - t.bonus;
    free_cash := coalesce((wallets[2]).posted - (wallets[2]).held, 0);
    IF cash > free_cash THEN
        RETURN ledger_refusal(t, 'insufficient', cash - free_cash);
    END IF;
    RETURN ledger_record(t, wallets, ARRAY[0, 0, 0], ARRAY[t.bonus, cash, 0], NULL, NULL);
END
$$;
--;;
-- Ends a hold: a capture takes it to the house account p_to; a release (p_to = 'wallet') gives it back, and its
-- cash pays the debt first.
CREATE FUNCTION ledger_resolve(p_kind text, p_hold text, p_key text, p_to text)
RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    lock text;
    hold ledger_transfer;
    wallets ledger_wallet[];
    t ledger_transfer;
    cash bigint;
    repaid bigint;
BEGIN
    SELECT * INTO hold FROM ledger_transfer WHERE key = p_hold AND kind = 'hold';
    IF NOT FOUND THEN
        RETURN ledger_unknown();
    END IF;
    lock := ledger_lock(hold.user_id);
    SELECT array_agg(x ORDER BY x.bucket) INTO wallets FROM ledger_wallet x WHERE x.user_id = hold.user_id;
    t.kind := p_kind; t.key := p_key; t.user_id := hold.user_id; t.amount := hold.amount;
    t.debit := 'held'; t.credit := p_to; t.bonus := hold.bonus; t.target_id := hold.id;
    cash := hold.amount - hold.bonus;
    IF p_kind = 'capture' THEN
        RETURN ledger_record(t, wallets, ARRAY[-hold.bonus, -cash, 0], ARRAY[-hold.bonus, -cash, 0],
            ARRAY[p_to], ARRAY[hold.amount]);
    END IF;
    repaid := least(cash, (wallets[3]).posted);
    RETURN ledger_record(
        t, wallets, ARRAY[0, -repaid, repaid], ARRAY[-hold.bonus, -cash, 0], NULL, NULL);
END
$$;
--;;
-- Gives back p_amount (all that is left, when NULL) of a capture, to the buckets it came from: cash first, as
-- cash was spent last; cash pays the debt first.
CREATE FUNCTION ledger_refund(p_capture text, p_amount bigint, p_key text)
RETURNS ledger_result LANGUAGE plpgsql AS $$
DECLARE
    capture ledger_transfer;
    wallets ledger_wallet[];
    t ledger_transfer;
    left_bonus bigint;
    left_cash bigint;
    cash bigint;
    repaid bigint;
BEGIN
    SELECT * INTO capture FROM ledger_transfer WHERE key = p_capture AND kind = 'capture';
    IF NOT FOUND THEN
        RETURN ledger_unknown();
    END IF;
    wallets := ledger_wallets(capture.user_id);
    t.kind := 'refund'; t.key := p_key; t.user_id := capture.user_id;
    t.debit := capture.credit; t.credit := 'wallet'; t.target_id := capture.id;
    SELECT coalesce(-sum(e.amount) FILTER (WHERE e.bucket = 'bonus'), 0),
           coalesce(-sum(e.amount) FILTER (WHERE e.bucket IN ('cash', 'debt')), 0)
        INTO left_bonus, left_cash
        FROM ledger_transfer x JOIN ledger_entry e ON e.transfer_id = x.id
        WHERE x.id = capture.id OR x.kind = 'refund' AND x.target_id = capture.id;
    SELECT coalesce(p_amount, max(amount), left_bonus + left_cash) INTO t.amount
        FROM ledger_transfer WHERE key = p_key;
    IF t.amount > left_bonus + left_cash OR t.amount = 0 THEN
        RETURN ledger_refusal(t, 'too_large', left_bonus + left_cash);
    END IF;
    cash := least(t.amount, left_cash);
    repaid := least(cash, (wallets[3]).posted);
    RETURN ledger_record(t, wallets, ARRAY[t.amount - cash, cash - repaid, repaid], ARRAY[0, 0, 0],
        ARRAY[capture.credit], ARRAY[-t.amount]);
END
$$;
