"""The file as it was made, uncompressed: asked for by a tap, sent by a job, since uploading may take minutes."""

import logging
from dataclasses import replace

from app.db import Database, Epoch, Session
from app.generation import repository
from app.generation.entities import StoredFile
from app.generation.errors import AmbiguousError, UnknownGenerationError, UnreachablePersonError
from app.generation.ports import Notifier
from app.generation.results.stored import as_json
from app.inbox import Step, apply_once
from app.jobs import JobQueue

logger = logging.getLogger(__name__)

ORIGINAL = "generation.original"
"""The name of the job."""


class Originals:
    """What a tap asks for."""

    def __init__(self, database: Database, queue: JobQueue) -> None:
        self._database = database
        self._queue = queue

    async def ask(self, step: Step, user_id: int, generation_id: int) -> bool:
        """Has the original files sent, once for one tap; False where there is no result.

        Raises UnknownGenerationError.
        """
        async with self._database.unit_of_work(step.epoch) as session:
            first_time = await apply_once(session, step)
            generation = await repository.find_own(session, user_id, generation_id)
            if generation is None:
                raise UnknownGenerationError(generation_id)
            if generation.results and first_time:
                await self._queue.enqueue(session, ORIGINAL, generation_id)
            return bool(generation.results)


class OriginalSender:
    """The job `generation.original`: sends every file of a result as a document."""

    def __init__(self, database: Database, notifier: Notifier) -> None:
        self._database = database
        self._notifier = notifier

    async def send(self, epoch: Epoch, generation_id: int) -> None:
        """Once; raises TryLaterError where nothing was sent, so that the engine comes again."""
        async with self._database.snapshot() as session:
            generation = await repository.find(session, generation_id)
        if generation is None:
            return
        try:
            delivery = await self._notifier.original(generation)
        except (UnreachablePersonError, AmbiguousError) as error:
            # Whoever still wants it taps again: a second copy of a large file is worse than none.
            logger.info(
                "an original was not sent",
                extra={"generation_id": generation_id, "reason": type(error).__name__},
            )
            return
        async with self._database.unit_of_work(epoch) as session:
            await _remember(session, generation_id, delivery.files)


async def _remember(session: Session, generation_id: int, sent: tuple[StoredFile, ...]) -> None:
    """What Telegram has as documents, beside whatever else came to be known meanwhile."""
    now = await repository.lock(session, generation_id)
    if now is None:
        return
    known = {file.path: file.original_file_id for file in sent}
    results = [replace(it, original_file_id=known.get(it.path) or it.original_file_id) for it in now.results]
    await repository.change(session, now, results=[as_json(file) for file in results])
