"""Where our requests may go: names that lead into a private network are refused, and what was looked at is used."""

from collections.abc import AsyncIterator
from pathlib import Path
from socket import AddressFamily

import aiohttp
import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import BaseTestServer, TestServer

from app.generation import FetchRules, PublicResolver, ResultUnavailableError
from app.generation.kie import result_places
from app.generation.results.addresses import is_public
from tests.unit.generation.test_fetching import clip, copier_in, files_in

HOST = "files.example"
LOOPBACK = "127.0.0.1"


class Names(AbstractResolver):
    """A name server that says something else each time, the last of it for ever."""

    def __init__(self, *answers: tuple[str, ...]) -> None:
        self.answers = list(answers)
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(hostname=host, host=it, port=port, family=AddressFamily.AF_INET, proto=0, flags=0)
            for it in answer
        ]

    async def close(self) -> None:
        """Nothing to close."""


@pytest.fixture
async def server() -> AsyncIterator[BaseTestServer]:
    """Something on the loopback that nobody outside should reach."""

    async def secret(_request: web.Request) -> web.Response:
        return web.Response(body=b"secret", content_type="image/png")

    app = web.Application()
    app.router.add_get("/1.png", secret)
    async with TestServer(app) as server:
        yield server


async def fetch(folder: Path, server: BaseTestServer, names: Names, *trusted: str) -> bytes:
    """What is copied of a result on an allowed host."""
    resolver = PublicResolver(trusted, names)
    connector = aiohttp.TCPConnector(force_close=True, resolver=resolver)
    async with aiohttp.ClientSession(connector=connector) as session:
        copier = copier_in(folder, session, FetchRules(frozenset({f"http://{HOST}"})))
        copies = await copier.fetch(clip(), [f"http://{HOST}:{server.port}/1.png"])
    return (folder / copies.files[0].path).read_bytes()


@pytest.mark.proves("S5", "F88")
@pytest.mark.parametrize("answer", [(LOOPBACK,), ("93.184.216.34", LOOPBACK)])
async def test_an_allowed_name_that_leads_into_our_own_network_is_not_asked(
    tmp_path: Path, server: BaseTestServer, answer: tuple[str, ...]
) -> None:
    with pytest.raises(ResultUnavailableError):
        await fetch(tmp_path, server, Names(answer))
    assert files_in(tmp_path) == []


@pytest.mark.proves("S5")
async def test_the_host_of_a_configured_address_may_lie_anywhere_and_is_looked_up_once(
    tmp_path: Path, server: BaseTestServer
) -> None:
    names = Names((LOOPBACK,), ("192.0.2.1",))
    assert await fetch(tmp_path, server, names, HOST.upper()) == b"secret"
    assert names.asked == [HOST]


@pytest.mark.proves("S5", "F88")
@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "198.18.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::7f00:1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "ff02::1",
        "no address",
    ],
)
def test_what_is_not_one_machine_on_the_public_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:4700::1111"])
def test_what_is_on_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.proves("S5")
def test_results_come_from_kies_hosts_and_the_two_configured_ones_only() -> None:
    rules = FetchRules(result_places(("https://api.kie.ai", "http://127.0.0.1:8080/kie-upload")))
    for url in ("https://tempfile.aiquickdraw.com/1.png", "http://127.0.0.1:8080/files/1.png"):
        rules.check(url)
    for url in ("https://aiquickdraw.com/1.png", "http://api.kie.ai/1.png", "http://localhost:8080/1.png"):
        with pytest.raises(ResultUnavailableError, match="host not allowed"):
            rules.check(url)
