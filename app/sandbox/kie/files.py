"""`/kie-files`: results (made when first asked for), uploads and lent links, without a key, as KIE's file hosts do."""

import asyncio
import time
from pathlib import Path

from aiohttp import web

from app.sandbox.kie.library import DOWNLOADS, RESULTS, UPLOADS, Library, mime_of
from app.sandbox.kie.plan import ResultPlan
from app.sandbox.kie.studio import Studio
from app.sandbox.kie.tasks import Task, TaskBook

_CHUNK = 65_536
_JUNK = b"<html><body>Service unavailable</body></html>"


class FileHost:
    """Serves files."""

    def __init__(self, *, library: Library, tasks: TaskBook, studio: Studio) -> None:
        self._library = library
        self._tasks = tasks
        self._studio = studio

    async def get(self, request: web.Request) -> web.StreamResponse:
        """GET /kie-files/{path}."""
        return await self._serve(request, request.match_info["path"])

    async def _serve(self, request: web.Request, path: str) -> web.StreamResponse:
        kind, _, rest = path.partition("/")
        if kind == RESULTS:
            return await self._result(request, rest)
        if kind == UPLOADS:
            found = self._library.find_upload(path)
            if found is not None and found[1].is_file():
                return web.FileResponse(found[1], headers={"Content-Type": found[0].mime})
        if kind == DOWNLOADS:
            lent = self._library.lent(rest.partition("/")[0])
            if lent is not None:
                return await self._serve(request, lent)
        raise web.HTTPNotFound

    async def _result(self, request: web.Request, path: str) -> web.StreamResponse:
        task_id, _, name = path.partition("/")
        task = self._tasks.find(task_id)
        if task is None or not _is_served(task, name):
            raise web.HTTPNotFound
        plan = task.plan.result
        if plan.junk:
            return web.Response(body=_JUNK, content_type="text/html")
        file = await self._studio.result(task, name)
        if plan.slow or plan.huge or plan.cut:
            return await _stream(request, file, plan)
        return web.FileResponse(file, headers={"Content-Type": mime_of(name)})


def _is_served(task: Task, name: str) -> bool:
    plan = task.plan.result
    if plan.dead or task.outcome != "success" or task.ended is None or time.time() > task.ended + plan.ttl:
        return False
    return f"/{task.id}/{name}" in task.result


async def _stream(request: web.Request, file: Path, plan: ResultPlan) -> web.StreamResponse:
    body = _padded(file, int(plan.huge * 1024 * 1024))
    response = web.StreamResponse(
        headers={"Content-Type": mime_of(file.name), "Content-Length": str(len(body))}
    )
    await response.prepare(request)
    chunk = max(1, min(_CHUNK, len(body) // 20)) if plan.slow or plan.cut else _CHUNK
    for start in range(0, len(body), chunk):
        if plan.cut and start >= len(body) // 2:
            if request.transport is not None:
                request.transport.abort()
            return response
        part = body[start : start + chunk]
        await response.write(part)
        await asyncio.sleep(plan.slow * len(part) / len(body))
    await response.write_eof()
    return response


def _padded(file: Path, size: int) -> bytes:
    """The file and then zeros, up to the size."""
    return file.read_bytes().ljust(size, b"\0")
