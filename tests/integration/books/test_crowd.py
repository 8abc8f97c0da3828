"""The crowd that the audit is measured with is a healthy one, and the audit looks at each of it."""

from tests.fixtures.crowd import STRIDE, multiply
from tests.integration.books.conftest import Shop

COPIES = 690
"""Of a household with 29 transfers: twenty thousand."""


async def test_twenty_thousand_copied_transfers_are_healthy_and_one_change_in_a_copy_is_named(
    shop: Shop, database_url: str
) -> None:
    multiply(database_url, COPIES)
    assert await shop.findings() == []
    last = COPIES * STRIDE
    await shop.tamper(f"UPDATE generation SET state = 'captured' WHERE id = {last + 1}")
    await shop.tamper(
        f"UPDATE ledger_entry SET amount = amount + 1 WHERE transfer_id = {last + 3} AND line = 1"
    )
    broken = {finding.row for finding in await shop.findings()}
    assert f"generation {last + 1}" in broken
    assert f"ledger_transfer {last + 3}" in broken
