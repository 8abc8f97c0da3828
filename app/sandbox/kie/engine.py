"""From an accepted request to an ended task and its callback, in one process or across several."""

import asyncio
import sqlite3
import time

from app.sandbox.kie.account import Account
from app.sandbox.kie.callbacks import Courier
from app.sandbox.kie.library import Library
from app.sandbox.kie.plan import Failure
from app.sandbox.kie.results.outline import outline
from app.sandbox.kie.schemas import ModelBook
from app.sandbox.kie.store import transaction
from app.sandbox.kie.tasks import Accepted, Task, TaskBook

_EARLY_SECONDS = 3.0


class Engine:
    """Runs tasks to their planned end."""

    def __init__(
        self,
        store: sqlite3.Connection,
        *,
        tasks: TaskBook,
        models: ModelBook,
        library: Library,
        courier: Courier,
    ) -> None:
        self._store = store
        self._tasks = tasks
        self._models = models
        self._library = library
        self._courier = courier
        self._account = Account(store)
        self._running: set[asyncio.Task[None]] = set()

    async def open(self) -> None:
        """Takes up the tasks that a former process did not end."""
        await self._courier.open()
        for task in self._tasks.unfinished():
            self._launch(task)

    async def close(self) -> None:
        """Stops; nothing is lost."""
        for running in self._running:
            running.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await self._courier.close()

    async def accept(self, accepted: Accepted) -> Task:
        """Takes the credits (RefusalError 402), writes the task down and starts it.

        With the callback mode `early` the task has ended before this returns, and its callback has been
        answered or has had three seconds for it.
        """
        with transaction(self._store):
            self._account.take(accepted.credits)
            task = self._tasks.add(accepted)
        if accepted.plan.callback.mode == "early" and not accepted.plan.stuck:
            await self._end_before_the_answer(task)
        elif task.ends is not None:
            self._launch(task)
        return task

    async def _end_before_the_answer(self, task: Task) -> None:
        sending = self._end(task)
        if sending:
            await asyncio.wait(sending, timeout=_EARLY_SECONDS)

    def _launch(self, task: Task) -> None:
        running = asyncio.create_task(self._run(task))
        self._running.add(running)
        running.add_done_callback(self._running.discard)

    async def _run(self, task: Task) -> None:
        await asyncio.sleep(max(0.0, (task.ends or 0.0) - time.time()))
        self._end(task)

    def _end(self, task: Task) -> list[asyncio.Task[None]]:
        failure = task.plan.failure or self._missing_media(task)
        model = self._models.find(task.model)
        with transaction(self._store):
            if failure is not None or model is None:
                ended = self._tasks.end(task, "", failure or Failure("404", "The model is gone."))
                self._account.give_back(task.credits)
            else:
                ended = self._tasks.end(
                    task, outline(model, task, self._library.result_url).result_json, None
                )
            numbers = self._courier.write_down(ended)
        return self._courier.send(numbers)

    def _missing_media(self, task: Task) -> Failure | None:
        problem = self._library.problem_with(self._models.find(task.model), task.inputs)
        return None if problem is None else Failure(*problem)
