"""`GET /metrics` in Prometheus' text format; every worker of an instance tells the same.

What is true of the product comes from the database; what the workers did comes from all of them (see `Meters`) and
is told while the database is away, too.
"""

import asyncio
import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass

from aiohttp import web

from app.books import AuditRun, AuditRuns, RehearsalRun, Rehearsals
from app.errors import StorageUnavailableError
from app.generation import Census
from app.inbox import Inbox
from app.jobs import JobCensus
from app.observability import Meters
from app.web.status import Status

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
"""Prometheus' exposition format."""

# Prometheus gives up after ten seconds by default.
WAIT_SECONDS = 5.0


@dataclass(frozen=True)
class Gauge:
    """One number, or one for each value of its label; `samples` has the key "" where there is no label."""

    name: str
    meaning: str
    samples: Mapping[str, float]
    label: str = ""


class Metrics:
    """Asks the domains."""

    def __init__(
        self,
        status: Status,
        inbox: Inbox,
        jobs: JobCensus,
        generations: Census,
        audits: AuditRuns,
        rehearsals: Rehearsals,
    ) -> None:
        self._status = status
        self._inbox = inbox
        self._jobs = jobs
        self._generations = generations
        self._audits = audits
        self._rehearsals = rehearsals

    async def gauges(self) -> tuple[Gauge, ...]:
        """The numbers as they are now; of a database that is away only that it is."""
        try:
            async with asyncio.timeout(WAIT_SECONDS):
                return (_reachable(True), *await self._of_database())
        except (StorageUnavailableError, TimeoutError):
            return (_reachable(False),)

    async def _of_database(self) -> tuple[Gauge, ...]:
        role = await self._status.role()
        inbox = await self._inbox.backlog()
        jobs = await self._jobs.by_status()
        states = await self._generations.by_state()
        audit, rehearsal = await self._audits.last(), await self._rehearsals.last()
        return (
            Gauge(
                "trt_active",
                "1 where this instance is ACTIVE",
                {role.instance: role.role == "ACTIVE"},
                "instance",
            ),
            Gauge("trt_epoch", "Number of the reign", {"": role.epoch}),
            Gauge("trt_takeovers", "Reigns after the first one", {"": max(0, role.epoch - 1)}),
            Gauge("trt_inbox_waiting", "Events that are stored and not done", {"": inbox.waiting}),
            Gauge("trt_inbox_oldest_seconds", "Age of the oldest of them", {"": inbox.oldest_seconds}),
            Gauge("trt_inbox_dead", "Events that were given up", {"": inbox.dead}),
            Gauge("trt_jobs", "Rows of the queue by status", jobs, "status"),
            Gauge("trt_generations", "Generations by state", states, "state"),
            *_of_audit(audit),
            *_of_rehearsal(rehearsal),
        )


def _of_audit(audit: AuditRun | None) -> tuple[Gauge, ...]:
    """Nothing before the first night: an alert on an absent number rings then, too."""
    if audit is None:
        return ()
    ended = audit.finished_at.timestamp()
    return (
        Gauge("trt_audit_timestamp_seconds", "When the last audit of the books ended", {"": ended}),
        Gauge("trt_audit_seconds", "How long it took", {"": audit.took_ms / 1000}),
        Gauge("trt_audit_findings", "Rows that it found not to fit; 0: proven", {"": audit.findings}),
    )


def _of_rehearsal(run: RehearsalRun | None) -> tuple[Gauge, ...]:
    """Nothing before the first one that passed."""
    if run is None:
        return ()
    ended, took = run.finished_at.timestamp(), run.took_ms / 1000
    return (
        Gauge("trt_rehearsal_timestamp_seconds", "When a restore was last rehearsed and passed", {"": ended}),
        Gauge("trt_rehearsal_seconds", "How long it took", {"": took}),
    )


def _reachable(reached: bool) -> Gauge:
    return Gauge("trt_database_up", "1 where the database answers", {"": reached})


def metrics_page(
    metrics: Metrics, meters: Meters, token: str | None
) -> Callable[[web.Request], Awaitable[web.Response]]:
    """200 with the numbers; where a token is set, 401 without `Authorization: Bearer <token>`."""
    expected = None if token is None else f"Bearer {token}".encode()

    async def handle(request: web.Request) -> web.Response:
        given = request.headers.get("Authorization", "").encode(errors="replace")
        if expected is not None and not hmac.compare_digest(given, expected):
            return web.json_response({"error": "unauthorized"}, status=401)
        text = "".join(line for gauge in await metrics.gauges() for line in _lines(gauge))
        text += await asyncio.to_thread(meters.exposition)
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    return handle


def _lines(gauge: Gauge) -> Iterator[str]:
    yield f"# HELP {gauge.name} {gauge.meaning}\n# TYPE {gauge.name} gauge\n"
    for value, number in gauge.samples.items():
        label = f'{{{gauge.label}="{_escaped(value)}"}}' if gauge.label else ""
        yield f"{gauge.name}{label} {_number(number)}\n"


def _number(number: float) -> str:
    """All digits of a whole number: a moment in seconds has ten."""
    return f"{float(number):.15g}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
