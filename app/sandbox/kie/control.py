"""`/sandbox/kie`: how a test or a person steers the stand-in and looks into it. No key; loopback only by its address.

knobs: GET, POST (merge), DELETE. tasks?after=n, violations?after=n: GET. credits: GET, POST {"credits": number}.
models: GET, POST (a change of one model), DELETE.
"""

import time
from decimal import Decimal

from aiohttp import web

from app.sandbox.kie.account import Account, Violations
from app.sandbox.kie.callbacks import Courier
from app.sandbox.kie.changes import ModelChanges
from app.sandbox.kie.envelope import read_object
from app.sandbox.kie.errors import KnobError, RefusalError
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.tasks import Task, TaskBook, record
from app.sandbox.kie.values import Json, JsonObject, as_number, compact, parse_object


class ControlApi:
    """The knobs and the windows."""

    def __init__(
        self,
        *,
        knobs: KnobBoard,
        changes: ModelChanges,
        tasks: TaskBook,
        courier: Courier,
        account: Account,
        violations: Violations,
    ) -> None:
        self._knobs = knobs
        self._changes = changes
        self._tasks = tasks
        self._courier = courier
        self._account = account
        self._violations = violations

    async def show_knobs(self, request: web.Request) -> web.Response:
        """GET knobs: {"knobs": [{knob, value, model, calls, times}]}."""
        del request
        return _answer({"knobs": self._knobs.shown()})

    async def set_knobs(self, request: web.Request) -> web.Response:
        """POST knobs; 400 with the reason when one does not exist or does not fit, then none is set."""
        try:
            self._knobs.set(await read_object(request))
        except (KnobError, RefusalError) as problem:
            return _answer({"error": str(problem)}, status=400)
        return _answer({"knobs": self._knobs.shown()})

    async def reset_knobs(self, request: web.Request) -> web.Response:
        """DELETE knobs."""
        self._knobs.reset()
        return await self.show_knobs(request)

    async def show_models(self, request: web.Request) -> web.Response:
        """GET models: {"models": [every change as it was posted]}."""
        del request
        shown: list[Json] = list(self._changes.shown())
        return _answer({"models": shown})

    async def change_model(self, request: web.Request) -> web.Response:
        """POST models: one change; 400 with the reason when it is not understood."""
        try:
            self._changes.put(await read_object(request))
        except (KnobError, RefusalError) as problem:
            return _answer({"error": str(problem)}, status=400)
        return await self.show_models(request)

    async def reset_models(self, request: web.Request) -> web.Response:
        """DELETE models."""
        self._changes.reset()
        return await self.show_models(request)

    async def show_tasks(self, request: web.Request) -> web.Response:
        """GET tasks: {"tasks": [{n, taskId, model, input, state, callBackUrl, credits, …, record, callbacks}]}."""
        found: list[Json] = [self._shown(task) for task in self._tasks.after(_after(request))]
        return _answer({"tasks": found})

    async def show_violations(self, request: web.Request) -> web.Response:
        """GET violations: {"violations": [{n, at, call, model, field, code, message, refused, body}]}."""
        return _answer({"violations": self._violations.after(_after(request))})

    async def show_credits(self, request: web.Request) -> web.Response:
        """GET credits: {"credits": number}."""
        del request
        return _answer({"credits": float(self._account.balance())})

    async def set_credits(self, request: web.Request) -> web.Response:
        """POST credits {"credits": number}."""
        body = parse_object(await request.read())
        amount = as_number(body.get("credits")) if body else None
        if amount is None:
            return _answer({"error": "credits must be a number"}, status=400)
        self._account.set(Decimal(str(amount)))
        return await self.show_credits(request)

    def _shown(self, task: Task) -> JsonObject:
        now = time.time()
        return {
            "n": task.n,
            "taskId": task.id,
            "model": task.model,
            "input": task.inputs,
            "state": task.state(now),
            "callBackUrl": task.callback_url,
            "credits": float(task.credits),
            "created": task.created,
            "ends": task.ends,
            "record": record(task, now),
            "callbacks": self._courier.history(task.id),
        }


def _after(request: web.Request) -> int:
    return int(as_number(request.query.get("after")) or 0)


def _answer(body: Json, *, status: int = 200) -> web.Response:
    return web.json_response(body, status=status, dumps=compact)
