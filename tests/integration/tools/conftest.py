"""One running bot beside stand-ins of its own, which the operators' commands look at."""

from collections.abc import Iterator

import pytest

from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.postgres import Server, fresh_database


@pytest.fixture(scope="package")
def living(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    """Token, key, webhook, everything that a payment needs; nothing here changes it."""
    with (
        fresh_database(postgres_server, migrated_template) as url,
        running_fleet(
            url,
            ADMIN_IDS="1",
            SUPPORT_TEXT="write to us",
            TERMS_URL="https://example.org/terms",
        ) as fleet,
    ):
        fleet.start_instance()
        fleet.wait_for_webhook()
        yield fleet
