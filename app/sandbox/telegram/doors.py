"""What stands behind the routes once aiogram is there."""

from pathlib import Path

from aiohttp import web

from app.sandbox.telegram.bot_api import BotApi
from app.sandbox.telegram.client_api import client_routes
from app.sandbox.telegram.standin import build_standin


class Doors:
    """The bot's door, the files' door, the people's door; `run` keeps them alive until cancelled."""

    def __init__(self, data: Path, token: str, *, retry_scale: float) -> None:
        self._standin = build_standin(data, token, retry_scale=retry_scale)
        self._bot_api = BotApi(self._standin)
        self._client = client_routes()

    async def run(self) -> None:
        await self._standin.run()

    def close(self) -> None:
        """Asks everybody who waits to go."""
        self._standin.close()

    async def bot_api(self, request: web.Request) -> web.StreamResponse:
        return await self._bot_api.call(request)

    async def file(self, request: web.Request) -> web.StreamResponse:
        return await self._bot_api.download(request)

    async def client_api(self, request: web.Request) -> web.StreamResponse:
        return await self._client.serve(self._standin, request)
