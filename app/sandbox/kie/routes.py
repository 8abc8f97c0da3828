"""Puts the stand-in together and hangs it into an aiohttp application."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from app.sandbox.kie.account import Account, Violations
from app.sandbox.kie.api import AccountApi, TaskApi, nothing_here
from app.sandbox.kie.callbacks import Courier
from app.sandbox.kie.catalogue import CatalogueApi
from app.sandbox.kie.changes import ModelChanges
from app.sandbox.kie.chat import ChatApi, spoken
from app.sandbox.kie.control import ControlApi
from app.sandbox.kie.engine import Engine
from app.sandbox.kie.envelope import Gate
from app.sandbox.kie.files import FileHost
from app.sandbox.kie.intake import Intake
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.library import PREFIX, Library
from app.sandbox.kie.schemas import CHAT, CREATE_TASK, ModelBook
from app.sandbox.kie.store import open_store
from app.sandbox.kie.studio import Studio
from app.sandbox.kie.tasks import TaskBook
from app.sandbox.kie.uploads import UploadApi

API = "/kie"
UPLOAD = "/kie-upload"
CONTROL = "/sandbox/kie"


async def add_kie_routes(
    app: web.Application, *, data: Path, key: str, public_url: str, hmac_key: str | None
) -> None:
    """Mounts the API under /kie, uploads under /kie-upload, files under /kie-files, knobs under /sandbox/kie.

    The state lies in the folder `data`, which is ours alone; the stand-in starts and ends with the application.
    `public_url` is this server's own address; with `hmac_key` None callbacks carry no signature.
    """
    parts = _assemble(data, public_url, hmac_key)
    gate = Gate(parts.knobs, key)
    _add_api(app, parts, gate)
    _add_uploads(app, parts, gate)
    _add_control(app, parts)
    app.router.add_get(
        PREFIX + "/{path:.+}", FileHost(library=parts.library, tasks=parts.tasks, studio=parts.studio).get
    )
    app.cleanup_ctx.append(parts.lifetime)
    app.on_shutdown.append(parts.let_go)


@dataclass(frozen=True)
class _Parts:
    store: sqlite3.Connection
    knobs: KnobBoard
    changes: ModelChanges
    models: ModelBook
    tasks: TaskBook
    account: Account
    violations: Violations
    library: Library
    studio: Studio
    courier: Courier
    engine: Engine
    task_api: TaskApi

    async def lifetime(self, app: web.Application) -> AsyncIterator[None]:
        """Takes up what a former process left; on the way out everything is already in the store."""
        del app
        await self.engine.open()
        yield
        await self.engine.close()
        self.studio.close()
        self.store.close()

    async def let_go(self, app: web.Application) -> None:
        """Ends requests that hang on purpose, so that the server can stop."""
        del app
        self.task_api.close()


def _assemble(folder: Path, public_url: str, hmac_key: str | None) -> _Parts:
    store = open_store(folder / "kie.sqlite3")
    knobs, changes = KnobBoard(store), ModelChanges(store)
    models, tasks, violations = ModelBook(changes), TaskBook(store), Violations(store)
    library = Library(store, knobs, folder=folder, public_url=public_url)
    account = Account(store)
    studio, courier = Studio(library, models, tasks), Courier(store, hmac_key)
    engine = Engine(store, tasks=tasks, models=models, library=library, courier=courier)
    intake = Intake(
        knobs=knobs, models=models, tasks=tasks, account=account, violations=violations, studio=studio
    )
    return _Parts(
        store=store,
        knobs=knobs,
        changes=changes,
        models=models,
        tasks=tasks,
        account=account,
        violations=violations,
        library=library,
        studio=studio,
        courier=courier,
        engine=engine,
        task_api=TaskApi(intake=intake, engine=engine, tasks=tasks, knobs=knobs),
    )


def _add_api(app: web.Application, parts: _Parts, gate: Gate) -> None:
    accounts, catalogue = AccountApi(parts.account, parts.library), CatalogueApi(parts.models, parts.knobs)
    chat = ChatApi(models=parts.models, account=parts.account, violations=parts.violations, knobs=parts.knobs)
    models = API + "/api/v1/models"
    router = app.router
    router.add_post(API + CHAT, gate.guard("chat", chat.complete, succeed=spoken))
    router.add_post(API + CREATE_TASK, gate.guard("create", parts.task_api.create))
    router.add_get(API + "/api/v1/jobs/recordInfo", gate.guard("read", parts.task_api.read))
    router.add_get(API + "/api/v1/chat/credit", gate.guard("credit", accounts.credit))
    router.add_post(API + "/api/v1/common/download-url", gate.guard("link", accounts.download_url))
    router.add_get(models, gate.guard("catalogue", catalogue.models))
    router.add_get(models + "/{model:.+}/schema", gate.guard("catalogue", catalogue.schema))
    router.add_get(models + "/{model:.+}/price", gate.guard("catalogue", catalogue.price))
    router.add_get(models + "/{model:.+}/success-rate", gate.guard("catalogue", catalogue.success_rate))
    router.add_route("*", API + "/{path:.*}", gate.guard("other", nothing_here))


def _add_uploads(app: web.Application, parts: _Parts, gate: Gate) -> None:
    uploads = UploadApi(parts.library)
    app.router.add_post(UPLOAD + "/api/file-base64-upload", gate.guard_upload(uploads.from_base64))
    app.router.add_post(UPLOAD + "/api/file-stream-upload", gate.guard_upload(uploads.from_stream))
    app.router.add_post(UPLOAD + "/api/file-url-upload", gate.guard_upload(uploads.from_url))
    app.router.add_route("*", UPLOAD + "/{path:.*}", gate.guard("other", nothing_here))


def _add_control(app: web.Application, parts: _Parts) -> None:
    control = ControlApi(
        knobs=parts.knobs,
        changes=parts.changes,
        tasks=parts.tasks,
        courier=parts.courier,
        account=parts.account,
        violations=parts.violations,
    )
    router = app.router
    router.add_get(CONTROL + "/knobs", control.show_knobs)
    router.add_post(CONTROL + "/knobs", control.set_knobs)
    router.add_delete(CONTROL + "/knobs", control.reset_knobs)
    router.add_get(CONTROL + "/models", control.show_models)
    router.add_post(CONTROL + "/models", control.change_model)
    router.add_delete(CONTROL + "/models", control.reset_models)
    router.add_get(CONTROL + "/tasks", control.show_tasks)
    router.add_get(CONTROL + "/violations", control.show_violations)
    router.add_get(CONTROL + "/credits", control.show_credits)
    router.add_post(CONTROL + "/credits", control.set_credits)
