"""A process that carries one generation through its life and dies at the fail point it was given.

`python -m tests.integration.generation.victim URL POINT GENERATION FILE`: creations are appended to FILE before
they are answered, as a provider would remember them.
"""

import asyncio
import sys
from dataclasses import dataclass, field
from pathlib import Path

from app.catalogue import Inputs
from app.db import Database, Epoch
from app.failpoints import FailPoint, arm
from app.generation import FailureClass, TaskReport, TaskState
from tests.fakes import FakeProvider
from tests.integration.generation.world import QUICK, make_world


@dataclass
class RememberingProvider(FakeProvider):
    """Its tasks end at once; what it accepted outlives its process."""

    memory: Path = field(default_factory=Path)
    outcome: TaskState = TaskState.SUCCESS

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        task_id = await super().create(model_id, inputs, callback_url)
        with self.memory.open("a") as file:
            file.write(f"{task_id} {callback_url}\n")
        self.end(task_id)
        return task_id

    def recall(self) -> None:
        """Takes up where a process that died has left."""
        for line in self.memory.read_text().splitlines() if self.memory.exists() else []:
            task_id, callback_url = line.split()
            self.tasks[task_id] = TaskReport(TaskState.WAITING, callback_url=callback_url)
            self.end(task_id)

    def end(self, task_id: str) -> None:
        """As the test wants it to end."""
        if self.outcome is TaskState.SUCCESS:
            self.succeed(task_id)
        else:
            self.report(task_id, TaskReport(TaskState.FAIL, failure=FailureClass.PROVIDER_DOWN))


def remembering(memory: Path, point: FailPoint) -> RememberingProvider:
    """Its tasks fail where the point lies after a failure."""
    outcome = TaskState.FAIL if point is FailPoint.FAILURE_RECORDED else TaskState.SUCCESS
    return RememberingProvider(memory=memory, outcome=outcome)


async def live(url: str, point: FailPoint, generation_id: int, memory: Path) -> None:
    """Every job of a generation, one after the other."""
    database = Database(url, application_name="victim", max_connections=4)
    provider = remembering(memory, point)
    epoch = Epoch(1)
    world = make_world(url, database, epoch, timings=QUICK, provider=provider)
    arm(point)
    await world.starter.start(epoch, generation_id)
    await asyncio.sleep(QUICK.poll_interval(0) * 2)
    await world.checker.check(epoch, generation_id)
    await world.deliverer.deliver(epoch, generation_id)
    await world.teller.tell(epoch, generation_id)


if __name__ == "__main__":
    _, url, point, generation_id, memory = sys.argv
    asyncio.run(live(url, FailPoint(point), int(generation_id), Path(memory)))
