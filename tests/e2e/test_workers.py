"""Three workers of one gunicorn: one instance to whoever asks, one ready to take over, one that costs little."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.fixtures.blueprint import start_arguments
from tests.fixtures.fleet import running_fleet
from tests.fixtures.journeys import order_picture
from tests.fixtures.launched import Launched, children, get, wait_for_role, wait_until_ready
from tests.fixtures.people import SandboxClient
from tests.fixtures.postgres import Server, fresh_database

MEGABYTE = 1024 * 1024
AIOGRAM = 70 * MEGABYTE
"""Less than it costs (130 MB measured), more than anything else a worker does."""

ASKED = 'trt_requests_total{route="/metrics",status="200"}'
PATIENCE_SECONDS = 120.0

Client = Callable[[], AbstractAsyncContextManager[SandboxClient]]


class Workers:
    """A gunicorn as a platform starts it, seen from outside."""

    def __init__(self, server: Launched, url: str) -> None:
        self.server = server
        self.url = url

    @property
    def pids(self) -> list[int]:
        return children(self.server.pid)

    @property
    def active(self) -> int:
        return int(re.findall(r"Singleton lock acquired pid=(\d+)", self.server.log)[-1])

    def memory(self) -> dict[int, int]:
        """Resident bytes by process."""
        return {pid: resident(pid) for pid in self.pids}

    def metrics(self) -> dict[str, float]:
        status, text = get(f"{self.url}/metrics")
        assert status == 200
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        return {series: float(value) for series, _, value in (line.rpartition(" ") for line in lines)}

    def metrics_by(self, pid: int) -> dict[str, float]:
        """What this worker says, while the others are frozen for a moment."""
        others = [other for other in self.pids if other != pid]
        for other in others:
            os.kill(other, signal.SIGSTOP)
        try:
            return self.metrics()
        finally:
            for other in others:
                os.kill(other, signal.SIGCONT)


@pytest.fixture(scope="module")
def workers(postgres_server: Server, migrated_template: str) -> Iterator[tuple[Workers, Client]]:
    with fresh_database(postgres_server, migrated_template) as url, running_fleet(url) as fleet:
        port = fleet.webhook_base.rpartition(":")[2]
        place = fleet.folder / "server"
        place.mkdir()
        environment = {**fleet.environment, "PORT": port, "WEB_CONCURRENCY": "3", "INSTANCE_ID": "three"}
        server = Launched(place, environment, start_arguments())
        server.start()
        try:
            workers = Workers(server, f"http://127.0.0.1:{port}")
            wait_until_ready(workers.url)
            wait_for_role(workers.url, "ACTIVE")
            yield workers, fleet.client
        finally:
            server.end()


def test_whichever_worker_answers_the_answer_is_the_instances(workers: tuple[Workers, Client]) -> None:
    house, _ = workers
    until(lambda: len(house.pids) == 3)
    assert len({get(f"{house.url}/role")[1] for _ in range(50)}) == 1
    epochs, counts = [], []
    for pid in house.pids * 2:
        said = house.metrics_by(pid)
        epochs.append((said['trt_active{instance="three"}'], said["trt_epoch"]))
        counts.append(said.get(ASKED, 0))
    assert set(epochs) == {(1, epochs[0][1])}
    assert [count - counts[0] for count in counts] == [0, 1, 2, 3, 4, 5], "each knows of the others' answers"


def test_one_standby_is_warm_and_the_other_costs_little(
    workers: tuple[Workers, Client], capsys: pytest.CaptureFixture[str]
) -> None:
    house, _ = workers
    until(lambda: heavy(house) == 2)
    memory = house.memory()
    with capsys.disabled():
        shown = sorted(
            f"{size // MEGABYTE} MB{' ACTIVE' if pid == house.active else ''}" for pid, size in memory.items()
        )
        print(f"\nworkers: {', '.join(shown)}")
    cold = min(memory, key=memory.__getitem__)
    warm = next(pid for pid in memory if pid not in (cold, house.active))
    assert memory[house.active] - memory[cold] > AIOGRAM
    until(
        lambda: any(str(pid) in series for pid in memory for series in house.metrics() if "memory" in series)
    )
    counted, log = house.metrics()[ASKED], house.server.log
    os.kill(house.active, signal.SIGKILL)
    house.server.wait_for_log(rf"Singleton lock acquired pid={warm}", after=len(log))
    assert house.metrics()[ASKED] >= counted + 1, "what the dead one counted is lost"
    until(lambda: house.memory().get(cold, 0) > memory[cold] + AIOGRAM)


async def test_they_stop_in_good_order_with_a_job_in_flight_and_leave_nothing_in_home(
    workers: tuple[Workers, Client],
) -> None:
    house, client = workers
    async with client() as sandbox:
        await stop_with_a_job_in_flight(house, sandbox)
    assert list((house.server.folder / "home").iterdir()) == []


async def stop_with_a_job_in_flight(house: Workers, sandbox: SandboxClient) -> None:
    await sandbox.kie("POST", "knobs", {"delay": 60})
    person = await sandbox.person()
    await order_picture(person)
    await person.wait_for_text("№")
    assert house.server.stop() == 0
    assert "Singleton lock resigned" in house.server.log


def heavy(house: Workers) -> int:
    """How many weigh more than the lightest by what aiogram costs."""
    sizes = house.memory().values()
    return sum(size > min(sizes) + AIOGRAM for size in sizes)


def resident(pid: int) -> int:
    """Bytes; 0 for a process that is gone."""
    try:
        found = re.search(r"^VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(found[1]) * 1024 if found else 0


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)
