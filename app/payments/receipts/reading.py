"""The job `receipt.read`: fetches a receipt's file, looks whether it came before, and lets operators decide."""

import logging
from datetime import timedelta

from app.clock import Clock
from app.db import Database, Epoch
from app.jobs import JobQueue
from app.payments.receipts import repository
from app.payments.receipts.errors import ReceiptGoneError
from app.payments.receipts.fingerprint import fingerprint_of
from app.payments.receipts.ports import ReceiptSource
from app.payments.receipts.receipt import Fingerprint, Receipt
from app.payments.receipts.states import ReceiptState

logger = logging.getLogger(__name__)

ANNOUNCE = "receipt.announce"
"""The job that tells operators of a receipt; its function is the staff's."""

ESCALATE = "receipt.escalate"

READ_WITHIN = timedelta(minutes=10)
"""After so long a receipt goes to the operators even if its file could not be had."""

ANSWER_WITHIN = timedelta(hours=1)
"""After so long without a decision operators are told again, and owners with them."""

PRESS_EVERY = timedelta(hours=6)


class ReceiptReader:
    """Reads each file once; a receipt that cannot be read is decided about with that said."""

    def __init__(self, database: Database, source: ReceiptSource, queue: JobQueue, clock: Clock) -> None:
        self._database = database
        self._source = source
        self._queue = queue
        self._clock = clock

    async def read(self, epoch: Epoch, receipt_id: int) -> None:
        """Once, however often it runs; what the source raises but ReceiptGoneError is for another try."""
        async with self._database.snapshot() as session:
            receipt = await repository.find(session, receipt_id)
        if receipt is None or receipt.state is not ReceiptState.RECEIVED:
            return
        await self._let_decide(epoch, receipt_id, await self._fingerprint(receipt))

    async def escalate(self, epoch: Epoch, _moment: int) -> None:
        """By the clock: what could not be read goes on, what nobody answers is pressed for (P50)."""
        now = self._clock.now()
        async with self._database.snapshot() as session:
            unread = await repository.list_unread(session, now - READ_WITHIN)
        for receipt_id in unread:
            logger.warning("a receipt could not be read", extra={"receipt_id": receipt_id})
            await self._let_decide(epoch, receipt_id, None)
        async with self._database.unit_of_work(epoch) as session:
            late = await repository.escalate(session, now - ANSWER_WITHIN, now - PRESS_EVERY, now)
            for receipt_id in late:
                await self._queue.enqueue(session, ANNOUNCE, receipt_id)
        if late:
            logger.warning("receipts wait for an operator", extra={"receipts": len(late)})

    async def _fingerprint(self, receipt: Receipt) -> Fingerprint | None:
        try:
            content = await self._source.fetch(receipt.file)
        except ReceiptGoneError:
            logger.warning("the file of a receipt is gone", extra={"receipt_id": receipt.id})
            return None
        return await fingerprint_of(content)

    async def _let_decide(self, epoch: Epoch, receipt_id: int, known_by: Fingerprint | None) -> None:
        async with self._database.unit_of_work(epoch) as session:
            await repository.lock_fingerprints(session)
            receipt = await repository.lock(session, receipt_id)
            if receipt is None or receipt.state is not ReceiptState.RECEIVED:
                return
            twin = None if known_by is None else await repository.find_twin(session, receipt_id, known_by)
            await repository.mark_read(session, receipt_id, known_by, twin, self._clock.now())
            await self._queue.enqueue(session, ANNOUNCE, receipt_id)
