"""Tasks: accepted, on their way, ended. Every change is committed before anybody hears of it."""

import json
import math
import sqlite3
import time
from dataclasses import dataclass
from decimal import Decimal
from uuid import uuid4

from app.sandbox.kie.plan import Failure, Plan, load_plan
from app.sandbox.kie.values import Json, JsonObject, as_object, compact

RATE_WINDOW = 10.0
_FLAG = {"success": 1, "fail": 3}


@dataclass(frozen=True)
class Task:
    """One task. `created`, `ends` (planned; None = never) and `ended` are Unix seconds; `result` is resultJson."""

    n: int
    id: str
    model: str
    inputs: JsonObject
    callback_url: str | None
    plan: Plan
    credits: Decimal
    created: float
    ends: float | None
    ended: float | None
    outcome: str | None
    failure: Failure | None
    result: str

    def state(self, now: float) -> str:
        """What recordInfo says at this moment."""
        if self.outcome is not None:
            return self.outcome
        if self.plan.skip_states:
            return "waiting"
        share = (now - self.created) / self.plan.delay if self.plan.delay else 1.0
        passed = "waiting" if share < 0.15 else "queuing" if share < 0.35 else "generating"
        return self.plan.stuck if self.plan.stuck == "waiting" else passed

    def is_known(self, now: float) -> bool:
        """Whether recordInfo finds it already."""
        return now >= self.created + self.plan.unknown


@dataclass(frozen=True)
class Accepted:
    """A request that became a task. Credits are the price taken."""

    model: str
    inputs: JsonObject
    callback_url: str | None
    plan: Plan
    credits: Decimal


class TaskBook:
    """The tasks in the store."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def add(self, accepted: Accepted) -> Task:
        """Writes a new task down under a new id of 32 hex characters."""
        now = time.time()
        plan = accepted.plan
        ends = None if plan.stuck else now if plan.callback.mode == "early" else now + plan.delay
        task_id = uuid4().hex
        self._store.execute(
            "INSERT INTO tasks (id, model, inputs, callback_url, plan, credits, created, ends)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                task_id,
                accepted.model,
                compact(accepted.inputs),
                accepted.callback_url,
                plan.dump(),
                str(accepted.credits),
                now,
                ends,
            ),
        )
        task = self.find(task_id)
        if task is None:
            raise KeyError(task_id)
        return task

    def find(self, task_id: str) -> Task | None:
        """The task of this id."""
        row = self._store.execute("SELECT * FROM tasks WHERE id = ?", (task_id,)).fetchone()
        return _task(row) if row else None

    def end(self, task: Task, result: str, failure: Failure | None) -> Task:
        """Marks it ended now, well or not."""
        self._store.execute(
            "UPDATE tasks SET state = ?, ended = ?, result = ?, fail_code = ?, fail_message = ? WHERE id = ?",
            (
                "fail" if failure else "success",
                time.time(),
                result,
                failure.code if failure else None,
                failure.message if failure else None,
                task.id,
            ),
        )
        return self.find(task.id) or task

    def unfinished(self) -> list[Task]:
        """Those that will end and have not."""
        rows = self._store.execute("SELECT * FROM tasks WHERE state IS NULL AND ends IS NOT NULL ORDER BY n")
        return [_task(row) for row in rows]

    def after(self, n: int) -> list[Task]:
        """Those with a greater number, oldest first."""
        rows = self._store.execute("SELECT * FROM tasks WHERE n > ? ORDER BY n", (n,))
        return [_task(row) for row in rows]

    def created_lately(self) -> int:
        """How many were accepted in the window of the rate limit (10 s)."""
        row = self._store.execute(
            "SELECT count(*) AS many FROM tasks WHERE created > ?", (time.time() - RATE_WINDOW,)
        ).fetchone()
        return int(row["many"])

    def running(self) -> int:
        """How many have not ended."""
        return int(
            self._store.execute("SELECT count(*) AS many FROM tasks WHERE state IS NULL").fetchone()["many"]
        )


def record(task: Task, now: float) -> JsonObject:
    """The task as recordInfo shows it. costTime in seconds, the other times in milliseconds."""
    state = task.state(now)
    ended_ms = None if task.ended is None else _ms(task.ended)
    return {
        "taskId": task.id,
        "model": task.model,
        "state": state,
        "param": param(task),
        "resultJson": task.result,
        "failCode": task.failure.code if task.failure else None,
        "failMsg": task.failure.message if task.failure else None,
        "costTime": None if task.ended is None else max(1, math.ceil(task.ended - task.created)),
        "completeTime": ended_ms,
        "createTime": _ms(task.created),
        "updateTime": ended_ms or _ms(min(now, task.created + task.plan.delay)),
        "successFlag": _FLAG.get(state, 0),
        "creditsConsumed": None if task.ended is None else 0 if task.failure else float(task.credits),
        "response": as_object(json.loads(task.result)) if task.result else None,
    }


def param(task: Task) -> str:
    """The request as KIE repeats it: JSON in which `input` is JSON again, as text."""
    request: dict[str, Json] = {"model": task.model}
    if task.callback_url is not None:
        request["callBackUrl"] = task.callback_url
    request["input"] = compact(task.inputs)
    return compact(request)


def _ms(seconds: float) -> int:
    return int(seconds * 1000)


def _task(row: sqlite3.Row) -> Task:
    failed = row["state"] == "fail"
    return Task(
        n=row["n"],
        id=row["id"],
        model=row["model"],
        inputs=as_object(json.loads(row["inputs"])),
        callback_url=row["callback_url"],
        plan=load_plan(row["plan"]),
        credits=Decimal(row["credits"]),
        created=row["created"],
        ends=row["ends"],
        ended=row["ended"],
        outcome=row["state"],
        failure=Failure(code=row["fail_code"], message=row["fail_message"]) if failed else None,
        result=row["result"],
    )
