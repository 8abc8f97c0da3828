"""The everyday life of a person's money."""

import pytest

from app.db import Database, Epoch
from app.ledger import (
    Balance,
    Bucket,
    Corrections,
    DebtOutstandingError,
    Explanation,
    HoldResolvedError,
    HouseAccount,
    InsufficientFundsError,
    InvalidTransferError,
    KeyReusedError,
    Ledger,
    RefundTooLargeError,
    TransferKind,
    UnknownTransferError,
    payments_account,
)
from app.money import Kopecks

STARS = payments_account("stars")
ANNA = 1001
BORIS = 1002
WHY = Explanation("admin:7", "asked in ticket 12")

ledger = Ledger()
corrections = Corrections()


async def credit(
    database: Database, epoch: Epoch, amount: int, *, user_id: int = ANNA, key: str = "in"
) -> int:
    async with database.unit_of_work(epoch) as session:
        return await ledger.credit(session, user_id=user_id, amount=Kopecks(amount), source=STARS, key=key)


async def balance(database: Database, user_id: int = ANNA) -> Balance:
    async with database.snapshot() as session:
        assert await ledger.audit(session) == []
        return await ledger.balance(session, user_id)


def money(cash: int = 0, cash_held: int = 0, bonus: int = 0, bonus_held: int = 0, debt: int = 0) -> Balance:
    return Balance(Kopecks(cash), Kopecks(cash_held), Kopecks(bonus), Kopecks(bonus_held), Kopecks(debt))


async def test_a_stranger_has_nothing(database: Database) -> None:
    assert await balance(database) == money()


async def test_a_hold_takes_bonus_first_and_remembers_its_parts(database: Database, epoch: Epoch) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        hold = await ledger.hold(session, user_id=ANNA, amount=Kopecks(50), key="hold:1")
    assert (hold.bonus, hold.cash, hold.amount) == (30, 20, 50)
    now = await balance(database)
    assert now == money(cash=100, cash_held=20, bonus=30, bonus_held=30)
    assert (now.free, now.free_cash, now.held) == (80, 80, 50)


async def test_a_capture_takes_the_parts_and_a_release_gives_them_back(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(40), key="hold:1")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(50), key="hold:2")
        await ledger.capture(session, hold_key="hold:1", key="capture:1")
        await ledger.release(session, hold_key="hold:2", key="release:2")
    assert await balance(database) == money(cash=90)
    async with database.snapshot() as session:
        assert await corrections.house_balance(session, HouseAccount.REVENUE) == 40
        assert await corrections.house_balance(session, HouseAccount.PROMO) == -30
        assert await corrections.house_balance(session, STARS) == -100


@pytest.mark.proves("F53")
async def test_the_same_key_with_the_same_content_answers_with_the_first_result(
    database: Database, epoch: Epoch
) -> None:
    first = await credit(database, epoch, 100)
    assert await credit(database, epoch, 100) == first
    async with database.unit_of_work(epoch) as session:
        hold = await ledger.hold(session, user_id=ANNA, amount=Kopecks(60), key="hold:1")
        assert await ledger.hold(session, user_id=ANNA, amount=Kopecks(60), key="hold:1") == hold
        capture = await ledger.capture(session, hold_key="hold:1", key="capture:1")
        assert await ledger.capture(session, hold_key="hold:1", key="capture:1") == capture
        assert await ledger.hold(session, user_id=ANNA, amount=Kopecks(60), key="hold:1") == hold
        refund = await ledger.refund(session, capture_key="capture:1", key="back:1")
        assert await ledger.refund(session, capture_key="capture:1", key="back:1") == refund
    assert await balance(database) == money(cash=100)


async def test_the_same_key_with_other_content_is_refused(database: Database, epoch: Epoch) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        for user_id, amount, source in ((ANNA, 101, STARS), (BORIS, 100, STARS), (ANNA, 100, "suspense")):
            with pytest.raises(KeyReusedError) as refused:
                await ledger.credit(session, user_id=user_id, amount=Kopecks(amount), source=source, key="in")
            assert refused.value.key == "in"
        with pytest.raises(KeyReusedError):
            await ledger.bonus(session, user_id=ANNA, amount=Kopecks(100), key="in", source=STARS)
        with pytest.raises(KeyReusedError):
            await ledger.hold(session, user_id=ANNA, amount=Kopecks(100), key="in")
    assert await balance(database) == money(cash=100)


