"""A paid result whose files are gone: fetched once more while the provider has them, else said so."""

import logging
from dataclasses import replace

from app.db import Epoch
from app.files import FilesUnavailableError
from app.generation import repository
from app.generation.desk import Desk
from app.generation.entities import Generation, StoredFile
from app.generation.errors import (
    AmbiguousError,
    ResultUnavailableError,
    TaskUnknownError,
    TryLaterError,
    UnreachablePersonError,
)
from app.generation.ports import GenerationProvider, Notifier
from app.generation.results.fetching import ResultStore
from app.generation.results.stored import as_json
from app.generation.states import RESTORABLE

logger = logging.getLogger(__name__)


class Restorer:
    """The job `generation.restore`: brings a result that was asked for and that neither we nor Telegram have.

    The state stays: the money was taken for a result that was there. Where it is gone for good the person hears
    it, and operators find an error in the log: they may refund.
    """

    def __init__(
        self, desk: Desk, provider: GenerationProvider, store: ResultStore, notifier: Notifier
    ) -> None:
        self._desk = desk
        self._provider = provider
        self._store = store
        self._notifier = notifier

    async def restore(self, epoch: Epoch, generation_id: int) -> None:
        """Looks at the provider once; does nothing for a generation that nobody asked for."""
        claimed = await self._desk.claim(epoch, generation_id, RESTORABLE, self._desk.timings.fetch_lease)
        if claimed is None:
            return
        async with self._desk.at_work(epoch, claimed):
            await self._restore(epoch, claimed)

    async def _restore(self, epoch: Epoch, claimed: Generation) -> None:
        try:
            files = await self._fetch(claimed)
            if files:
                await self._bring(epoch, claimed, files)
            else:
                await self._own_up(epoch, claimed)
        except TryLaterError as error:
            await self._desk.later(epoch, claimed, error.seconds)
        except (UnreachablePersonError, AmbiguousError):
            await self._desk.rest(epoch, claimed)  # whoever asks again is answered from our own copy

    async def _fetch(self, claimed: Generation) -> tuple[StoredFile, ...]:
        """Our own copy again; nothing when the provider has it no more. Raises TryLaterError."""
        try:
            report = await self._provider.read(claimed.task_id or "", claimed.model_id)
            return report.named((await self._store.fetch(claimed, report.result_urls)).files)
        except (TaskUnknownError, ResultUnavailableError):
            return ()
        except FilesUnavailableError as error:
            raise TryLaterError(self._desk.timings.storage_retry) from error

    async def _bring(self, epoch: Epoch, claimed: Generation, files: tuple[StoredFile, ...]) -> None:
        restored = replace(claimed, results=files)
        delivery = await self._notifier.deliver(restored)
        known = [as_json(file) for file in delivery.files]
        async with self._desk.database.unit_of_work(epoch) as session:
            await repository.change(session, claimed, next_check_at=None, results=known)

    async def _own_up(self, epoch: Epoch, claimed: Generation) -> None:
        logger.error("a paid result is gone for good", extra={"generation_id": claimed.id})
        await self._notifier.gone(claimed)
        await self._desk.rest(epoch, claimed)
