"""What a browser gets from the sandbox: the chat page at `/`, plain files, no build step."""

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent
PREFIX = "/sandbox/web/"
TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
# The page shows what strangers and a bot write: should anything slip through, the browser still runs no script of it.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
    " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def add_web_routes(app: web.Application) -> None:
    """Mounts `GET /` and `GET /sandbox/web/…`."""
    page = Page(FOLDER)
    app.router.add_get("/", page.index)
    app.router.add_get(PREFIX + "{name:.*}", page.file)


class Page:
    """The files of a folder. A request names one of those found at the start: no name is ever made into a path."""

    def __init__(self, folder: Path) -> None:
        self._files = {
            path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.suffix in TYPES
        }

    async def index(self, _request: web.Request) -> web.FileResponse:
        return self._answer("index.html")

    async def file(self, request: web.Request) -> web.FileResponse:
        return self._answer(request.match_info["name"])

    def _answer(self, name: str) -> web.FileResponse:
        path = self._files.get(name)
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers={**HEADERS, "Content-Type": TYPES[path.suffix]})