async def test_a_refusal_changes_nothing_and_the_unit_of_work_goes_on(
    database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        with pytest.raises(InsufficientFundsError) as refused:
            await ledger.hold(session, user_id=ANNA, amount=Kopecks(10), key="hold:0")
        assert refused.value.missing == 10
        await ledger.credit(session, user_id=ANNA, amount=Kopecks(100), source=STARS, key="in")
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(5), key="welcome:1001")
        with pytest.raises(InsufficientFundsError) as refused:
            await ledger.hold(session, user_id=ANNA, amount=Kopecks(108), key="hold:1")
        assert refused.value.missing == 3
        with pytest.raises(UnknownTransferError):
            await corrections.clawback(
                session, user_id=BORIS, amount=Kopecks(1), to=STARS, key="claw", corrects="no such"
            )
    assert await balance(database) == money(cash=100, bonus=5)
    assert await balance(database, BORIS) == money()


@pytest.mark.proves("F50", "F54")
async def test_a_hold_has_one_resolution_and_no_other_holds_money_is_touched(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(10), key="hold:1")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(20), key="hold:2")
        await ledger.release(session, hold_key="hold:1", key="release:1")
        with pytest.raises(HoldResolvedError) as refused:
            await ledger.capture(session, hold_key="hold:1", key="capture:1")
        assert refused.value.by is TransferKind.RELEASE
        with pytest.raises(HoldResolvedError):
            await ledger.release(session, hold_key="hold:1", key="release:1:again")
        with pytest.raises(KeyReusedError):
            await ledger.release(session, hold_key="hold:2", key="release:1")
        for stranger in ("hold:3", "in"):
            with pytest.raises(UnknownTransferError):
                await ledger.capture(session, hold_key=stranger, key="capture:3")
    assert await balance(database) == money(cash=100, cash_held=20)


async def test_a_clawback_takes_free_cash_and_the_rest_becomes_debt(database: Database, epoch: Epoch) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(60), key="hold:1")
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(25), key="welcome:1001")
        await corrections.clawback(
            session, user_id=ANNA, amount=Kopecks(100), to=STARS, key="refund:in", corrects="in"
        )
        with pytest.raises(DebtOutstandingError) as refused:
            await ledger.hold(session, user_id=ANNA, amount=Kopecks(1), key="hold:2")
        assert refused.value.debt == 60
    now = await balance(database)
    assert now == money(cash=60, cash_held=60, bonus=25, debt=60)
    assert (now.free, now.free_cash) == (0, 0)


async def test_releases_and_credits_repay_debt_first_and_bonus_never_does(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 100)
    async with database.unit_of_work(epoch) as session:
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(40), key="hold:1")
        await corrections.clawback(session, user_id=ANNA, amount=Kopecks(130), to=STARS, key="claw")
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(500), key="welcome:1001")
    assert await balance(database) == money(cash=40, cash_held=40, bonus=500, debt=70)
    async with database.unit_of_work(epoch) as session:
        await ledger.release(session, hold_key="hold:1", key="release:1")
    assert await balance(database) == money(bonus=500, debt=30)
    await credit(database, epoch, 45, key="in:2")
    assert await balance(database) == money(cash=15, bonus=500)


async def test_a_refund_returns_to_the_buckets_it_came_from_cash_first(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 50)
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(80), key="hold:1")
        await ledger.capture(session, hold_key="hold:1", key="capture:1")
        await ledger.refund(session, capture_key="capture:1", amount=Kopecks(60), key="back:1")
    assert await balance(database) == money(cash=50, bonus=10)
    async with database.unit_of_work(epoch) as session:
        with pytest.raises(RefundTooLargeError) as refused:
            await ledger.refund(session, capture_key="capture:1", amount=Kopecks(21), key="back:2")
        assert refused.value.left == 20
        await ledger.refund(session, capture_key="capture:1", key="back:3")
        with pytest.raises(RefundTooLargeError):
            await ledger.refund(session, capture_key="capture:1", key="back:4")
    assert await balance(database) == money(cash=50, bonus=30)


