"""Money back for everything that is stuck, from the operator's screen; the server is killed in the middle of it."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.fixtures.journeys import order_picture
from tests.fixtures.people import WAIT_SECONDS, Person, SandboxClient
from tests.fixtures.receipts import arrived_operator
from tests.fixtures.sandboxed import Sandboxed

ITEM = (
    "SELECT i.outcome FROM refund_run_item i JOIN generation g ON g.id = i.generation_id WHERE g.user_id = %s"
)
HELD = "SELECT sum(held)::bigint FROM ledger_wallet WHERE user_id = %s AND bucket <> 'debt'"
RELEASES = "SELECT count(*) FROM ledger_transfer WHERE user_id = %s AND kind = 'release'"
UNHEARD = "SELECT count(*) FROM inbox WHERE status = 'new'"


async def becomes(product: Sandboxed, expected: object, question: str, *arguments: object) -> None:
    """The database says so in the end, however long a new worker takes to come."""
    deadline = time.monotonic() + WAIT_SECONDS
    while (found := product.books.one(question, *arguments)) != expected:
        assert time.monotonic() < deadline, f"{found} is not {expected}: {question}"
        await asyncio.sleep(0.05)


async def stuck(product: Sandboxed, person: Person) -> None:
    """A picture that its provider has had for twenty minutes."""
    await order_picture(person)
    await becomes(
        product, True, "SELECT kie_task_id IS NOT NULL FROM generation WHERE user_id = %s", person.id
    )
    product.books.execute(
        "UPDATE generation SET created_at = created_at - interval '20 minutes' WHERE user_id = %s", person.id
    )


@contextmanager
def held_fast(product: Sandboxed, person: Person) -> Iterator[None]:
    """Whoever wants to change this person's generation has to wait; it may be listed."""
    with psycopg.connect(product.books.url) as connection:
        connection.execute("SELECT 1 FROM generation WHERE user_id = %s FOR NO KEY UPDATE", (person.id,))
        yield


@pytest.mark.proves("F14", "X28")
async def test_a_refund_of_many_goes_on_after_a_kill_and_gives_each_back_once(
    product: Sandboxed, sandbox: SandboxClient
) -> None:
    operator = await arrived_operator(sandbox)
    await sandbox.kie("POST", "knobs", {"stuck": "waiting"})
    first, second = [await sandbox.person() for _ in range(2)]
    for person in (first, second):
        await stuck(product, person)

    begun = await operator.say("/admin")
    await operator.tap("Общий возврат", after=begun)
    await operator.wait_for_text("Пока ничего не сделано", after=begun)
    said = await operator.say("поставщик завис")
    with held_fast(product, second):
        await operator.tap("Вернуть", after=said)
        await becomes(product, "returned", ITEM, first.id)
        told = "SELECT told_at IS NOT NULL FROM generation WHERE user_id = %s"
        await becomes(product, True, told, first.id)
        await becomes(product, 0, UNHEARD)
        (worker,) = product.launched.workers()
        os.kill(worker, signal.SIGKILL)
        assert product.books.one(ITEM, second.id) is None
    await becomes(product, "returned", ITEM, second.id)
    await operator.wait_for_text("Общий возврат закончен", after=said)

    for person in (first, second):
        await becomes(product, 0, HELD, person.id)
        await person.wait_for_text("вернули")
        assert product.books.one(RELEASES, person.id) == 1
    rows = product.books.all(
        "SELECT user_id FROM action_log WHERE action = 'generation_given_up' AND user_id = ANY(%s) ORDER BY 1",
        [first.id, second.id],
    )
    assert rows == sorted([(first.id,), (second.id,)])
