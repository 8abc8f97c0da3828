"""Each way in which the books and the house can disagree is named, with its row."""

import asyncio
import sys

import pytest

from app.books import Auditor, AuditRuns, NightlyAudit
from app.books.rules import RULES
from app.clock import SystemClock
from app.db import Database, Epoch
from app.ledger import Ledger
from tests.integration.books.conftest import Shop

CAPTURE_OF_1 = "(SELECT id FROM ledger_transfer WHERE key = 'resolution:1')"
CORRUPTIONS = {
    "a hold belongs to a living generation": (
        "UPDATE generation SET state = 'cancelled' WHERE id = 2",
        "DELETE FROM generation WHERE id = 2",
        "UPDATE generation SET user_id = 8 WHERE id = 2",
    ),
    "a generation holds its price": (
        "UPDATE generation SET price_kopecks = 1 WHERE id = 2",
        "DELETE FROM ledger_transfer WHERE key = 'hold:3'",
        "UPDATE ledger_transfer SET user_id = 8 WHERE key = 'hold:1'",
    ),
    "a generation's end is its hold's end": (
        "UPDATE generation SET state = 'delivered', results = '[{}]', message_ids = '{1}' WHERE id = 2",
        "UPDATE generation SET state = 'captured', failure = NULL WHERE id = 3",
        "UPDATE generation SET state = 'failed', failure = 'timeout' WHERE id = 1",
        "DELETE FROM ledger_transfer WHERE key = 'resolution:4'",
    ),
    "captured is delivered or on its way": (
        "UPDATE generation SET results = '[]' WHERE id = 1",
        "UPDATE generation SET message_ids = '{}' WHERE id = 1",
        "UPDATE generation SET state = 'captured' WHERE id = 1",
        "UPDATE generation SET state = 'kept', results = '[]' WHERE id = 5",
    ),
    "a living generation is looked after": ("UPDATE generation SET next_check_at = NULL WHERE id = 2",),
    "refunded gave money back": ("UPDATE generation SET state = 'refunded' WHERE id = 1",),
    "missing results are given back": (
        "UPDATE generation SET sold = 2, missing = 1, returned_kopecks = 1 WHERE id = 1",
        "UPDATE ledger_transfer SET key = 'fewer:1' WHERE key = 'stars:c1'",
    ),
    "free is a free use": (
        "DELETE FROM free_use WHERE generation_id = 5",
        "UPDATE free_use SET user_id = 8 WHERE generation_id = 6",
        "INSERT INTO free_use (generation_id, user_id) VALUES (1, 7)",
    ),
    "free moves no money": ("UPDATE ledger_transfer SET key = 'hold:5' WHERE key = 'hold:1'",),
    "the price is the quote's": (
        "UPDATE quote SET price_kopecks = price_kopecks + 1, unrounded_kopecks = unrounded_kopecks + 1 WHERE id = 1",
        "DELETE FROM quote WHERE id = (SELECT quote_id FROM generation WHERE id = 5)",
        "UPDATE quote SET user_id = 8 WHERE id = (SELECT quote_id FROM generation WHERE id = 3)",
    ),
    "a payment is booked": (
        "DELETE FROM ledger_transfer WHERE key = 'stars:c1'",
        "UPDATE payment SET booked_kopecks = booked_kopecks + 1 WHERE charge_id = 'c1'",
        "UPDATE payment SET user_id = 8 WHERE charge_id = 'c1'",
        "UPDATE payment SET outcome = 'credited', user_id = 7 WHERE charge_id = 'c4'",
        "UPDATE payment SET outcome = 'suspended' WHERE charge_id = 'c5'",
        "UPDATE payment SET user_id = 8 WHERE charge_id = 'c5'",
    ),
    "a credit was paid": (
        "DELETE FROM payment WHERE charge_id = 'c1'",
        "DELETE FROM payment WHERE charge_id = 'c5'",
        "UPDATE payment SET charge_id = 'other' WHERE charge_id = 'c1'",
    ),
    "a refund is booked": (
        "DELETE FROM payment_refund WHERE state = 'done'",
        "UPDATE payment_refund SET state = 'done', settled_at = now() WHERE state = 'asked'",
        "DELETE FROM ledger_transfer WHERE key = 'refund:stars:c2'",
    ),
    "a refund's hold was asked for": (
        "DELETE FROM payment_refund WHERE state = 'asked'",
        "UPDATE payment_refund SET attempt = 2 WHERE state = 'asked'",
        "UPDATE payment_refund SET held_kopecks = 1 WHERE state = 'asked'",
    ),
    "a paid order has its payment": ("UPDATE payment SET order_id = NULL WHERE charge_id = 'c1'",),
    "one welcome a person": ("UPDATE ledger_transfer SET key = 'welcome:8' WHERE key = 'stars:c1'",),
    "a friend's bonus has its invitation and its payment": (
        "DELETE FROM invitation WHERE invited_id = 11",
        "UPDATE invitation SET bonus_kopecks = 1 WHERE invited_id = 11",
        "UPDATE invitation SET inviter_id = 8 WHERE invited_id = 11",
        "UPDATE invitation SET payment_id = 1 WHERE invited_id = 11",
        "UPDATE ledger_transfer SET key = 'welcome:7' WHERE key = 'referral:11'",
    ),
    "a friend's bonus goes back with its payment": (
        "DELETE FROM ledger_transfer WHERE key = 'referral-back:12'",
        "UPDATE invitation SET taken_back_at = NULL WHERE invited_id = 12",
        "UPDATE invitation SET taken_back_at = now() WHERE invited_id = 11",
        "UPDATE ledger_transfer SET key = 'referral-back:11' WHERE key = 'referral-back:12'",
    ),
    "our own costs have a reason": (
        "UPDATE ledger_transfer SET key = 'loss:5' WHERE key = 'free:5'",
        "UPDATE ledger_transfer SET key = 'free:1' WHERE key = 'free:5'",
        "UPDATE ledger_transfer SET key = 'free:999' WHERE key = 'free:5'",
    ),
    "an improvement's end is its hold's end": (
        "UPDATE improvement SET price_kopecks = 1 WHERE id = 1",
        "UPDATE improvement SET user_id = 8 WHERE id = 1",
        "UPDATE improvement SET state = 'failed', failure = 'lost', improved = NULL WHERE id = 1",
        "UPDATE improvement SET state = 'ready', failure = NULL, improved = 'x' WHERE id = 2",
        "UPDATE improvement SET state = 'dropped' WHERE id = 4",
        "DELETE FROM improvement WHERE id = 4",
        "DELETE FROM ledger_transfer WHERE key = 'improvement-hold:1'",
        "DELETE FROM ledger_transfer WHERE key = 'improvement-end:2'",
    ),
    "an improvement is looked after": ("UPDATE improvement SET next_check_at = NULL WHERE id = 4",),
    "the cost of an improvement has a reason": (
        "UPDATE ledger_transfer SET key = 'improvement-cost:1' WHERE key = 'improvement-cost:2'",
        "UPDATE ledger_transfer SET key = 'improvement-cost:4' WHERE key = 'improvement-cost:3'",
        "UPDATE ledger_transfer SET key = 'improvement-cost:99' WHERE key = 'improvement-cost:3'",
    ),
}


