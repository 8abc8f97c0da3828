"""The calls of the API host: createTask, recordInfo, credit, download-url."""

import asyncio
import contextlib
import time
from collections import deque

from aiohttp import web

from app.sandbox.kie.account import Account
from app.sandbox.kie.engine import Engine
from app.sandbox.kie.envelope import read_object, said
from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.intake import Intake
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.library import RESULTS, UPLOADS, Library
from app.sandbox.kie.tasks import Task, TaskBook, record
from app.sandbox.kie.values import Json, as_text

QUERIES_A_SECOND = 10
_LOOK_SECONDS = 0.2


class TaskApi:
    """createTask and recordInfo."""

    def __init__(self, *, intake: Intake, engine: Engine, tasks: TaskBook, knobs: KnobBoard) -> None:
        self._intake = intake
        self._engine = engine
        self._tasks = tasks
        self._knobs = knobs
        self._queries: deque[tuple[float, str]] = deque()
        self._closing = asyncio.Event()

    def close(self) -> None:
        """Lets go of requests that are left hanging on purpose."""
        self._closing.set()

    async def create(self, request: web.Request) -> Json:
        """POST /api/v1/jobs/createTask."""
        self._intake.check_pace()
        wish = self._intake.read(await read_object(request))
        accepted = await self._intake.price(wish)
        task = await self._engine.accept(accepted)
        await self._misbehave(request, task)
        return {"taskId": task.id, "recordId": task.id}

    async def read(self, request: web.Request) -> Json:
        """GET /api/v1/jobs/recordInfo."""
        task_id = request.query.get("taskId", "")
        if not task_id:
            raise RefusalError(400, "taskId parameter is required")
        self._check_queries(task_id)
        task, now = self._tasks.find(task_id), time.time()
        if task is None or not task.is_known(now):
            raise RefusalError(422, "recordInfo is null")
        return record(task, now)

    async def _misbehave(self, request: web.Request, task: Task) -> None:
        if task.plan.drop and request.transport is not None:
            request.transport.abort()
        while task.plan.hang and not self._closing.is_set():
            if request.transport is None or request.transport.is_closing():
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), _LOOK_SECONDS)

    def _check_queries(self, task_id: str) -> None:
        most = self._knobs.number("query_limit", QUERIES_A_SECOND)
        now = time.monotonic()
        while self._queries and self._queries[0][0] < now - 1:
            self._queries.popleft()
        if most and sum(asked == task_id for _, asked in self._queries) >= most:
            raise RefusalError(429, said(429))
        self._queries.append((now, task_id))


class AccountApi:
    """The account's credits and links for downloads."""

    def __init__(self, account: Account, library: Library) -> None:
        self._account = account
        self._library = library

    async def credit(self, request: web.Request) -> Json:
        """GET /api/v1/chat/credit."""
        del request
        return float(self._account.balance())

    async def download_url(self, request: web.Request) -> Json:
        """POST /api/v1/common/download-url: only for files made or hosted here."""
        body = await read_object(request)
        path = self._library.path_of(as_text(body.get("url")))
        if path is None or path.partition("/")[0] not in (RESULTS, UPLOADS):
            raise RefusalError(422, "url is wrong", field="url")
        return self._library.lend(path)


async def nothing_here(request: web.Request) -> Json:
    """Any other path, such as those users try in vain."""
    raise RefusalError(404, said(404), field=request.path)
