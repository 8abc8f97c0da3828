"""A callback on the wire: whose token it names and whether KIE signed it, before anything is stored."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from app.clock import SystemClock
from app.db import Database
from app.generation import CallbackTokens
from app.generation.kie import CallbackSignatures
from app.inbox import Inbox
from app.web import KieCallbacks
from app.web.forgeries import Forgeries
from app.web.webhooks import kie_webhook
from tests.unit.kie.test_kie_callbacks import signed

KEY, TASK = "hmac-key-for-tests", "281e5b0a9f"
TOKENS = CallbackTokens(b"k" * 32)
BODY = json.dumps({"code": 200, "data": {"taskId": TASK, "state": "success"}}).encode()


@dataclass
class Door:
    """The route, and whoever knocks."""

    url: str
    http: aiohttp.ClientSession
    database: Database

    async def knock(
        self, *proof: str, token: str | None = None, body: bytes = BODY, generation_id: int = 5
    ) -> int:
        """The status; `proof` is the timestamp and the signature."""
        names = ("X-Webhook-Timestamp", "X-Webhook-Signature")
        url = f"{self.url}/webhook/kie/{token or TOKENS.make(generation_id)}"
        async with self.http.post(url, data=body, headers=dict(zip(names, proof, strict=False))) as answer:
            return answer.status

    async def stored(self) -> int:
        """Rows in the inbox."""
        async with self.database.snapshot() as session:
            return int((await session.execute(text("SELECT count(*) FROM inbox"))).scalar_one())


@pytest.fixture
async def door(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Door]:
    """With KIE_WEBHOOK_HMAC_KEY, or without where a test says so."""
    inbox = Inbox(database, wake_consumer=lambda: True)

    async def tokens() -> CallbackTokens:
        return TOKENS

    application = web.Application()
    signatures = CallbackSignatures(getattr(request, "param", KEY), SystemClock())
    route = kie_webhook(KieCallbacks(inbox, tokens, signatures), Forgeries(inbox, SystemClock()))
    application.router.add_post("/webhook/kie/{token}", route)
    async with TestServer(application) as server, aiohttp.ClientSession() as http:
        yield Door(f"http://127.0.0.1:{server.port}", http, database)
    await inbox.close()


def now(**shift: int) -> datetime:
    return datetime.now(UTC) + timedelta(**shift)


@pytest.mark.proves("S7")
async def test_a_signed_callback_is_stored_once_however_often_it_comes(door: Door) -> None:
    proof = signed(TASK, now(), KEY)
    assert [await door.knock(*proof) for _ in range(3)] == [200] * 3
    assert await door.knock(*signed(TASK, now(seconds=1), KEY)) == 200
    assert await door.stored() == 1


@pytest.mark.proves("S7")
async def test_without_kies_signature_of_now_nothing_is_stored(door: Door) -> None:
    stamp, signature = signed(TASK, now(), KEY)
    for proof in (
        (),
        (stamp, ""),
        ("", signature),
        (stamp, signature[:-1]),
        signed(TASK, now(), "another key"),
        signed("another task", now(), KEY),
        signed(TASK, now(minutes=-6), KEY),
        signed(TASK, now(minutes=6), KEY),
    ):
        assert await door.knock(*proof) == 401, proof
    assert await door.knock(*signed(TASK, now(), KEY), body=b"nonsense") == 401
    assert await door.stored() == 0


@pytest.mark.proves("S7")
async def test_a_signature_opens_no_door_whose_token_is_not_ours(door: Door) -> None:
    ours = TOKENS.make(5)
    for token in ("aaaa", ours[:-2], "b" + ours[1:], CallbackTokens(b"x" * 32).make(5)):
        assert await door.knock(*signed(TASK, now(), KEY), token=token) == 404, token
    assert await door.stored() == 0


@pytest.mark.proves("S7")
@pytest.mark.parametrize("door", [None], indirect=True)
async def test_where_kie_signs_nothing_the_token_speaks_alone(door: Door) -> None:
    assert await door.knock() == 200
    assert await door.knock(token="aaaa") == 404
    assert await door.stored() == 1
