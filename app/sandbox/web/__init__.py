"""What a browser gets from the sandbox: plain files, no build step."""

from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent


def add_web_routes(app: web.Application) -> None:
    """Mounts `GET /`."""
    app.router.add_get("/", _index)


async def _index(_request: web.Request) -> web.FileResponse:
    return web.FileResponse(FOLDER / "index.html", headers={"Cache-Control": "no-cache"})
