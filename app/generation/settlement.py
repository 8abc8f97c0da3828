"""Where a generation's moves meet the money: each method is one move and its transfer, in the caller's unit."""

import logging
from decimal import Decimal

from app.db import Session
from app.generation import repository
from app.generation.entities import Generation, StoredFile
from app.generation.errors import NotRefundableError
from app.generation.fewer import fewer
from app.generation.guards import FreeTier
from app.generation.keys import fewer_key, hold_key, refund_key, resolution_key
from app.generation.results.stored import as_json
from app.generation.states import MOVES, RESTORABLE, FailureClass, State
from app.generation.wakeups import Wakeups
from app.ledger import Corrections, Explanation, HouseAccount, Ledger, payments_account
from app.money import Credits, rouble_cost

logger = logging.getLogger(__name__)

_COST_KEYS = {HouseAccount.LOSSES: "loss", HouseAccount.PROMO: "free"}
"""What the keys of our own costs begin with, by the account that bears them."""


class Settlement:
    """Hold, capture, release: each generation has one hold, and each hold one resolution.

    What was sold and never came is given back from the capture, in its very unit and under a key of its own.

    A free generation moves no money of the person: it takes a free use, and what it cost us is booked to `promo`
    when it is captured. Methods return None when somebody else was quicker;
    then nothing was moved, neither the generation nor the money.
    """

    def __init__(self, ledger: Ledger, corrections: Corrections, wakeups: Wakeups, free: FreeTier) -> None:
        self._ledger = ledger
        self._corrections = corrections
        self._wakeups = wakeups
        self._free = free

    async def hold(self, session: Session, generation: Generation) -> None:
        """Sets the price aside, or takes a free use, and queues the start; raises what `Ledger.hold` raises."""
        if generation.is_free:
            await self._free.use(session, generation.id, generation.user_id)
        else:
            await self._ledger.hold(
                session, user_id=generation.user_id, amount=generation.price, key=hold_key(generation.id)
            )
        await self._wakeups.wake(session, generation)

    async def capture(
        self, session: Session, generation: Generation, files: tuple[StoredFile, ...], cost: Decimal | None
    ) -> Generation | None:
        """Our copy is all there will be: takes the price but for what is missing, and queues the delivery."""
        few = fewer(generation.price, sold=generation.sold, arrived=len(files))
        moved = await repository.move(
            session,
            generation,
            State.CAPTURED,
            next_check_at=repository.NOW,
            failures=0,
            results=[as_json(file) for file in files],
            missing=few.missing,
            returned_kopecks=few.returned,
            cost_credits=cost,
        )
        if moved is None:
            return None
        if moved.is_free:
            await self._book_cost(session, moved, HouseAccount.PROMO, cost or moved.credits)
        else:
            await self._take(session, moved)
        await self._wakeups.wake(session, moved)
        return moved

    async def fail(
        self,
        session: Session,
        generation: Generation,
        failure: FailureClass,
        *,
        detail: str | None = None,
        cost: Decimal | None = None,
    ) -> Generation | None:
        """Gives the price back and queues the news of it."""
        moved = await repository.move(
            session,
            generation,
            State.FAILED,
            next_check_at=repository.NOW,
            failure=failure,
            failure_detail=detail,
            cost_credits=cost,
        )
        if moved is None:
            return None
        if moved.is_free:
            await self._free.fail(session, moved.id, moved.user_id, failure)
        else:
            await self._release(session, moved)
        if failure is FailureClass.LOST:
            # Whether KIE took the task is unknown; the books assume that it did.
            await self._book_cost(session, moved, HouseAccount.LOSSES, moved.credits)
        await self._wakeups.wake(session, moved)
        logger.warning(
            "generation failed",
            extra={"generation_id": moved.id, "failure": failure.value, "task_id": moved.task_id},
        )
        return moved

    async def cancel(self, session: Session, generation: Generation) -> Generation | None:
        """Gives the price back before the provider was asked."""
        moved = await repository.move(session, generation, State.CANCELLED, next_check_at=None)
        if moved is not None and moved.is_free:
            await self._free.cancel(session, moved.id)
        elif moved is not None:
            await self._release(session, moved)
        return moved

    async def refund(self, session: Session, generation: Generation) -> Generation:
        """An operator gives back what was taken for a result; raises NotRefundableError."""
        if generation.paid == 0 or State.REFUNDED not in MOVES[generation.state]:
            raise NotRefundableError(generation.id, generation.state)
        moved = await repository.move(session, generation, State.REFUNDED, next_check_at=None)
        if moved is None:
            raise NotRefundableError(generation.id, generation.state)
        await self._ledger.refund(session, capture_key=resolution_key(moved.id), key=refund_key(moved.id))
        return moved

    async def late(
        self, session: Session, generation: Generation, files: tuple[StoredFile, ...], cost: Decimal | None
    ) -> Generation | None:
        """A success after the money went back: delivered free, what it cost us is our loss."""
        moved = await repository.move(
            session,
            generation,
            State.LATE,
            next_check_at=repository.NOW,
            failures=0,
            results=[as_json(file) for file in files],
            cost_credits=cost,
        )
        if moved is not None:
            if moved.failure is not FailureClass.LOST:
                await self._book_cost(session, moved, HouseAccount.LOSSES, cost or moved.credits)
            await self._wakeups.wake(session, moved)
            logger.error(
                "late success is delivered free", extra={"generation_id": moved.id, "cost_credits": str(cost)}
            )
        return moved

    async def seek(self, session: Session, generation: Generation) -> bool:
        """A paid result whose files are gone is sought again; no money moves. False when it cannot be sought."""
        if generation.state not in RESTORABLE or generation.task_id is None:
            return False
        if generation.next_check_at is None:
            await self._wakeups.wake(session, await repository.make_due(session, generation))
        return True

    async def _book_cost(
        self, session: Session, generation: Generation, bearer: HouseAccount, credits_: Decimal
    ) -> None:
        """What KIE took (or, unknown, what the quote said it would take) and nobody pays for."""
        await self._corrections.book(
            session,
            debit=bearer,
            credit=payments_account("kie"),
            amount=rouble_cost(Credits(credits_), generation.usd_rub),
            key=f"{_COST_KEYS[bearer]}:{generation.id}",
            why=Explanation(actor="generation", reason=str(generation.failure or "free")),
        )

    async def _take(self, session: Session, captured: Generation) -> None:
        await self._ledger.capture(session, hold_key=hold_key(captured.id), key=resolution_key(captured.id))
        if captured.returned == 0:
            return
        await self._ledger.refund(
            session,
            capture_key=resolution_key(captured.id),
            key=fewer_key(captured.id),
            amount=captured.returned,
        )
        logger.warning(
            "fewer results than sold",
            extra={"generation_id": captured.id, "missing": captured.missing, "sold": captured.sold},
        )

    async def _release(self, session: Session, generation: Generation) -> None:
        await self._ledger.release(
            session, hold_key=hold_key(generation.id), key=resolution_key(generation.id)
        )