async def test_a_reversed_bonus_takes_what_is_left_and_writes_off_the_rest(
    database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(50), key="referral:5")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(35), key="hold:1")
        for attempt in ("", ":again"):  # the second one finds nothing left
            await corrections.reverse_bonus(
                session, user_id=ANNA, amount=Kopecks(50), key=f"reverse:5{attempt}", corrects="referral:5"
            )
    assert await balance(database) == money(bonus=35, bonus_held=35)
    async with database.snapshot() as session:
        assert await corrections.house_balance(session, HouseAccount.PROMO) == -35


async def test_money_to_pay_out_is_held_from_cash_and_captured_to_the_provider(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 50)
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        hold = await corrections.hold_cash(session, user_id=ANNA, amount=Kopecks(50), key="refund:in")
        assert (hold.bonus, hold.cash) == (0, 50)
        await ledger.capture(session, hold_key="refund:in", key="refunded:in", to=STARS)
    assert await balance(database) == money(bonus=30)
    async with database.snapshot() as session:
        assert await corrections.house_balance(session, STARS) == 0


async def test_an_operator_gives_takes_and_books_with_name_and_reason(
    database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        for bucket in (Bucket.CASH, Bucket.BONUS):
            await corrections.give(
                session, user_id=ANNA, amount=Kopecks(20), bucket=bucket, key=f"give:{bucket}", why=WHY
            )
            await corrections.take(
                session,
                user_id=ANNA,
                amount=Kopecks(5),
                bucket=bucket,
                key=f"take:{bucket}",
                why=Explanation("admin:7", "too much", corrects=f"give:{bucket}"),
            )
            with pytest.raises(InsufficientFundsError):
                await corrections.take(
                    session, user_id=ANNA, amount=Kopecks(16), bucket=bucket, key="take", why=WHY
                )
        await corrections.book(
            session, debit=payments_account("kie"), credit="losses", amount=Kopecks(9), key="late:1", why=WHY
        )
        for actor, reason in (("", "why"), ("admin:7", " ")):
            with pytest.raises(InvalidTransferError):
                await corrections.give(
                    session,
                    user_id=ANNA,
                    amount=Kopecks(1),
                    bucket=Bucket.CASH,
                    key="give",
                    why=Explanation(actor, reason),
                )
    assert await balance(database) == money(cash=15, bonus=15)
    async with database.snapshot() as session:
        assert await corrections.house_balance(session, HouseAccount.LOSSES) == 9
        assert await corrections.house_balance(session, HouseAccount.ADJUSTMENTS) == -30


async def test_a_transfer_that_makes_no_sense_is_refused_before_it_is_tried(
    database: Database, epoch: Epoch
) -> None:
    async with database.unit_of_work(epoch) as session:
        for amount, source, key in ((0, STARS, "k"), (-1, STARS, "k"), (1, "cash", "k"), (1, STARS, "")):
            with pytest.raises(InvalidTransferError):
                await ledger.credit(session, user_id=ANNA, amount=Kopecks(amount), source=source, key=key)
        with pytest.raises(InvalidTransferError):
            await corrections.book(
                session, debit="losses", credit="losses", amount=Kopecks(1), key="k", why=WHY
            )


async def test_a_statement_tells_every_transfer_newest_first_and_goes_on_where_it_stopped(
    database: Database, epoch: Epoch
) -> None:
    await credit(database, epoch, 100)
    await credit(database, epoch, 7, user_id=BORIS, key="in:boris")
    async with database.unit_of_work(epoch) as session:
        await ledger.bonus(session, user_id=ANNA, amount=Kopecks(30), key="welcome:1001")
        await ledger.hold(session, user_id=ANNA, amount=Kopecks(50), key="hold:1")
        await ledger.capture(session, hold_key="hold:1", key="capture:1")
        await corrections.clawback(session, user_id=ANNA, amount=Kopecks(100), to=STARS, key="claw")
    async with database.snapshot() as session:
        page = await ledger.statement(session, ANNA, limit=3)
        rest = await ledger.statement(session, ANNA, before=page[-1].transfer_id, limit=3)
    told = [(line.kind, line.cash, line.bonus, line.held, line.debt) for line in page + rest]
    assert told == [
        (TransferKind.CLAWBACK, -80, 0, 0, 20),
        (TransferKind.CAPTURE, -20, -30, -50, 0),
        (TransferKind.HOLD, 0, 0, 50, 0),
        (TransferKind.BONUS, 0, 30, 0, 0),
        (TransferKind.CREDIT, 100, 0, 0, 0),
    ]
