"""The whole enum of dangerous places: SIGKILL in each, then nothing is lost, doubled or silent."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.journeys import order_picture
from tests.fixtures.launched import ROOT, wait_for_role
from tests.fixtures.people import Person, SandboxClient, text_of
from tests.fixtures.postgres import Server, fresh_database

# Not on a generation's way: tests/integration/payments/test_crashes.py dies there.
ELSEWHERE = {"refund_sent"}
LIST = "from app.failpoints import FailPoint; print(' '.join(FailPoint))"
EVERY_POINT = subprocess.run(
    [sys.executable, "-c", LIST], cwd=ROOT, capture_output=True, text=True, check=True
).stdout.split()
POINTS = [point for point in EVERY_POINT if point not in ELSEWHERE]
AFTER_A_FAILURE = {"failure_recorded", "failure_told"}
NEVER_REACHED_THE_PROVIDER = {"submitting_written"}
# Here the callback has to come before its task is known to be done by a look at it.
BY_CALLBACK = {"hint_recorded"}
# Sent and not recorded: the one window in which a second copy is allowed.
MAY_COME_TWICE = {"result_sent"}
REPETITIONS = ("query is too old", "message is not modified")


@pytest.fixture(scope="module")
def fleet(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    """One instance for all: whoever dies takes the order to die away, and gunicorn starts the next worker."""
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url) as fleet:
        orders(fleet).mkdir()
        fleet.start_instance(FAIL_POINT=f"@{orders(fleet)}")
        yield fleet


def orders(fleet: Fleet) -> Path:
    """A file here with the name of a point: the next process that reaches it dies."""
    return fleet.folder / "orders"


async def nothing_was_refused_but_repetitions(sandbox: SandboxClient) -> None:
    """Whoever dies between a call and its record makes the call again: a second answer, an edit to the same."""
    refused = await sandbox.telegram("GET", "violations")
    assert [one for one in refused if not any(words in one["reason"] for words in REPETITIONS)] == []
    await sandbox.telegram("DELETE", "violations")


async def copies(person: Person) -> int:
    return len([message for message in await person.messages() if "photo" in message])


@pytest.mark.proves("F12", "F14", "F51", "X6", "X7", "X23", "X24", "X33")
@pytest.mark.parametrize("point", POINTS)
async def test_a_process_killed_at_this_point_loses_nothing_and_doubles_nothing(
    fleet: Fleet, point: str
) -> None:
    wait_for_role(fleet.instances[0].url, "ACTIVE")
    async with fleet.client() as sandbox:
        await sandbox.kie("DELETE", "knobs")
        if point in AFTER_A_FAILURE:
            await sandbox.kie("POST", "knobs", {"fail": "internal"})
        if point in BY_CALLBACK:
            await sandbox.kie("POST", "knobs", {"callback": "early"})
        person = await sandbox.person()
        order = orders(fleet) / point
        order.touch()
        paid = len((await sandbox.kie("GET", "tasks"))["tasks"])
        await order_picture(person)
        await end_of(fleet, person, point)
        # What a person sees may be sent just before the point.
        await person.wait_until(lambda _: not order.exists() or None, f"a death at {point}")
        paid = len((await sandbox.kie("GET", "tasks"))["tasks"]) - paid
        assert paid == (0 if point in NEVER_REACHED_THE_PROVIDER else 1)
        await nothing_was_refused_but_repetitions(sandbox)
    states = fleet.books.all("SELECT state FROM generation WHERE user_id = %s", person.id)
    kinds = fleet.books.all(
        "SELECT kind, count(*) FROM ledger_transfer WHERE user_id = %s GROUP BY kind ORDER BY kind", person.id
    )
    failed = point in AFTER_A_FAILURE | NEVER_REACHED_THE_PROVIDER
    assert states == [("failed" if failed else "delivered",)]
    assert kinds == sorted([("bonus", 1), ("hold", 1), ("release" if failed else "capture", 1)])
    assert fleet.books.one("SELECT sum(held) FROM ledger_wallet WHERE user_id = %s", person.id) == 0
    fleet.audit()


async def end_of(fleet: Fleet, person: Person, point: str) -> None:
    """Waits for the picture, or for the words that the money is back."""
    if point in NEVER_REACHED_THE_PROVIDER:
        await let_the_grace_time_pass(fleet, person)
    if point in AFTER_A_FAILURE | NEVER_REACHED_THE_PROVIDER:
        told = await person.wait_for_text("Вернули")
        assert "0,64" in text_of(told)
        assert await copies(person) == 0
        return
    await person.wait_for_media("photo")
    await state_becomes(fleet, person, "delivered")
    assert await copies(person) in ({1, 2} if point in MAY_COME_TWICE else {1})


async def let_the_grace_time_pass(fleet: Fleet, person: Person) -> None:
    """Nobody answers for this task."""
    await state_becomes(fleet, person, "submitting")
    fleet.books.let_the_grace_time_pass()


async def state_becomes(fleet: Fleet, person: Person, state: str) -> None:
    await person.wait_until(
        lambda _: (
            fleet.books.one("SELECT state FROM generation WHERE user_id = %s", person.id) == state or None
        ),
        f"a generation that is {state}",
    )
