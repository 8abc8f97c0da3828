"""Which KIE is asked: that of the configured system or of the sandbox that runs here, else a stand-in of our own."""

import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
from aiohttp import web

from app.db import Database
from app.errors import StorageUnavailableError
from app.generation.kie import KieList
from app.offers import Rates, RatesInForce
from app.sandbox.kie import add_kie_routes
from app.settings import Settings, settings_of
from app.tools.system import System

_KEY = "a-stand-in-of-our-own"


@dataclass(frozen=True)
class Asked:
    """`name` says which one; `rates`: those in force where there is a database, else those of the settings."""

    name: str
    provider: KieList
    rates: Rates


@asynccontextmanager
async def asked_provider(system: System) -> AsyncIterator[Asked]:
    """Ready to be asked; a stand-in of our own lives as long as this."""
    settings = system.settings or settings_of({})
    rates = await _rates(system, settings)
    async with aiohttp.ClientSession() as session:
        if settings.kie_key:
            listing = KieList(session, base_url=settings.kie_api_url, key=settings.kie_key)
            yield Asked(f"KIE of {system.name}", listing, rates)
            return
        async with _stand_in(session) as url:
            yield Asked("KIE's stand-in", KieList(session, base_url=url, key=_KEY, seconds_apart=0), rates)


@asynccontextmanager
async def _stand_in(session: aiohttp.ClientSession) -> AsyncIterator[str]:
    with tempfile.TemporaryDirectory() as folder, socket.create_server(("127.0.0.1", 0)) as sock:
        address = f"http://127.0.0.1:{sock.getsockname()[1]}"
        app = web.Application()
        await add_kie_routes(app, data=Path(folder), key=_KEY, public_url=address, hmac_key=None)
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, sock).start()
        try:
            limits = aiohttp.ClientTimeout(10)
            knobs = f"{address}/sandbox/kie/knobs"
            async with session.post(knobs, json={"catalogue_limit": 0}, timeout=limits):
                yield f"{address}/kie"
        finally:
            await runner.cleanup()


async def _rates(system: System, settings: Settings) -> Rates:
    told = Rates(settings.usd_rub, settings.price_markup, settings.star_rub)
    if system.database_url is None:
        return told
    database = Database(system.database_url, application_name="catalogue-diff", max_connections=1)
    in_force = RatesInForce(database, told)
    try:
        await in_force.refresh()
    except StorageUnavailableError:
        return told
    finally:
        await database.close()
    return in_force.now
