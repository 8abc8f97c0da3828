"""`make audit-buttons`: presses every button of the bot and says whether each has a handler.

Needs no secret and no service: it runs on a Postgres of its own, or where this install carries none on DATABASE_URL,
of which it leaves everything as it was. Exits with 1 when something is wrong, with 2 when there is no database.
"""

import sys
from pathlib import Path

if not __package__:  # started by its path: what lies beside it is not what `import` shall find first
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import asyncio
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from app.db.embedded import EmbeddedPostgres, MissingPostgresError
from app.db.migration import migrate
from app.launch import SANDBOX_DEFAULTS
from app.main import load_content
from app.settings import SettingsError, database_url, settings_of
from app.tools.buttons import Kind, Report, audit, open_stage

# Nothing of it has to survive a power cut.
FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}


def main() -> int:
    """Returns the exit code."""
    logging.getLogger().addHandler(logging.NullHandler())  # what handlers log is none of the report
    try:
        with _database() as url:
            report = asyncio.run(_audit(url))
    except SettingsError as error:
        print("\n".join(error.problems), file=sys.stderr)
        return 2
    for line in report_lines(report):
        print(line)
    return 1 if report.findings else 0


def report_lines(report: Report) -> Iterator[str]:
    """What is printed, the verdict last."""
    languages = ", ".join(report.languages)
    yield f"Buttons: {report.buttons}, {report.pressed} presses and messages in {languages}"
    exact, prefix, fallback = (report.count(kind) for kind in Kind)
    yield f"Handlers: {exact + prefix} (exact {exact}, prefix {prefix}); fallback {fallback}, not counted"
    yield f"Buttons of the contract: {len(report.promised)}"
    yield from (f"  {line}" for line in report.promised)
    if not report.findings:
        yield "✅ AUDIT PASSED - All buttons have handlers"
        return
    yield from (str(finding) for finding in report.findings)
    yield f"❌ AUDIT FAILED: {len(report.findings)} findings"


@contextmanager
def _database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="trt-audit-") as folder:
        Path(folder).chmod(0o711)  # the server's own account passes here
        postgres = EmbeddedPostgres(Path(folder), FAST)
        try:
            postgres.start()
        except MissingPostgresError:
            yield database_url()
            return
        try:
            migrate(postgres.url)
            yield postgres.url
        finally:
            postgres.stop()


async def _audit(url: str) -> Report:
    settings = settings_of({**SANDBOX_DEFAULTS, "TELEGRAM_BOT_TOKEN": "1:audit", "KIE_API_KEY": "audit"})
    async with open_stage(url, settings, load_content(settings)) as stage:
        return await audit(stage)


if __name__ == "__main__":
    sys.exit(main())
