"""Telegram's methods about Stars through our adapter, against the stand-in over HTTP."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer

from app.money import Stars
from app.payments import AlreadyRefundedError, ProviderAwayError, ProviderRefusedError, StarsBill, Wording
from app.payments.terms import MONTH
from bot.stars import TelegramStars
from tests.integration.sandbox_telegram.process import TOKEN, Process, Sandbox, open_sandbox

BILL = StarsBill(Wording("Subscription", "A month"), "order-1", Stars(300), MONTH)


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    """A stand-in of its own."""
    process = Process(tmp_path_factory.mktemp("sandbox") / "data")
    process.start()
    yield process
    process.kill()


@pytest.fixture
async def sandbox(process: Process) -> AsyncIterator[Sandbox]:
    """People and faults."""
    async with open_sandbox(process.url) as sandbox:
        await sandbox.client("POST", "reset")
        yield sandbox


@asynccontextmanager
async def our_side(process: Process, seconds: float) -> AsyncIterator[TelegramStars]:
    """Waits so long for an answer."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(process.url), timeout=seconds)
    yield TelegramStars(Bot(TOKEN, session=session))
    await session.close()


@pytest.fixture
async def stars(process: Process) -> AsyncIterator[TelegramStars]:
    """Our side, patient."""
    async with our_side(process, 60) as stars:
        yield stars


@pytest.fixture
async def hurried(process: Process) -> AsyncIterator[TelegramStars]:
    """Our side where no answer will come."""
    async with our_side(process, 2) as stars:
        yield stars


async def pays(sandbox: Sandbox, person: int, link: str) -> str:
    """A person opens the link and pays; the charge."""
    begun: Any = await sandbox.client("POST", f"chats/{person}/payments", person=person, link=link)
    query = begun["pre_checkout_query_id"]
    assert (await sandbox.bot("answerPreCheckoutQuery", pre_checkout_query_id=query, ok=True)).result
    return str((await sandbox.client("GET", f"payments/{query}"))["charge"])


async def test_a_link_is_paid_listed_canceled_resumed_and_refunded_once(
    sandbox: Sandbox, stars: TelegramStars
) -> None:
    person = await sandbox.starter()
    charge = await pays(sandbox, person, await stars.link(BILL))

    await stars.set_renewal(person, charge, renews=False)
    await stars.set_renewal(person, charge, renews=True)
    await stars.refund(person, charge)
    with pytest.raises(AlreadyRefundedError):
        await stars.refund(person, charge)

    page = await stars.movements(0, 100)
    assert page.read == 2
    assert [(it.charge_id, it.user_id, it.amount, it.payload) for it in page.movements] == [
        (charge, person, 300, "order-1")
    ] * 2
    assert [it.goes_back for it in page.movements] == [False, True]
    assert page.movements[0].period == timedelta(days=30)
    assert (await stars.movements(1, 100)).movements == page.movements[1:]


async def test_what_telegram_refuses_is_refused_for_good(sandbox: Sandbox, stars: TelegramStars) -> None:
    person = await sandbox.starter()
    with pytest.raises(ProviderRefusedError, match="CHARGE_NOT_FOUND"):
        await stars.refund(person, "made up")
    with pytest.raises(ProviderRefusedError, match="CHARGE_NOT_FOUND"):
        await stars.set_renewal(person, "made up", renews=False)


@pytest.mark.proves("X39")
@pytest.mark.parametrize("kind", ["429", "5xx", "silence", "lost"])
async def test_what_is_not_answered_is_not_known(
    sandbox: Sandbox, stars: TelegramStars, hurried: TelegramStars, kind: str
) -> None:
    person = await sandbox.starter()
    charge = await pays(sandbox, person, await stars.link(BILL))
    fault: dict[str, Any] = {"kind": kind, "method": "refundStarPayment", "retry_after": 7}
    await sandbox.client("POST", "faults", **fault)

    with pytest.raises(ProviderAwayError) as away:
        await (hurried if kind == "silence" else stars).refund(person, charge)

    assert away.value.seconds == (7 if kind == "429" else 0)
    if kind == "lost":
        with pytest.raises(AlreadyRefundedError):
            await stars.refund(person, charge)
    else:
        await stars.refund(person, charge)
