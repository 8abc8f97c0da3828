"""`python -m app.sandbox --port N [--host 127.0.0.1] --data DIR --token T --kie-key K …`: both stand-ins."""

import argparse
import asyncio
import logging
import signal
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from app.sandbox.proxy import add_proxy_routes
from app.sandbox.telegram import TelegramOptions, add_telegram_routes
from app.sandbox.web import add_web_routes

LARGEST_BODY = 64 * 1024 * 1024
STOP_SECONDS = 2.0


@dataclass(frozen=True)
class Options:
    """The command line. `server_url`: where the real server listens, if its paths shall be shown here, too."""

    host: str
    port: int
    data: Path
    token: str
    kie_key: str
    kie_hmac_key: str | None
    server_url: str | None
    retry_scale: float


def parse_options(arguments: list[str] | None = None) -> Options:
    """Exits with 2 on a bad command line."""
    parser = argparse.ArgumentParser(prog="python -m app.sandbox", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of chats, files, tasks and Stars")
    parser.add_argument("--token", required=True, help="the bot's token, <number>:<secret>")
    parser.add_argument("--kie-key", required=True)
    parser.add_argument("--kie-hmac-key")
    parser.add_argument("--server-url", help="paths that are not the sandbox's own are asked there")
    parser.add_argument("--retry-scale", type=float, default=1.0, help="shortens pauses between deliveries")
    given = parser.parse_args(arguments)
    if not given.token.partition(":")[0].isdecimal():
        parser.error("--token is <number>:<secret>")
    return Options(**vars(given))


async def build_app(options: Options) -> web.Application:
    """All routes of the sandbox; the order matters only for the last, which takes what is left."""
    app = web.Application(client_max_size=LARGEST_BODY)
    add_web_routes(app)
    add_telegram_routes(
        app,
        TelegramOptions(data=options.data / "telegram", token=options.token, retry_scale=options.retry_scale),
    )
    await _add_kie(app, options)
    if options.server_url:
        add_proxy_routes(app, options.server_url)
    return app


async def _add_kie(app: web.Application, options: Options) -> None:
    from app.sandbox.kie import add_kie_routes  # noqa: PLC0415 - the two stand-ins do not need each other

    await add_kie_routes(
        app,
        data=options.data / "kie",
        key=options.kie_key,
        public_url=f"http://{_reachable(options.host)}:{options.port}",
        hmac_key=options.kie_hmac_key,
    )


def _reachable(host: str) -> str:
    """An address that means every address is no place to call."""
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104 - compared, not bound


async def serve(options: Options) -> None:
    """Until SIGTERM or SIGINT."""
    runner = web.AppRunner(await build_app(options), access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    await web.TCPSite(runner, options.host, options.port, backlog=1024).start()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()
    await runner.cleanup()


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    asyncio.run(serve(parse_options()))


if __name__ == "__main__":
    main()