@pytest.mark.proves("F55")
@pytest.mark.parametrize(
    ("rule", "statement"),
    [(rule, statement) for rule, statements in CORRUPTIONS.items() for statement in statements],
)
async def test_each_kind_of_corruption_is_named(shop: Shop, rule: str, statement: str) -> None:
    await shop.tamper(statement)
    findings = await shop.findings()
    assert rule in {finding.rule for finding in findings}, findings


def test_no_rule_is_without_its_corruption() -> None:
    assert CORRUPTIONS.keys() == RULES.keys()


async def test_the_night_is_silent_while_the_books_fit_and_loud_when_not(
    shop: Shop, database: Database, epoch: Epoch, caplog: pytest.LogCaptureFixture
) -> None:
    runs, audit = AuditRuns(database), NightlyAudit(database, Auditor(Ledger()), SystemClock())
    assert await runs.last() is None
    await audit.run(epoch, 100)
    proven = await runs.last()
    assert proven is not None
    assert (proven.moment, proven.findings, proven.shown) == (100, 0, ())
    assert "the books do not fit" not in caplog.text
    await shop.tamper("UPDATE ledger_wallet SET posted = posted + 100 WHERE user_id = 7 AND bucket = 'cash'")
    for _ in range(2):  # a job may run twice
        await audit.run(epoch, 200)
    broken = await AuditRuns(database).last()
    assert broken is not None
    assert (broken.moment, broken.findings) == (200, len(await shop.findings()))
    assert "ledger_wallet 7/cash" in {it.row for it in broken.shown}
    assert broken.digest != proven.digest
    assert "the books do not fit" in caplog.text


async def test_the_command_exits_with_1_and_names_the_row(shop: Shop, database_url: str) -> None:
    async def command() -> tuple[int, str]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "app.tools.audit_ledger"),
            env={"DATABASE_URL": database_url, "PATH": "/usr/bin:/bin"},
            stdout=asyncio.subprocess.PIPE,
        )
        printed, _ = await process.communicate()
        return process.returncode or 0, printed.decode()

    assert await command() == (0, "✅ LEDGER AUDIT PASSED\n")
    await shop.tamper("UPDATE generation SET state = 'cancelled' WHERE id = 2")
    code, printed = await command()
    assert code == 1
    assert "a generation's end is its hold's end: generation 2: is cancelled, its hold is open" in printed
    assert "❌ LEDGER AUDIT FAILED" in printed
