"""Every code and state of KIE, and what we do about it: one table, read over HTTP by the real client.

The codes are those of KIE's documentation and of recorded traffic; HTTP says 200 with nearly all of them.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from time import monotonic

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from app.catalogue import Inputs, ModelKey
from app.db import Database, Epoch
from app.generation import Circuit, CircuitRule, FailureClass, Generation, State, TaskReport, Timings
from app.generation.guards.refusals import Broken, SoldOut
from app.generation.kie import KieClient
from app.generation.kie.failures import REFUSALS, WAITS
from bot.views.result import REASON_KEYS
from tests.fakes import FakeProvider
from tests.integration.generation.world import PRICE, World, make_world
from tests.unit.users.specs import CLIP

DOCUMENTED = (
    *(200, 400, 401, 402, 403, 404, 405, 408, 409, 413, 415, 422, 429, 430, 433, 451, 455),
    *(500, 501, 505, 531, 550),
)
TASK_STATES = ("waiting", "queuing", "generating", "success", "fail")
NO_CREDITS = "Credits insufficient : Your current balance isn't enough to run this request. Please top up."
GONE = "The model name you specified is not supported. Please verify it against the documentation."
RESULT = {"resultJson": json.dumps({"resultUrls": ["https://files.example/1.png"]})}


class Money(StrEnum):
    """Where the price is afterwards."""

    HELD = "held"
    BACK = "back"
    TAKEN = "taken"


class Sale(StrEnum):
    """What is for sale afterwards: everything, not this model if it goes on, or nothing until our account is mended."""

    ON = "goes on"
    MODEL = "speaks against the model"
    STOPS = "stops"


@dataclass(frozen=True)
class Reaction:
    """Afterwards. `again`: seconds until the next look, None when there is none or it is the person's news."""

    state: State
    failure: FailureClass | None = None
    money: Money = Money.HELD
    sale: Sale = Sale.ON
    again: float | None = None


def waits(state: State, again: float) -> Reaction:
    """Nothing is decided yet."""
    return Reaction(state, again=again)


def fails(failure: FailureClass, sale: Sale = Sale.ON) -> Reaction:
    """The money goes back in the same unit, and the person hears why."""
    return Reaction(State.FAILED, failure, Money.BACK, sale)


BAD, POLICY = fails(FailureClass.BAD_INPUT), fails(FailureClass.CONTENT_POLICY)
DOWN = fails(FailureClass.PROVIDER_DOWN, Sale.MODEL)
BUSY = fails(FailureClass.PROVIDER_BUSY, Sale.MODEL)
TIMEOUT = fails(FailureClass.TIMEOUT, Sale.MODEL)
OURS = fails(FailureClass.OUR_ACCOUNT, Sale.STOPS)
UNANSWERED = waits(State.SUBMITTING, Timings().callback_grace)
TAKEN = Reaction(State.CAPTURED, money=Money.TAKEN)


def asked_again(seconds: float) -> Reaction:
    """It certainly has nothing of it: the place in the queue is kept."""
    return waits(State.HELD, max(seconds, Timings().creation_window))


@dataclass(frozen=True)
class Answer:
    """`code` and `msg` of an envelope; `status` is HTTP's. `data` as text is a body without an envelope."""

    code: int = 200
    msg: str = ""
    status: int = 200
    data: object = None

    @property
    def body(self) -> str:
        if isinstance(self.data, str):
            return self.data
        return json.dumps({"code": self.code, "msg": self.msg, "data": self.data})


