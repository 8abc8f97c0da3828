"""What the processes of one instance did: counted where it passes the border, and added up over the workers.

gunicorn names a folder in PROMETHEUS_MULTIPROC_DIR (see gunicorn.conf.py): each worker keeps its numbers in files
there, so whichever worker is asked reads those of all, the dead ones' too, and no counter ever falls. Without a
folder (tests, tools) the numbers are this process's own.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

ANSWERS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
"""Seconds of an HTTP answer: an update is stored within some milliseconds, and Telegram gives up after a minute."""

CALLS = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
"""Seconds of a handler, of a call to somebody else, of a take-over."""

RESIDENT = "VmRSS:"


class Meters:
    """Counters and histograms for operators. Nothing in them depends on a person: labels are names of ours."""

    def __init__(self) -> None:
        own = self._registry = CollectorRegistry()
        self._requests = Counter(
            "trt_requests", "HTTP requests by route and status", ["route", "status"], registry=own
        )
        self._answers = Histogram(
            "trt_request_seconds", "How long an answer took", ["route"], registry=own, buckets=ANSWERS
        )
        self._events = Counter(
            "trt_events", "Handlers of events by how they ended", ["source", "outcome"], registry=own
        )
        self._handlers = Histogram(
            "trt_event_seconds", "How long a handler took", ["source"], registry=own, buckets=CALLS
        )
        self._calls = Counter(
            "trt_calls", "Calls to others by how they ended", ["service", "call", "outcome"], registry=own
        )
        self._waits = Histogram(
            "trt_call_seconds", "How long a call took", ["service"], registry=own, buckets=CALLS
        )
        self._takeovers = Histogram(
            "trt_takeover_seconds",
            "From having the lock to processing, here",
            registry=own,
            buckets=(0.01, 0.025, *CALLS),
        )
        self._memory = Gauge(
            "trt_worker_memory_bytes",
            "Resident memory of each living worker",
            registry=own,
            multiprocess_mode="liveall",
        )

    def answered(self, route: str, status: int, seconds: float) -> None:
        """One HTTP request; `route` is the path's pattern, never the path."""
        self._requests.labels(route, str(status)).inc()
        self._answers.labels(route).observe(seconds)

    @contextmanager
    def event(self, source: str) -> Iterator[None]:
        """Measures one try of a handler; its outcome is "ok" or the name of the error."""
        with _timed(self._events.labels, self._handlers.labels(source), source):
            yield

    @contextmanager
    def call(self, service: str, call: str) -> Iterator[None]:
        """Measures one call; its outcome is "ok" or the name of the error."""
        with _timed(self._calls.labels, self._waits.labels(service), service, call):
            yield

    def took_over(self, seconds: float) -> None:
        """This process processes now, so long after it got the lock."""
        self._takeovers.observe(seconds)

    def weigh(self) -> None:
        """Notes this process's memory as it is now."""
        self._memory.set(resident_bytes())

    def exposition(self) -> str:
        """All numbers of this instance's processes in Prometheus' text format."""
        everybody = CollectorRegistry()
        collect: Callable[[CollectorRegistry], object] = MultiProcessCollector
        try:
            collect(everybody)
        except ValueError:  # no folder: this process is the only one
            return generate_latest(self._registry).decode()
        return generate_latest(everybody).decode()


@contextmanager
def _timed(counter: Callable[..., Counter], seconds: Histogram, *labels: str) -> Iterator[None]:
    begun, outcome = time.perf_counter(), "ok"
    try:
        yield
    except BaseException as error:
        outcome = type(error).__name__
        raise
    finally:
        counter(*labels, outcome).inc()
        seconds.observe(time.perf_counter() - begun)


def resident_bytes() -> int:
    """What this process has in memory."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith(RESIDENT))
