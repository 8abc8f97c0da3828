"""SIGKILL between Telegram's refund and its record, then the next reign."""

import asyncio
import signal
import sys
from pathlib import Path

import pytest

from app.db import Database, Epoch
from app.failpoints import FailPoint
from app.ledger import Corrections, Explanation, Ledger
from app.payments import Method, Order, PaymentService, Refunder, RefundService, RefundState, StarsProvider
from app.users import User
from tests.integration.payments.test_refunds import charge
from tests.integration.payments.victim import RememberingStars
from tests.integration.users.steps import NextStep


@pytest.fixture
async def order(payments: PaymentService, anna: User, next_step: NextStep) -> Order:
    """For 100 Stars."""
    return await payments.create_order(await next_step(), anna.id, payments.terms.wish(100))


@pytest.mark.proves("X39")
async def test_a_crash_after_the_refund_and_before_its_record_ends_in_one_refund_in_both_books(
    database_url: str,
    database: Database,
    epoch: Epoch,
    payments: PaymentService,
    refunds: RefundService,
    order: Order,
    tmp_path: Path,
) -> None:
    memory = tmp_path / "telegram"
    payment = await payments.credit(epoch, charge(order, "charge-1"))
    async with database.unit_of_work(epoch) as session:
        why = Explanation("operator 1", "a test")
        refund = await refunds.ask(session, payment.id, why=why)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.payments.victim"),
        *(database_url, FailPoint.REFUND_SENT, str(refund.id), str(memory)),
        stderr=asyncio.subprocess.PIPE,
    )
    _, complaint = await asyncio.wait_for(process.communicate(), 60)
    assert process.returncode == -signal.SIGKILL, complaint.decode()
    async with database.snapshot() as session:
        assert (await Ledger().balance(session, order.user_id)).held == order.credited

    provider = StarsProvider(RememberingStars(memory=memory), lambda: payments.terms)
    await Refunder(database, refunds, {Method.STARS: provider}).send_back(epoch, refund.id)

    assert memory.read_text().splitlines() == ["charge-1"]
    async with database.snapshot() as session:
        balance = await Ledger().balance(session, order.user_id)
        assert (balance.cash, balance.held, balance.debt) == (0, 0, 0)
        assert await Corrections().house_balance(session, "payments:stars") == 0
        assert await Ledger().audit(session) == []
        settled = await refunds.of(session, payment.id)
    assert settled is not None
    assert settled.state is RefundState.DONE


@pytest.mark.proves("X44")
async def test_the_job_of_a_settled_refund_asks_nobody(
    database: Database,
    epoch: Epoch,
    payments: PaymentService,
    refunds: RefundService,
    order: Order,
    tmp_path: Path,
) -> None:
    payment = await payments.credit(epoch, charge(order, "charge-1"))
    async with database.unit_of_work(epoch) as session:
        refund = await refunds.ask(session, payment.id, why=Explanation("operator 1", "a test"))
    memory = tmp_path / "telegram"
    provider = StarsProvider(RememberingStars(memory=memory), lambda: payments.terms)
    refunder = Refunder(database, refunds, {Method.STARS: provider})
    await refunder.send_back(epoch, refund.id)
    memory.unlink()

    await refunder.send_back(epoch, refund.id)

    assert not memory.exists()
