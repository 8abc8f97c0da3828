"""Copies of results are kept for a time; then Telegram's are what is left."""

import asyncio
import logging
import time
from pathlib import Path

from app.db import Epoch
from app.files import FileStore
from app.generation.results.fetching import RESULTS
from app.jobs import Periodic

logger = logging.getLogger(__name__)

PRUNING = Periodic("files.prune", "41 1 * * *")

STEP = 500
"""Files deleted at a time, so that others come in between."""

LEFT_SECONDS = 24 * 3600.0
"""A file on its way is done, or was left by a crash, long before."""


class Pruner:
    """The job `files.prune`: deletes copies older than `days`, and what crashes left in the folders of passage."""

    def __init__(self, files: FileStore, passages: tuple[Path, ...], *, days: int) -> None:
        self._files = files
        self._passages = passages
        self._days = days

    async def prune(self, _epoch: Epoch, _moment: int) -> None:
        """Goes on until nothing old is left; raises FilesUnavailableError, and comes again."""
        pruned = 0
        while step := await self._files.delete_older(RESULTS, seconds=self._days * 86_400.0, limit=STEP):
            pruned += step
        left = [await asyncio.to_thread(_sweep, passage) for passage in self._passages]
        logger.info("old copies are deleted", extra={"count": pruned, "left_by_crashes": sum(left)})


def _sweep(folder: Path) -> int:
    before = time.time() - LEFT_SECONDS
    old = [it for it in folder.glob("*") if it.is_file() and it.stat().st_mtime < before]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
