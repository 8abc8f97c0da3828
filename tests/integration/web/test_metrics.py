"""What Prometheus reads, from the database, and who may read it."""

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from aiohttp.test_utils import make_mocked_request
from sqlalchemy import text

from app.books import Auditor, AuditRuns, NightlyAudit, RehearsalRun, Rehearsals
from app.clock import SystemClock
from app.db import Database, Epoch
from app.generation import Census
from app.inbox import Inbox
from app.jobs import JobCensus, JobQueue
from app.ledger import Ledger
from app.observability import Meters
from app.web import Metrics, Status
from app.web.metrics import metrics_page
from tests.integration.inbox.conftest import a_message, inbox_on


@pytest.fixture
async def inbox(database: Database) -> AsyncIterator[Inbox]:
    """An inbox of a process without a consumer."""
    async with inbox_on(database) as inbox:
        yield inbox


def metrics_of(database: Database, inbox: Inbox, instance: str = "here") -> Metrics:
    status = Status(database, instance=instance, release="r", models=1)
    return Metrics(
        status, inbox, JobCensus(database), Census(database), AuditRuns(database), Rehearsals(database)
    )


async def numbers(metrics: Metrics, meters: Meters | None = None) -> dict[str, float]:
    """Series and value of every line that is no comment."""
    answer = await metrics_page(metrics, meters or Meters(), None)(make_mocked_request("GET", "/metrics"))
    assert isinstance(answer.body, bytes)
    lines = [line for line in answer.body.decode().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


async def test_the_numbers_are_those_of_the_database(database: Database, epoch: Epoch, inbox: Inbox) -> None:
    await inbox.accept(a_message(1))
    async with database.unit_of_work(epoch) as session:
        await JobQueue().enqueue(session, "a.job", 1)
        await session.execute(
            text("UPDATE leader SET epoch = 3, holder = 'x', instance = 'here', renewed_at = now()")
        )
        await session.execute(text("UPDATE inbox SET received_at = received_at - interval '1 minute'"))
    found = await numbers(metrics_of(database, inbox))
    assert found['trt_active{instance="here"}'] == 1
    assert (found["trt_epoch"], found["trt_takeovers"]) == (3, 2)
    assert (found["trt_inbox_waiting"], found["trt_inbox_dead"]) == (1, 0)
    assert 60 <= found["trt_inbox_oldest_seconds"] < 600
    assert (found['trt_jobs{status="todo"}'], found['trt_jobs{status="failed"}']) == (1, 0)
    assert found['trt_generations{state="delivered"}'] == 0


async def test_the_last_audit_of_the_books_is_there_after_a_restart(
    database: Database, epoch: Epoch, inbox: Inbox
) -> None:
    metrics = metrics_of(database, inbox)
    assert not any("audit" in name for name in await numbers(metrics))
    begun = int(time.time())
    await NightlyAudit(database, Auditor(Ledger()), SystemClock()).run(epoch, 5)
    found = await numbers(metrics_of(database, inbox))
    assert begun <= found["trt_audit_timestamp_seconds"] <= time.time()
    assert found["trt_audit_findings"] == 0
    assert found["trt_audit_seconds"] < 600
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE audit_run SET findings = 3"))
    assert (await numbers(metrics))["trt_audit_findings"] == 3


async def test_the_last_rehearsal_of_a_restore_that_passed_is_there(database: Database, inbox: Inbox) -> None:
    metrics = metrics_of(database, inbox)
    assert not any("rehearsal" in name for name in await numbers(metrics))
    for hour in (9, 8):
        await Rehearsals(database).passed(
            RehearsalRun(datetime(2026, 11, 1, hour, tzinfo=UTC), backup_bytes=7, took_ms=1500)
        )
    found = await numbers(metrics)
    assert found["trt_rehearsal_timestamp_seconds"] == datetime(2026, 11, 1, 9, tzinfo=UTC).timestamp()
    assert found["trt_rehearsal_seconds"] == 1.5


async def test_what_the_workers_did_is_told_while_the_database_is_away(
    database: Database, inbox: Inbox
) -> None:
    meters = Meters()
    meters.answered("/health", 200, 0.003)
    assert (await numbers(metrics_of(database, inbox), meters))["trt_database_up"] == 1
    away = Database("postgresql://a:b@127.0.0.1:1/x", application_name="away", max_connections=1)
    found = await numbers(metrics_of(away, Inbox(away, wake_consumer=lambda: True)), meters)
    assert found["trt_database_up"] == 0
    assert found['trt_requests_total{route="/health",status="200"}'] == 1
    assert "trt_epoch" not in found


async def test_a_name_with_quotes_breaks_no_line(database: Database, inbox: Inbox) -> None:
    found = await numbers(metrics_of(database, inbox, instance='a"b\\c'))
    assert found['trt_active{instance="a\\"b\\\\c"}'] == 0


@pytest.mark.parametrize(
    ("given", "status"),
    [({}, 401), ({"Authorization": "Bearer no"}, 401), ({"Authorization": "Bearer yes"}, 200)],
)
async def test_where_a_token_is_set_only_its_bearer_reads(
    database: Database, inbox: Inbox, given: dict[str, str], status: int
) -> None:
    page = metrics_page(metrics_of(database, inbox), Meters(), "yes")
    assert (await page(make_mocked_request("GET", "/metrics", headers=given))).status == status
