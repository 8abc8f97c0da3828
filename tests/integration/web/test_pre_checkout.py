"""A pre-checkout query is answered on the wire; one that can no longer be answered holds nothing up."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from app.clock import SystemClock
from app.db import Database, Epoch
from app.inbox import Inbox
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.offers import Rates
from app.payments import Payers, PaymentService, StarsTerms
from app.users import ConsentService, UserService
from app.web import Intake, Poller, TelegramApi, TelegramApiError
from tests.fakes.rates import rates_in_force
from tests.integration.payments.conftest import inviting

QUERY = {
    "update_id": 5,
    "pre_checkout_query": {
        "id": "q1",
        "from": {"id": 7, "is_bot": False, "first_name": "Anna"},
        "currency": "XTR",
        "total_amount": 50,
        "invoice_payload": "nobody's",
    },
}
MESSAGE = {"update_id": 6, "message": {"from": {"id": 7}, "text": "hi"}}
TOO_OLD = {"ok": False, "error_code": 400, "description": "Bad Request: query is too old"}


@dataclass
class BotApi:
    """Answers as told; hands out the two updates until an offset leaves them behind."""

    answer: dict[str, Any] = field(default_factory=lambda: TOO_OLD)
    passed_over: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.Response:
        if request.match_info["method"] == "answerPreCheckoutQuery":
            return web.json_response(self.answer)
        offset = (await request.json())["offset"]
        if offset == 7:
            self.passed_over.set()
            await asyncio.Event().wait()
        waiting = [it for it in (QUERY, MESSAGE) if it["update_id"] >= offset]
        return web.json_response({"ok": True, "result": waiting})


@pytest.fixture
def bot_api() -> BotApi:
    return BotApi()


@pytest.fixture
async def server(bot_api: BotApi) -> AsyncIterator[BaseTestServer]:
    application = web.Application()
    application.router.add_post("/bot1:x/{method}", bot_api.handle)
    async with TestServer(application) as server:
        yield server


@pytest.fixture
async def telegram(server: BaseTestServer) -> AsyncIterator[TelegramApi]:
    async with aiohttp.ClientSession() as session:
        yield TelegramApi(session, base_url=str(server.make_url("")).rstrip("/"), token="1:x")


@pytest.fixture
async def inbox(database: Database) -> AsyncIterator[Inbox]:
    inbox = Inbox(database, wake_consumer=lambda: True)
    yield inbox
    await inbox.close()


@pytest.fixture
def intake(database: Database, inbox: Inbox, telegram: TelegramApi, epoch: Epoch) -> Intake:
    users = UserService(database, Ledger(), welcome_bonus=Kopecks(0))
    terms = StarsTerms(Decimal(1))
    rates = rates_in_force(Rates(Decimal(79), Decimal(2)))
    payers = Payers(users, ConsentService(database, version="1"), inviting(database, users))
    payments = PaymentService(database, Ledger(), Corrections(), payers, terms, rates, SystemClock())
    return Intake(inbox, payments, telegram, lambda reason, language: reason, bot_id=42)


@pytest.mark.proves("F3")
async def test_polling_goes_on_behind_a_query_that_is_too_old_to_be_answered(
    bot_api: BotApi, telegram: TelegramApi, intake: Intake, inbox: Inbox
) -> None:
    polling = asyncio.create_task(Poller(telegram, intake, ("message",)).run())
    async with asyncio.timeout(60):
        await bot_api.passed_over.wait()
    polling.cancel()
    assert (await inbox.backlog()).waiting == 1  # the message; the query is kept as done


async def test_a_query_that_could_not_be_answered_for_now_is_not_taken(
    bot_api: BotApi, intake: Intake, inbox: Inbox
) -> None:
    bot_api.answer = {"ok": False, "error_code": 502, "description": "Bad Gateway"}
    with pytest.raises(TelegramApiError):
        await intake.take(json.dumps(QUERY).encode())
    bot_api.answer = {"ok": True, "result": True}
    await intake.take(json.dumps(QUERY).encode())
    assert (await inbox.backlog()).waiting == 0