CREATE: tuple[tuple[Answer, Reaction], ...] = (
    (Answer(200, "success", data={"taskId": "t"}), waits(State.SUBMITTED, 2.5)),
    (Answer(200, "success", data={"recordId": "r"}), waits(State.SUBMITTED, 2.5)),
    (Answer(200, "success", data={}), UNANSWERED),
    (Answer(200, "success", data={"taskId": "t"}, status=502), UNANSWERED),
    (Answer(400, "bad request"), BAD),
    (Answer(401, "You do not have access permissions"), OURS),
    (Answer(402, NO_CREDITS), OURS),
    (Answer(403, "forbidden"), OURS),
    (Answer(404, GONE), DOWN),
    (Answer(405, "limit hit"), BAD),
    (Answer(408, "no result in ten minutes"), asked_again(30)),
    (Answer(409, "record already exists"), BAD),
    (Answer(413, "text too long"), BAD),
    (Answer(415, "unsupported media"), BAD),
    (Answer(422, "prompt is too long"), BAD),
    (Answer(422, "Page does not exist or is not published"), DOWN),
    (Answer(422, "Your prompt was flagged by the safety system"), POLICY),
    (Answer(429, "Your call frequency is too high. Please try again later."), asked_again(10)),
    (Answer(430, "calls too frequent"), asked_again(10)),
    (Answer(433, "The number of points used by apiKey has exceeded the daily limit"), OURS),
    (Answer(451, "the file could not be fetched"), BAD),
    (Answer(455, "service in maintenance"), asked_again(120)),
    (Answer(500, "Server exception, please try again later"), asked_again(10)),
    (Answer(500, "This field is required"), BAD),
    (Answer(500, NO_CREDITS), OURS),
    (Answer(500, "The content violates our usage policies"), POLICY),
    (Answer(501, "generation failed"), asked_again(10)),
    (Answer(505, "this feature is switched off"), DOWN),
    (Answer(531, "failed, credits given back"), DOWN),
    (Answer(550, "queue full"), asked_again(60)),
    (Answer(418, "a code that nobody has named"), BAD),
    (Answer(999, "a code that nobody has named"), UNANSWERED),
    (Answer(status=429, data="slow down"), asked_again(10)),
    (Answer(status=502, data="<html>Bad Gateway"), UNANSWERED),
    (Answer(status=503, data="no healthy upstream"), asked_again(10)),
)
"""createTask."""


def task(state: str, **fields: object) -> Answer:
    """A record of recordInfo."""
    return Answer(200, "success", data={"taskId": "t", "state": state, **fields})


def failed(code: str | None, message: str = "") -> Answer:
    """A record of a task that failed."""
    return task("fail", failCode=code, failMsg=message)


SENT, RUNNING = waits(State.SUBMITTED, 2.5), waits(State.RUNNING, 2.5)
READ: tuple[tuple[Answer, Reaction], ...] = (
    (task("waiting"), SENT),
    (task("queuing"), SENT),
    (task("generating"), RUNNING),
    (task("polishing"), SENT),
    (task(""), SENT),
    (task("polishing", successFlag=0), RUNNING),
    (task("success", **RESULT), TAKEN),
    (task("polishing", successFlag=1, **RESULT), TAKEN),
    (task("success", resultJson="{}"), waits(State.FETCHING, Timings().fetch_retry)),
    (failed("400"), POLICY),
    (failed("401"), OURS),
    (failed("402"), OURS),
    (failed("403"), OURS),
    (failed("408"), TIMEOUT),
    (failed("413"), BAD),
    (failed("422"), BAD),
    (failed("422", "The input image could not be processed."), BAD),
    (failed("429"), BUSY),
    (failed("430"), BUSY),
    (failed("433"), OURS),
    (failed("451"), BAD),
    (failed("451", "Failed to fetch the input file."), BAD),
    (failed("455"), BUSY),
    (failed("500"), DOWN),
    (failed("500", "Internal error, please try again later."), DOWN),
    (failed("500", "The model is overloaded"), BUSY),
    (failed("500", "NSFW content detected"), POLICY),
    (failed("500", NO_CREDITS), OURS),
    (failed("501"), DOWN),
    (failed("531"), DOWN),
    (failed("550"), BUSY),
    (failed("777", "a code that nobody has named"), DOWN),
    (failed(None), DOWN),
    (task("polishing", successFlag=3), DOWN),
    (Answer(422, "recordInfo is null"), SENT),
    (Answer(404, "Task not found"), SENT),
    (Answer(200, "success"), SENT),
    (Answer(401, "You do not have access permissions"), waits(State.SUBMITTED, 60)),
    (Answer(429, "Your call frequency is too high."), waits(State.SUBMITTED, 10)),
    (Answer(455, "service in maintenance"), waits(State.SUBMITTED, 120)),
    (Answer(500, "Server exception"), waits(State.SUBMITTED, 10)),
    (Answer(status=502, data="<html>Bad Gateway"), waits(State.SUBMITTED, 10)),
)
"""recordInfo, of a task that was just accepted."""


@pytest.mark.proves("F65", "F66", "F67", "F68", "F73", "F76")
def test_the_table_has_a_row_for_every_code_and_every_state() -> None:
    asked = {answer.code for answer, _ in CREATE}
    assert asked >= {*DOCUMENTED, *REFUSALS, *WAITS}
    records = [answer.data for answer, _ in READ if isinstance(answer.data, dict)]
    assert {record.get("state") for record in records} >= set(TASK_STATES)
    # Without words, which would outweigh them.
    wordless = [it for it in records if it.get("state") == "fail" and not it["failMsg"]]
    codes = {int(record["failCode"] or 0) for record in wordless}
    assert codes >= {*WAITS, 400, 401, 402, 403, 413, 422, 433, 451, 500, 501, 531}
    assert {reaction.failure for _, reaction in (*CREATE, *READ) if reaction.failure} < set(REASON_KEYS)
    assert set(REASON_KEYS) == set(FailureClass), "a class without words for the person"


