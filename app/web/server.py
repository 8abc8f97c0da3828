"""The aiohttp application: routes, limits, and what a broken request is answered with."""

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass

from aiohttp import web
from aiohttp.typedefs import Middleware

from app.clock import SystemClock
from app.errors import OverloadedError, StorageBusyError, StorageUnavailableError
from app.files import FilesUnavailableError
from app.observability import Meters
from app.web.files import FilePages, file_page
from app.web.forgeries import Forgeries
from app.web.intake import Intake, MalformedEventError
from app.web.metrics import Metrics, metrics_page
from app.web.status import Status
from app.web.telegram_api import TelegramApiError
from app.web.webhooks import KieCallbacks, kie_webhook, telegram_webhook

log = logging.getLogger(__name__)

# Telegram's updates are a few kilobytes; a KIE callback repeats the task's inputs.
BODY_BYTES = 1024 * 1024
RETRY_AFTER = {"Retry-After": "2"}
NOT_NOW = (
    StorageUnavailableError,
    StorageBusyError,
    OverloadedError,
    TelegramApiError,
    FilesUnavailableError,
)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
NO_ROUTE = "none"


@dataclass(frozen=True)
class Parts:
    """What the routes call. `metrics_token` None: everybody may read the metrics. `telegram_secret` None (polling
    mode): the webhook does not exist."""

    intake: Intake
    kie: KieCallbacks
    status: Status
    metrics: Metrics
    meters: Meters
    files: FilePages
    metrics_token: str | None
    telegram_secret: str | None


def make_application(parts: Parts) -> web.Application:
    """Every public route of the product; nothing else answers."""
    application = web.Application(
        client_max_size=BODY_BYTES, middlewares=[_measuring(parts.meters), _answer_errors]
    )

    async def health(_request: web.Request) -> web.Response:
        if not parts.status.was_ready:
            await parts.status.readiness()
        ready = parts.status.was_ready
        return web.json_response({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

    async def ready(_request: web.Request) -> web.Response:
        readiness = await parts.status.readiness()
        body = {"ready": readiness.ready, **asdict(readiness)}
        return web.json_response(body, status=200 if readiness.ready else 503)

    async def role(_request: web.Request) -> web.Response:
        return web.json_response(asdict(await parts.status.role()))

    async def version(_request: web.Request) -> web.Response:
        return web.json_response(parts.status.version())

    application.router.add_get("/health", health)
    application.router.add_get("/ready", ready)
    application.router.add_get("/role", role)
    application.router.add_get("/version", version)
    application.router.add_get("/metrics", metrics_page(parts.metrics, parts.meters, parts.metrics_token))
    application.router.add_get("/files/{token}", file_page(parts.files))
    forgeries = Forgeries(parts.kie.inbox, SystemClock())
    application.router.add_post("/webhook/kie/{token}", kie_webhook(parts.kie, forgeries))
    if parts.telegram_secret is not None:
        handler = telegram_webhook(parts.intake, parts.telegram_secret, forgeries)
        application.router.add_post("/webhook/telegram", handler)
    application.on_response_prepare.append(_without_names)
    return application


def _measuring(meters: Meters) -> Middleware:
    """Counts every answer under its route's pattern: a path could carry a token."""

    @web.middleware
    async def measure(request: web.Request, handler: Handler) -> web.StreamResponse:
        begun = time.perf_counter()
        answer = await handler(request)
        meters.answered(_route(request), answer.status, time.perf_counter() - begun)
        return answer

    return measure


async def _without_names(_request: web.Request, response: web.StreamResponse) -> None:
    """What serves here, and of which release, is nobody's business."""
    response.headers.popall("Server", None)


def _route(request: web.Request) -> str:
    """The address without what it carries: tokens and links."""
    resource = request.match_info.route.resource
    return NO_ROUTE if resource is None else resource.canonical


@web.middleware
async def _answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what a request may meet into an answer that tells nothing of the inside."""
    try:
        return await handler(request)
    except MalformedEventError:
        return web.json_response({"error": "malformed"}, status=400)
    except NOT_NOW as error:
        log.warning("not now", extra={"route": _route(request), "reason": type(error).__name__})
        return web.json_response({"error": "try again"}, status=503, headers=RETRY_AFTER)
    except web.HTTPException as error:
        return web.json_response({"error": error.reason.lower()}, status=error.status)
    except Exception:
        log.exception("a request failed")
        return web.json_response({"error": "internal"}, status=500)
