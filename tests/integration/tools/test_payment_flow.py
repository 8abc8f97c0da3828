"""`make payment-flow` passes on the house as it is, and names the step where something was broken."""

import psycopg
import pytest

from app.tools.test_payment_flow import STEPS, rehearse

ALTERED = """
CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {change}; RETURN NEW; END $$;
CREATE TRIGGER spoil BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION spoil();
"""


async def test_every_step_passes(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert await rehearse(database_url) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [*(f"✓ {name}" for name, _ in STEPS), "✅ ALL PAYMENT FLOW TESTS PASSED"]


@pytest.mark.parametrize(
    ("change", "moment", "table", "step"),
    [
        ("NEW.booked_kopecks := NEW.booked_kopecks + 100", "INSERT", "payment", "credit"),
        ("NEW.amount := NEW.amount + 1", "INSERT", "orders", "pre-checkout"),
        ("NEW.held_kopecks := 0", "INSERT", "payment_refund", "refund"),
        (
            "IF NEW.state = 'delivered' THEN NEW.message_ids := '{{}}'; END IF",
            "UPDATE",
            "generation",
            "books",
        ),
    ],
)
async def test_what_is_broken_is_named_and_the_exit_code_is_1(
    database_url: str, capsys: pytest.CaptureFixture[str], change: str, moment: str, table: str, step: str
) -> None:
    spoiled = ALTERED.format(change=change, moment=moment, table=table).replace("{{}}", "{}")
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(spoiled.encode())
    assert await rehearse(database_url) == 1
    assert capsys.readouterr().out.splitlines()[-1] == f"❌ PAYMENT FLOW TEST FAILED: {step}"
