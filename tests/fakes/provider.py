"""A provider whose answers a test decides."""

import asyncio
from collections import deque
from dataclasses import dataclass, field
from decimal import Decimal

from app.catalogue import Inputs
from app.generation import AmbiguousError, ProviderDownError, TaskReport, TaskState, TaskUnknownError
from tests.fakes.outside import refuse_in_unit_of_work


@dataclass(frozen=True)
class Creation:
    """One call of `create` that the provider accepted."""

    model_id: str
    inputs: Inputs
    callback_url: str | None
    task_id: str
    at: float
    """Monotonic seconds of the loop."""


@dataclass
class FakeProvider:
    """Accepts everything; tasks stay in WAITING until a test changes them."""

    refusals: deque[Exception] = field(default_factory=deque)
    """Raised by the next calls of `create`, which then accept nothing."""
    answers_lost: int = 0
    """How many of the next creations are accepted without the caller getting to know."""
    down: bool = False
    """While true nothing is accepted and nothing can be read."""
    first_state: TaskState = TaskState.WAITING
    creations: list[Creation] = field(default_factory=list)
    tasks: dict[str, TaskReport] = field(default_factory=dict)
    reads: list[str] = field(default_factory=list)
    accepting: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a creation was accepted and its answer is about to be sent."""
    answering: asyncio.Event = field(default_factory=asyncio.Event)
    """Cleared by a test that wants the answers held back."""

    def __post_init__(self) -> None:
        self.answering.set()

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        refuse_in_unit_of_work()
        if self.down:
            raise ProviderDownError(0.05)
        if self.refusals:
            raise self.refusals.popleft()
        task_id = f"task-{len(self.creations) + 1}"
        now = asyncio.get_running_loop().time()
        self.creations.append(Creation(model_id, inputs, callback_url, task_id, now))
        self.tasks[task_id] = TaskReport(self.first_state, callback_url=callback_url)
        self.accepting.set()
        await self.answering.wait()
        if self.answers_lost > 0:
            self.answers_lost -= 1
            raise AmbiguousError("the answer was lost")
        return task_id

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        del model_id
        refuse_in_unit_of_work()
        self.reads.append(task_id)
        if self.down:
            raise ProviderDownError(0.05)
        if task_id not in self.tasks:
            raise TaskUnknownError(task_id)
        return self.tasks[task_id]

    async def credits(self) -> Decimal:
        refuse_in_unit_of_work()
        return Decimal(1000)

    def report(self, task_id: str, report: TaskReport) -> None:
        """From now on the task reads like this, with the callback URL it was made with."""
        known = self.tasks[task_id].callback_url
        self.tasks[task_id] = TaskReport(
            report.state,
            report.result_urls,
            report.failure,
            report.fail_message,
            report.credits_consumed,
            report.callback_url or known,
        )

    def succeed(self, task_id: str) -> None:
        """The task is done, with one result, for 4 credits."""
        urls = ("https://files.example/1.png",)
        self.report(task_id, TaskReport(TaskState.SUCCESS, urls, credits_consumed=Decimal(4)))
