"""No secret is found in anything that is said, whichever way something fails."""

import base64
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import pytest

from app.db import Database, Epoch
from app.settings import settings_of
from tests.integration.canaries.bench import Bench
from tests.integration.canaries.outside import quoting_server
from tests.integration.canaries.paths import PATHS
from tests.integration.canaries.secrets import PASSWORD, WORDS, environment_with, songs


@pytest.fixture
async def bench(database: Database, epoch: Epoch, tmp_path: Path) -> AsyncIterator[Bench]:
    """All secrets set; the configured database is away."""
    environment = environment_with("127.0.0.1:1/trt")
    async with quoting_server() as outside:
        yield Bench(settings_of(environment), environment, outside, database, epoch, tmp_path)


@pytest.mark.proves("S2", "F87")
@pytest.mark.parametrize("path", PATHS)
async def test_no_secret_is_heard(bench: Bench, path: str) -> None:
    with bench.listening():
        await PATHS[path](bench)
    assert len(bench.said) > 100
    assert songs(bench.said) == []


def test_a_canary_is_heard_however_it_is_written() -> None:
    assert {*WORDS} <= {*environment_with("host/db")}
    for said in (
        PASSWORD,
        quote(PASSWORD),
        base64.b64encode(f"trt:{PASSWORD}".encode()).decode(),
        repr(PASSWORD),
    ):
        assert songs(f"before {said} after") == ["DATABASE_URL"], said
    assert songs("nothing") == []
