"""What is counted, under which names, and how an error counts."""

import pytest

from app.observability import Meters


def numbers(meters: Meters) -> dict[str, float]:
    lines = [line for line in meters.exposition().splitlines() if not line.startswith("#")]
    return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}


def test_requests_are_counted_by_route_and_status_and_timed() -> None:
    meters = Meters()
    meters.answered("/webhook/telegram", 200, 0.004)
    meters.answered("/webhook/telegram", 503, 3.0)
    found = numbers(meters)
    assert found['trt_requests_total{route="/webhook/telegram",status="503"}'] == 1
    assert found['trt_request_seconds_bucket{le="0.005",route="/webhook/telegram"}'] == 1
    assert found['trt_request_seconds_count{route="/webhook/telegram"}'] == 2


def test_a_call_counts_by_how_it_ended_and_its_error_passes_through() -> None:
    meters = Meters()
    with meters.call("kie", "create"):
        pass
    with pytest.raises(TimeoutError), meters.call("kie", "create"):
        raise TimeoutError
    found = numbers(meters)
    assert found['trt_calls_total{call="create",outcome="ok",service="kie"}'] == 1
    assert found['trt_calls_total{call="create",outcome="TimeoutError",service="kie"}'] == 1
    assert found['trt_call_seconds_count{service="kie"}'] == 2


def test_a_process_knows_what_it_weighs() -> None:
    meters = Meters()
    meters.weigh()
    assert 10_000_000 < numbers(meters)["trt_worker_memory_bytes"] < 4_000_000_000
