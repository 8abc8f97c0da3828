"""One ACTIVE dies or freezes, another one goes on; what was stored is done once."""

import time
from collections.abc import Iterator

import pytest

from tests.fixtures.balancer import balancer
from tests.fixtures.books import Books
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.journeys import PICTURE_PRICE, order_picture
from tests.fixtures.launched import free_port, wait_for_role
from tests.fixtures.postgres import Server, fresh_database

LEASE_SECONDS = 10.0


@pytest.fixture
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    address = f"http://127.0.0.1:{free_port()}"
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url, address) as fleet:
        for _ in range(2):
            fleet.start_instance(PORT=str(free_port()))
        yield fleet


@pytest.mark.proves("F5", "F8", "X9")
async def test_a_standby_takes_over_from_a_killed_holder_and_does_what_was_stored(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = fleet.instances
    wait_for_role(first.url, "ACTIVE")
    async with fleet.client() as sandbox, balancer(fleet, lambda: [second]):
        person = await sandbox.person()
        await person.say("/start")
        await person.wait_for_button("Картинки")
        first.launched.kill_everything()
        killed = time.monotonic()
        wait_for_role(second.url, "ACTIVE")
        taken_over = time.monotonic() - killed
        await order_picture(person)
        await person.wait_for_media("photo")
    with capsys.disabled():
        print(f"\ntakeover after kill -9: {taken_over * 1000:.0f} ms")
    assert taken_over < 3.0, "0.1 s on a machine that has nothing else to do"
    assert "whose lease ran out" not in second.launched.log, "it waited for the lease, not for the lock"
    held = fleet.books.all(
        "SELECT sum(posted), sum(held) FROM ledger_wallet WHERE user_id = %s AND bucket <> 'debt'", person.id
    )
    assert held == [(30_000 - PICTURE_PRICE, 0)]
    fleet.audit()


@pytest.mark.proves("F7", "X10")
async def test_a_frozen_holder_is_replaced_and_commits_nothing_when_it_wakes(
    fleet: Fleet, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = fleet.instances
    epoch = wait_for_role(first.url, "ACTIVE")["epoch"]
    async with fleet.client() as sandbox, balancer(fleet, lambda: [second]):
        person = await sandbox.person()
        await sandbox.kie("POST", "knobs", {"delay": 5})
        await order_picture(person)
        # Frozen between its note and the provider's ear it would leave a creation that minutes of grace end.
        await person.wait_until(lambda _: is_accepted(fleet.books), "an accepted creation")
        first.pause()
        paused = time.monotonic()
        assert wait_for_role(second.url, "ACTIVE")["epoch"] > epoch
        taken_over = time.monotonic() - paused
        await person.wait_for_media("photo")
        await person.wait_until(lambda _: is_delivered(fleet.books), "the record of the delivery")
        first.go_on()
        first.launched.wait_for_log(r"Singleton lock lost")
        assert wait_for_role(first.url, "PASSIVE")["epoch"] > epoch
        assert fleet.books.all("SELECT state FROM generation") == [("delivered",)]
        assert fleet.books.one("SELECT count(*) FROM ledger_transfer WHERE kind = 'capture'") == 1
    with capsys.disabled():
        print(f"\ntakeover from a frozen one: {taken_over:.1f} s")
    # The lease and a second's look; the rest is for a machine that has other things to do.
    assert taken_over < 2 * LEASE_SECONDS
    fleet.audit()


@pytest.mark.proves("F6")
def test_an_idle_healthy_holder_keeps_the_lock(fleet: Fleet) -> None:
    first, second = fleet.instances
    epoch = wait_for_role(first.url, "ACTIVE")["epoch"]
    begun = fleet.books.one("SELECT renewed_at FROM leader")
    longer = "SELECT renewed_at > %s::timestamptz + %s * interval '1 second' FROM leader"
    while not fleet.books.one(longer, begun, 1.2 * LEASE_SECONDS):
        assert "ACTIVE" not in second.role()
        time.sleep(0.05)
    assert wait_for_role(first.url, "ACTIVE")["epoch"] == epoch


def is_delivered(books: Books) -> bool | None:
    """True when nothing is on its way any more."""
    return True if books.all("SELECT DISTINCT state FROM generation") == [("delivered",)] else None


def is_accepted(books: Books) -> bool | None:
    """True when every creation was answered by the provider."""
    waiting = "SELECT count(*) FROM generation WHERE state IN ('held', 'submitting')"
    return True if books.one("SELECT count(*) FROM generation") and not books.one(waiting) else None
