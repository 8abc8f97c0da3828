"""Button Handlers: the real routers on the real database, of which nothing is left."""

from app.catalogue import CatalogueError
from app.db import Database
from app.db.schema import current_revision, head_revision
from app.errors import StorageUnavailableError
from app.main import load_content
from app.offers import ShowcaseError
from app.tools.buttons import Kind, open_stage, short_audit
from app.tools.smoke.verdicts import Verdict, failed, passed, skipped
from app.tools.system import System
from bot.texts import TextsError

SHOWN = 5
"""Findings that are named; `make audit-buttons` names all."""


async def check_buttons(system: System) -> Verdict:
    """The short walk of `make audit-buttons`."""
    if system.settings is None or system.database_url is None:
        return skipped("there is no database to rehearse on")
    try:
        content = load_content(system.settings)
        await _require_schema(system.database_url)
        async with open_stage(system.database_url, system.settings, content) as stage:
            report = await short_audit(stage)
    except (CatalogueError, ShowcaseError, TextsError):
        return failed("not walked: the bot's content does not load")
    except StorageUnavailableError as error:
        return failed(f"not walked: {error}")
    if report.findings:
        return failed(*map(str, report.findings[:SHOWN]), f"{len(report.findings)} findings in all")
    handlers = len(report.handlers) - report.count(Kind.FALLBACK)
    return passed(f"{report.buttons} buttons, {handlers} handlers, {len(report.promised)} of the contract")


async def _require_schema(url: str) -> None:
    """Raises StorageUnavailableError where the bot could not work anyway."""
    database = Database(url, application_name="smoke", max_connections=1)
    try:
        if await current_revision(database) != head_revision():
            raise StorageUnavailableError("the schema is not the one that this code needs")
    finally:
        await database.close()
