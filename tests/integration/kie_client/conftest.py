"""A client on a loopback port, and the KIE stand-in behind another."""

import socket
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from app.generation.kie import KieClient, Patience
from app.sandbox.kie import add_kie_routes

KEY = "key-of-the-stand-in"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    """As the composition root makes it."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(force_close=True)) as session:
        yield session


@pytest.fixture
async def stand_in(tmp_path: Path) -> AsyncIterator[str]:
    """The address of a running KIE stand-in."""
    sock = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{sock.getsockname()[1]}"
    app = web.Application()
    await add_kie_routes(app, data=tmp_path, key=KEY, public_url=address, hmac_key=None)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    await web.SockSite(runner, sock).start()
    yield address
    await runner.cleanup()


@pytest.fixture
def client(session: aiohttp.ClientSession, stand_in: str) -> KieClient:
    """A client of the stand-in, as patient as the product's."""
    return KieClient(session, base_url=f"{stand_in}/kie", key=KEY)


@pytest.fixture
def hurried(session: aiohttp.ClientSession, stand_in: str) -> KieClient:
    """One that gives up soon, for answers that never come."""
    return KieClient(session, base_url=f"{stand_in}/kie", key=KEY, patience=Patience(create=2, read=2))
