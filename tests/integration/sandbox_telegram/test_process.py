"""One port shows the sandbox and, through it, the real server."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from aiohttp import web
from yarl import URL

from tests.fixtures.launched import free_port
from tests.integration.sandbox_telegram.process import Process, Sandbox, open_sandbox


@pytest.fixture(scope="module")
def server_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def fronting_process(tmp_path_factory: pytest.TempPathFactory, server_port: int) -> Iterator[Process]:
    data = tmp_path_factory.mktemp("fronting") / "data"
    process = Process(data, "--server-url", f"http://127.0.0.1:{server_port}")
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def fronting(fronting_process: Process) -> AsyncIterator[Sandbox]:
    async with open_sandbox(fronting_process.url) as sandbox:
        yield sandbox


async def test_it_listens_before_aiogram_is_imported() -> None:
    code = (
        "import sys, app.sandbox.__main__ as s, app.sandbox.kie;"
        " o = s.parse_options('--port 1 --data x --token 1:a --kie-key k'.split());"
        " sys.exit('aiogram' in sys.modules)"
    )
    done = await asyncio.to_thread(subprocess.run, [sys.executable, "-c", code], check=False)
    assert done.returncode == 0


async def test_the_first_page_says_that_the_sandbox_runs(fronting: Sandbox) -> None:
    async with fronting.session.get(f"{fronting.url}/") as response:
        assert response.status == 200
        assert response.content_type == "text/html"
        assert "<title>Sandbox</title>" in await response.text()


async def test_while_the_server_is_away_its_paths_ask_for_patience(fronting: Sandbox) -> None:
    async with fronting.session.get(f"{fronting.url}/health") as response:
        assert response.status == 503
        assert response.headers["Retry-After"] == "2"


async def test_other_paths_are_the_servers_with_body_headers_and_status(
    fronting: Sandbox, server_port: int
) -> None:
    seen: list[tuple[str, str, bytes, str | None]] = []

    async def answer(request: web.Request) -> web.Response:
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        seen.append((request.method, request.raw_path, await request.read(), secret))
        return web.Response(status=418, text="tea", headers={"Retry-After": "9", "X-Of": "server"})

    app = web.Application()
    app.router.add_route("*", "/{tail:.*}", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", server_port).start()
    headers = {"X-Telegram-Bot-Api-Secret-Token": "hush"}
    address = URL(f"{fronting.url}/webhook/tele%2Fgram?a=%2F1", encoded=True)
    async with fronting.session.post(address, data=b'{"x":1}', headers=headers) as response:
        assert (response.status, await response.text()) == (418, "tea")
        assert (response.headers["Retry-After"], response.headers["X-Of"]) == ("9", "server")
    assert seen == [("POST", "/webhook/tele%2Fgram?a=%2F1", b'{"x":1}', "hush")]
    assert (await fronting.bot("getMe")).result["is_bot"], "the sandbox's own paths are not handed on"
    assert len(seen) == 1
    await runner.cleanup()


async def test_kie_is_there_too(fronting: Sandbox) -> None:
    async with fronting.session.get(f"{fronting.url}/sandbox/kie/violations") as response:
        assert response.status == 200


async def test_sigterm_ends_it_although_somebody_waits(tmp_path: Path) -> None:
    process = Process(tmp_path / "data")
    process.start()
    async with open_sandbox(process.url) as sandbox:
        await sandbox.starter()
        poll = asyncio.create_task(sandbox.bot("getUpdates", offset=10**9, timeout=50))
        await sandbox.bot("getMe")
        assert await asyncio.to_thread(process.stop) == 0
        assert (await poll).result == []


def test_a_bad_command_line_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app.sandbox", "--port", "1", "--data", "x", "--token", "x", "--kie-key", "k"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"--token" in done.stderr