@dataclass
class OverHttp(FakeProvider):
    """The real client, under the name of the fake that a world takes."""

    client: KieClient | None = None

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        assert self.client is not None
        return await self.client.create(model_id, inputs, callback_url)

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        assert self.client is not None
        self.reads.append(task_id)
        return await self.client.read(task_id, model_id)


@dataclass
class Kie:
    """Says the same to everybody until it is told to say something else."""

    says: Answer = field(default_factory=Answer)

    async def answer(self, _request: web.Request) -> web.Response:
        return web.Response(text=self.says.body, status=self.says.status, content_type="text/html")


@pytest.fixture
def kie() -> Kie:
    """What KIE says."""
    return Kie()


@pytest.fixture
async def world(database_url: str, database: Database, epoch: Epoch, kie: Kie) -> AsyncIterator[World]:
    """The timings of production; nobody works in it but the test."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", kie.answer)
    async with TestServer(app) as server, aiohttp.ClientSession() as session:
        provider = OverHttp(client=KieClient(session, base_url=str(server.make_url("/")), key="a-key-of-kie"))
        yield make_world(database_url, database, epoch, timings=Timings(), provider=provider, creates=1000)


@pytest.mark.proves("F66", "F68", "F73", "F76", "X29")
async def test_each_answer_to_a_creation_has_its_reaction(world: World, kie: Kie) -> None:
    wrong = []
    for number, (answer, expected) in enumerate(CREATE, start=1):
        generation = await bought(world, number)
        kie.says, begun = answer, monotonic()
        await world.starter.start(world.epoch, generation.id)
        seen = await reaction(world, generation)
        wrong += differences(answer, expected, seen, took=monotonic() - begun)
        await forget(world, generation)
    assert wrong == []
    assert await world.findings() == []


@pytest.mark.proves("F65", "F66", "F67", "F68", "F76", "X29")
async def test_each_record_of_a_task_has_its_reaction(world: World, kie: Kie) -> None:
    wrong = []
    for number, (answer, expected) in enumerate(READ, start=1):
        generation = await bought(world, number)
        kie.says = Answer(200, "success", data={"taskId": f"t{number}"})
        await world.starter.start(world.epoch, generation.id)
        await world.execute("UPDATE generation SET next_check_at = now() WHERE id = :id", id=generation.id)
        kie.says, begun = answer, monotonic()
        await world.checker.check(world.epoch, generation.id)
        seen = await reaction(world, generation)
        wrong += differences(answer, expected, seen, took=monotonic() - begun)
        await forget(world, generation)
    assert wrong == []
    assert await world.findings() == []


async def bought(world: World, person_id: int) -> Generation:
    """By somebody of their own."""
    await world.person(person_id)
    return await world.submitted(person_id)


async def reaction(world: World, generation: Generation) -> Reaction:
    """What became of it."""
    now = await world.now(generation)
    balance = await world.balance(generation.user_id)
    money = {(PRICE, 100_000): Money.HELD, (0, 100_000): Money.BACK, (0, 100_000 - PRICE): Money.TAKEN}
    looks = now.next_check_at is not None and now.state not in (State.FAILED, State.CAPTURED)
    again = (now.next_check_at - now.seen_at).total_seconds() if looks and now.next_check_at else None
    return Reaction(now.state, now.failure, money[balance.held, balance.cash], await sale(world), again)


async def sale(world: World) -> Sale:
    """What this one failure alone says to a circuit that opens at the first."""
    async with world.database.snapshot() as session:
        refusal = await Circuit(CircuitRule(failures=1, failures_of_one=1)).refusal(session, ModelKey(CLIP))
    if isinstance(refusal, SoldOut):
        return Sale.STOPS
    return Sale.MODEL if isinstance(refusal, Broken) else Sale.ON


async def forget(world: World, generation: Generation) -> None:
    """The circuit remembers it no more, and it waits for nobody."""
    await world.execute(
        "UPDATE generation SET state_at = state_at - interval '2 hours', next_check_at = NULL WHERE id = :id",
        id=generation.id,
    )


def differences(answer: Answer, expected: Reaction, seen: Reaction, *, took: float) -> list[str]:
    """None, or one line. The seconds of a wait that the test itself `took` to look are gone already."""
    fits = seen.again == expected.again
    if seen.again is not None and expected.again is not None:
        fits = 0 <= expected.again - seen.again <= took
    comparable = replace(seen, again=expected.again) if fits else seen
    return [] if comparable == expected else [f"{answer}: {seen}, not {expected}"]
