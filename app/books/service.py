"""Proving the books: on demand, and every night."""

import logging

from app.books import repository
from app.books.rules import RULES
from app.books.runs import SHOWN, AuditRun, digest_of
from app.clock import Clock
from app.db import Database, Epoch, ReadSession
from app.jobs import Periodic
from app.ledger import Finding, Ledger

logger = logging.getLogger(__name__)

BOOKS_AUDIT = Periodic("books.audit", "17 0 * * *")


class Auditor:
    """Every rule of the ledger and every rule that joins it with the rest of the house."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def audit(self, session: ReadSession) -> list[Finding]:
        """Each broken rule with the row that breaks it; empty means proven. Reads everything: from a snapshot."""
        findings = await self._ledger.audit(session)
        for rule, query in RULES.items():
            found = await repository.broken_rows(session, query)
            findings += [Finding(rule, row, detail) for row, detail in found]
        return findings


class NightlyAudit:
    """The job that proves the books while the city sleeps. Who is told of what it found reads it off `AuditRuns`."""

    def __init__(self, database: Database, auditor: Auditor, clock: Clock) -> None:
        self._database = database
        self._auditor = auditor
        self._clock = clock

    async def run(self, epoch: Epoch, moment: int) -> None:
        """The job `books.audit`: what it finds is an error line each, and kept with the time and the number."""
        begun = self._clock.monotonic()
        async with self._database.snapshot() as session:
            findings = await self._auditor.audit(session)
        took_ms = int((self._clock.monotonic() - begun) * 1000)
        shown = tuple(findings[:SHOWN])
        run = AuditRun(moment, self._clock.now(), took_ms, len(findings), shown, digest_of(findings))
        async with self._database.unit_of_work(epoch) as session:
            await repository.put_run(session, run)
        _log(run)


class AuditRuns:
    """Reads what the nightly proof wrote."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def last(self) -> AuditRun | None:
        """The newest one; None before the first night."""
        async with self._database.snapshot() as session:
            return await repository.last_run(session)


def _log(run: AuditRun) -> None:
    facts = {"findings": run.findings, "took_ms": run.took_ms}
    if not run.findings:
        logger.info("the books are proven", extra=facts)
        return
    for finding in run.shown:
        extra = {"rule": finding.rule, "row": finding.row, "detail": finding.detail}
        logger.error("the books do not fit", extra=extra)
    logger.error("the audit found something", extra=facts)
