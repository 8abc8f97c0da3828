"""A friend comes by a link and pays: the inviter is told and has the bonus; it goes back with the payment."""

import asyncio
import re
import time

import pytest

from tests.e2e.test_top_up import pay, wait_for_invoice
from tests.fixtures.people import WAIT_SECONDS, Person, SandboxClient, text_of
from tests.fixtures.sandboxed import Sandboxed

BONUS = "SELECT coalesce(sum(posted), 0) FROM ledger_wallet WHERE user_id = %s AND bucket = 'bonus'"
WELCOME = 30_000
REFERRAL = 5_000


async def until_bonus(product: Sandboxed, person: Person, kopecks: int) -> None:
    """Waits until the person has so much bonus money."""
    deadline = time.monotonic() + WAIT_SECONDS
    while product.books.one(BONUS, person.id) != kopecks:
        assert time.monotonic() < deadline, product.books.one(BONUS, person.id)
        await asyncio.sleep(0.05)


@pytest.mark.proves("S15", "F59")
async def test_a_friends_first_payment_earns_a_bonus_of_which_the_inviter_is_told(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    inviter, friend = await sandbox.person("Анна"), await sandbox.person("Борис")
    await inviter.say("/start")
    await inviter.tap("Пригласить друзей")
    screen = await inviter.wait_for_text("Ваша ссылка")
    link = re.search(r"https://t\.me/(\w+)\?start=(ref_[a-z0-9]{12})", text_of(screen))
    assert link is not None
    assert str(inviter.id) not in link[2]

    started = await friend.say(f"/start {link[2]}")
    await friend.wait_for_text("Здравствуйте, Борис", after=started)
    await friend.tap("Баланс", after=started)
    await friend.tap("Пополнить", after=started)
    await friend.tap("100\u00a0₽", after=started)
    await friend.agree(after=started)
    assert (await pay(friend, await wait_for_invoice(friend)))["state"] == "paid"

    told = text_of(await inviter.wait_for_text("пополнил баланс. Вам бонус"))
    assert "50\u00a0₽" in told
    await until_bonus(product, inviter, WELCOME + REFERRAL)
    assert product.books.one(BONUS, friend.id) == WELCOME

    charge = product.books.one("SELECT charge_id FROM payment WHERE user_id = %s", friend.id)
    await sandbox.telegram("POST", "stars/refunds", {"charge": charge, "told": True})
    await inviter.wait_for_text("Бонус за него отменён")
    await until_bonus(product, inviter, WELCOME)
