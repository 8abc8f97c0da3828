"""Proving the books: on demand, and every night."""

import logging
from collections.abc import Sequence
from typing import Protocol

from app.books import repository
from app.books.rules import RULES
from app.db import Database, Epoch, ReadSession
from app.jobs import Periodic
from app.ledger import Finding, Ledger

logger = logging.getLogger(__name__)

BOOKS_AUDIT = Periodic("books.audit", "17 0 * * *")

SHOWN = 20
"""Findings that are logged one by one; the rest is a number."""


class BooksNews(Protocol):
    """Tells the operators that the books do not fit. Raises TryLaterError when nothing was sent."""

    async def books_broken(self, findings: Sequence[Finding]) -> None:
        """At least one."""
        ...


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
    """The job that proves the books while the city sleeps."""

    def __init__(self, database: Database, auditor: Auditor, news: BooksNews) -> None:
        self._database = database
        self._auditor = auditor
        self._news = news

    async def run(self, _epoch: Epoch, _moment: int) -> None:
        """The job `books.audit`: what it finds is an error line each and one message to the operators."""
        async with self._database.snapshot() as session:
            findings = await self._auditor.audit(session)
        if not findings:
            logger.info("the books are proven")
            return
        for finding in findings[:SHOWN]:
            extra = {"rule": finding.rule, "row": finding.row, "detail": finding.detail}
            logger.error("the books do not fit", extra=extra)
        logger.error("the audit found something", extra={"findings": len(findings)})
        await self._news.books_broken(findings)
