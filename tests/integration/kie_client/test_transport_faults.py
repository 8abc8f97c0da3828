"""What the client makes of a network that breaks, and what it puts on the wire. The server here is a few lines."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal

import aiohttp
import pytest
from aiohttp import web

from app.catalogue import Endpoint
from app.generation.errors import AmbiguousError, RefusedError, TaskUnknownError, TryLaterError
from app.generation.kie import KieClient, Patience
from app.generation.ports import TaskState
from app.generation.states import FailureClass

Reaction = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Seen:
    """What the server was asked."""

    method: str
    path: str
    authorization: str | None
    body: bytes


@dataclass
class Server:
    """Reacts to every request in the way a test sets; counts what it saw."""

    address: str = ""
    react: Reaction | None = None
    seen: list[Seen] = field(default_factory=list)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)
    released: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.seen.append(Seen(request.method, request.path_qs, request.headers.get("Authorization"), body))
        self.arrived.set()
        assert self.react is not None
        return await self.react(request)

    async def hang(self, request: web.Request) -> web.StreamResponse:
        await self.released.wait()
        return web.Response()


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    server = Server()
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    sock = socket.create_server(("127.0.0.1", 0))
    server.address = f"http://127.0.0.1:{sock.getsockname()[1]}"
    await web.SockSite(runner, sock).start()
    yield server
    server.released.set()
    await runner.cleanup()


@pytest.fixture
def client(session: aiohttp.ClientSession, server: Server) -> KieClient:
    """As patient as the product's."""
    return KieClient(session, base_url=server.address + "/", key="sesame")


@pytest.fixture
def hurried(session: aiohttp.ClientSession, server: Server) -> KieClient:
    """One that gives up soon what never ends, and leaves a slow machine its time to connect."""
    patience = Patience(connect=30, create=1.5, read=0.5)
    return KieClient(session, base_url=server.address + "/", key="sesame", patience=patience)


def answering(body: object, *, status: int = 200, headers: dict[str, str] | None = None) -> Reaction:
    text = body if isinstance(body, str) else json.dumps(body)

    async def react(request: web.Request) -> web.StreamResponse:
        return web.Response(text=text, status=status, headers=headers)

    return react


async def drop(request: web.Request) -> web.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return web.Response()


async def break_off(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"code": 200, ')
    return await drop(request)


async def test_a_creation_is_sent_once_with_everything_in_its_place(
    client: KieClient, server: Server
) -> None:
    server.react = answering({"code": 200, "msg": "success", "data": {"taskId": "t1", "recordId": "t1"}})
    assert await client.create("z-image", {"prompt": "кот", "seed": 1}, "https://us/webhook/kie/x") == "t1"
    (seen,) = server.seen
    assert (seen.method, seen.path, seen.authorization) == (
        "POST",
        "/api/v1/jobs/createTask",
        "Bearer sesame",
    )
    assert json.loads(seen.body) == {
        "model": "z-image",
        "input": {"prompt": "кот", "seed": 1},
        "callBackUrl": "https://us/webhook/kie/x",
    }


async def test_without_a_callback_url_none_is_sent(client: KieClient, server: Server) -> None:
    server.react = answering({"code": 200, "data": {"recordId": "t2"}})
    assert await client.create("z-image", {}, None) == "t2"
    assert "callBackUrl" not in json.loads(server.seen[0].body)


@pytest.mark.parametrize("fault", ["hang", "drop", "break off", "page", "empty", "no id"])
@pytest.mark.proves("F71")
@pytest.mark.proves("F68")
async def test_a_creation_whose_fate_is_unknown_is_ambiguous_and_not_repeated(
    client: KieClient, hurried: KieClient, server: Server, fault: str
) -> None:
    server.react = {
        "hang": server.hang,
        "drop": drop,
        "break off": break_off,
        "page": answering("<html>502 Bad Gateway</html>", status=502),
        "empty": answering(""),
        "no id": answering({"code": 200, "data": {}}),
    }[fault]
    with pytest.raises(AmbiguousError):
        await (hurried if fault == "hang" else client).create("z-image", {"prompt": "a"}, None)
    assert len(server.seen) == 1


async def test_a_refused_connection_is_certainly_nothing(session: aiohttp.ClientSession) -> None:
    with socket.create_server(("127.0.0.1", 0)) as sock:
        nobody = f"http://127.0.0.1:{sock.getsockname()[1]}"
    client = KieClient(session, base_url=nobody, key="sesame")
    with pytest.raises(TryLaterError):
        await client.create("z-image", {"prompt": "a"}, None)


async def test_a_creation_that_never_got_a_connection_is_certainly_nothing(server: Server) -> None:
    server.react = server.hang
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=1)) as narrow:
        long, short = (
            KieClient(narrow, base_url=server.address, key="sesame", patience=Patience(connect, 60, 60))
            for connect in (30, 0.2)
        )
        occupying = asyncio.create_task(long.read("t", "z-image"))
        await server.arrived.wait()
        with pytest.raises(TryLaterError):
            await short.create("z-image", {"prompt": "a"}, None)
        occupying.cancel()
    assert [seen.method for seen in server.seen] == ["GET"]


