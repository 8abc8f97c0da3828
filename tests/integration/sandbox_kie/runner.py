"""A process that is nothing but the stand-in, to be killed: started with a port and a data folder."""

import asyncio
import sys
from pathlib import Path

from aiohttp import web

from app.sandbox.kie import add_kie_routes
from tests.integration.sandbox_kie.driver import HMAC_KEY, KEY


async def run(port: int, data: Path) -> None:
    """Serves until it is killed."""
    app = web.Application()
    url = f"http://127.0.0.1:{port}"
    await add_kie_routes(app, data=data, key=KEY, public_url=url, hmac_key=HMAC_KEY)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(run(int(sys.argv[1]), Path(sys.argv[2])))
