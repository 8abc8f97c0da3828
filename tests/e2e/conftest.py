"""One sandbox per test process serves every test of this tier; each test brings people of its own."""

from collections.abc import AsyncIterator, Iterator

import pytest

from app.tools.audit_ledger import audit
from tests.fixtures.fleet import Fleet, running_fleet
from tests.fixtures.launched import scratch_folder
from tests.fixtures.people import SandboxClient
from tests.fixtures.postgres import Server, fresh_database
from tests.fixtures.sandboxed import Sandboxed, start_sandbox


@pytest.fixture(scope="session")
def product() -> Iterator[Sandboxed]:
    """The product as `make run` starts it, without any setting."""
    with scratch_folder() as folder:
        sandboxed = start_sandbox(folder, {"KIE_CREATES_PER_10S": "18"})
        try:
            yield sandboxed
        finally:
            sandboxed.launched.end()


@pytest.fixture
async def sandbox(product: Sandboxed) -> AsyncIterator[SandboxClient]:
    """The client API; at the end of each test nothing that the bot sent was refused, and the books are right."""
    async with product.client() as client:
        await client.kie("DELETE", "knobs")
        yield client
        assert await client.violations() == []
        violations = await client.kie("GET", "violations")
        assert violations["violations"] == []
    assert await audit(product.books.url) == []


@pytest.fixture(scope="session")
def one_instance(postgres_server: Server, migrated_template: str) -> Iterator[Fleet]:
    """A real bot (token, key, webhook) beside stand-ins of its own; one for all tests of this process."""
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url) as fleet:
        fleet.start_instance()
        yield fleet


@pytest.fixture
def fleet(one_instance: Fleet) -> Fleet:
    """The same, for a test that leaves it as it was."""
    return one_instance


@pytest.fixture
async def outside(one_instance: Fleet) -> AsyncIterator[SandboxClient]:
    """The client API of that bot's stand-ins."""
    async with one_instance.client() as client:
        yield client