async def test_a_redirect_is_not_followed_so_the_key_stays_here(client: KieClient, server: Server) -> None:
    server.react = answering("", status=307, headers={"Location": server.address + "/elsewhere"})
    with pytest.raises(RefusedError) as refused:
        await client.create("z-image", {"prompt": "a"}, None)
    assert refused.value.failure is FailureClass.PROVIDER_DOWN
    assert [seen.path for seen in server.seen] == ["/api/v1/jobs/createTask"]


@pytest.mark.proves("F73")
async def test_retry_after_of_a_429_reaches_the_caller(client: KieClient, server: Server) -> None:
    server.react = answering({"code": 429, "msg": "slow"}, status=429, headers={"Retry-After": "17"})
    with pytest.raises(TryLaterError) as later:
        await client.create("z-image", {"prompt": "a"}, None)
    assert later.value.seconds == 17


@pytest.mark.parametrize("fault", ["hang", "drop", "break off", "page", "code", "junk"])
async def test_a_reading_that_fails_may_be_repeated_later(
    client: KieClient, hurried: KieClient, server: Server, fault: str
) -> None:
    asking = hurried if fault == "hang" else client
    server.react = {
        "hang": server.hang,
        "drop": drop,
        "break off": break_off,
        "page": answering("<html>", status=502),
        "code": answering({"code": 500, "msg": "oops", "data": None}),
        "junk": answering("[]"),
    }[fault]
    with pytest.raises(TryLaterError):
        await asking.read("t1", "z-image")
    with pytest.raises(TryLaterError):
        await asking.credits()


@pytest.mark.parametrize(
    "body",
    [
        {"code": 422, "msg": "recordInfo is null", "data": None},
        {"code": 404, "msg": "Task not found"},
        {"code": 200, "msg": "success", "data": None},
    ],
)
async def test_a_task_that_nobody_knows_is_unknown(client: KieClient, server: Server, body: object) -> None:
    server.react = answering(body)
    with pytest.raises(TaskUnknownError) as unknown:
        await client.read("t 1&x=2", "z-image")
    assert unknown.value.task_id == "t 1&x=2"
    assert server.seen[0].path == "/api/v1/jobs/recordInfo?taskId=t+1%26x%3D2"


async def test_credits_are_exact(client: KieClient, server: Server) -> None:
    server.react = answering('{"code":200,"msg":"success","data":5916.25}')
    assert await client.credits() == Decimal("5916.25")


async def test_a_report_is_read_from_the_record(client: KieClient, server: Server) -> None:
    server.react = answering(
        '{"code":200,"data":{"state":"success","creditsConsumed":0.8,'
        '"resultJson":"{\\"resultUrls\\":[\\"https://files/a.png\\"]}"}}'
    )
    report = await client.read("t1", "z-image")
    assert report.state is TaskState.SUCCESS
    assert report.result_urls == ("https://files/a.png",)
    assert report.credits_consumed == Decimal("0.8")


@pytest.mark.proves("F65")
async def test_a_model_of_another_endpoint_is_created_and_read_there(
    session: aiohttp.ClientSession, server: Server
) -> None:
    endpoints = {"veo3_fast": Endpoint.VEO, "4o": Endpoint.GPT4O_IMAGE}
    client = KieClient(session, base_url=server.address, key="sesame", endpoints=endpoints)
    server.react = answering({"code": 200, "msg": "success", "data": {"taskId": "t1", "successFlag": 1}})
    await client.create("veo3_fast", {"prompt": "a cat"}, "https://bot.example/k")
    await client.create("4o", {"prompt": "a cat"}, None)
    assert (await client.read("t1", "veo3_fast")).state is TaskState.SUCCESS
    assert (await client.read("t1", "z-image")).state is TaskState.SUCCESS
    assert [(it.path, json.loads(it.body or b"null")) for it in server.seen] == [
        (
            "/api/v1/veo/generate",
            {"prompt": "a cat", "model": "veo3_fast", "callBackUrl": "https://bot.example/k"},
        ),
        ("/api/v1/gpt4o-image/generate", {"prompt": "a cat"}),
        ("/api/v1/veo/record-info?taskId=t1", None),
        ("/api/v1/jobs/recordInfo?taskId=t1", None),
    ]
