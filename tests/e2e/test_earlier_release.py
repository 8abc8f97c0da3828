"""While a deploy goes on, the release before it works on the schema of the one that comes."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.earlier import Release, earlier_release
from tests.fixtures.fleet import Fleet, Instance, running_fleet
from tests.fixtures.launched import Launched, wait_until_ready
from tests.fixtures.people import Person
from tests.fixtures.postgres import Server, bring_up_to_date, fresh_database


@pytest.fixture
def release(tmp_path: Path) -> Release:
    found = earlier_release(tmp_path)
    if found is None:
        pytest.skip("this checkout's history ends behind its newest migration: git fetch --unshallow")
    return found


@pytest.fixture
def fleet(postgres_server: Server, release: Release) -> Iterator[Fleet]:
    """The earlier release serves, on the schema of its own."""
    with fresh_database(postgres_server, None) as url, running_fleet(url) as fleet:
        release.migrate(url)
        place = fleet.folder / "earlier"
        place.mkdir()
        port = fleet.webhook_base.rpartition(":")[2]
        own = {"PORT": port, "HOST": "127.0.0.1", "INSTANCE_ID": "earlier", "PYTHONPATH": str(release.folder)}
        launched = Launched(place, {**fleet.environment, **own}, release.server)
        fleet.instances.append(Instance(launched, fleet.webhook_base))
        launched.start()
        wait_until_ready(fleet.webhook_base)
        fleet.wait_for_webhook()
        yield fleet


@pytest.mark.proves("X46", "F79")
async def test_people_of_the_release_before_are_served_while_and_after_the_schema_is_expanded(
    fleet: Fleet,
) -> None:
    async with fleet.client() as sandbox:
        early, late = await sandbox.person("Анна"), await sandbox.person("Борис")
        await early.say("/start")
        bring_up_to_date(fleet.database_url)
        await order_picture(early)
        await order_picture(late)
        await early.wait_for_media("photo")
        await late.wait_for_media("photo")
        assert await sandbox.telegram("GET", "violations") == []
    assert fleet.books.one("SELECT count(*) FROM inbox WHERE status = 'dead'") == 0
    assert fleet.books.one("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'") == 0
    fleet.audit()


async def order_picture(person: Person) -> None:
    """By the search, which finds a model wherever a release has it on its shelves."""
    asked = await person.say("/search Z-Image")
    await person.tap("Z-Image", after=asked)
    await person.wait_for_text("Напишите", after=asked)
    told = await person.say("Свет в окне")
    await person.tap("0,64", after=told)
