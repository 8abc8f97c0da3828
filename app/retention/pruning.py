"""The nightly round that lets rows go."""

import logging
from collections.abc import Sequence

from app.db import Database, Epoch
from app.jobs import Periodic
from app.retention import repository
from app.retention.rules import RULES, Rule

logger = logging.getLogger(__name__)

RETENTION = Periodic("retention.prune", "27 1 * * *")

STEP = 1000
"""Rows in one unit of work: done within milliseconds."""


class Retention:
    """The job `retention.prune`."""

    def __init__(self, database: Database, *, step: int = STEP, rules: Sequence[Rule] = RULES) -> None:
        self._database = database
        self._step = step
        self._rules = rules

    async def prune(self, epoch: Epoch, _moment: int) -> None:
        """Each rule until nothing is left for it; again is harmless."""
        for rule in self._rules:
            gone = 0
            while step := await self._delete(epoch, rule):
                gone += step
            logger.info("rows past their time are deleted", extra={"table": rule.table, "count": gone})

    async def _delete(self, epoch: Epoch, rule: Rule) -> int:
        async with self._database.unit_of_work(epoch) as session:
            return await repository.delete_step(session, rule, most=self._step)
