"""Links that invite, and the bonus for it."""

import logging
import re
from secrets import choice

from app.db import Database, Epoch, ReadSession, Session
from app.inbox import Step, apply_once
from app.jobs import JobQueue
from app.ledger import Corrections, Ledger
from app.money import Kopecks
from app.payments.invitations import repository
from app.payments.invitations.entities import Invitation, InviterRecord
from app.payments.invitations.keys import back_key, bonus_key
from app.payments.invitations.telling import TELL_INVITER
from app.payments.order import Payment
from app.users import User, UserService

logger = logging.getLogger(__name__)

LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789"
CODE = re.compile(r"[a-z0-9]{12}")
CODE_LENGTH = 12
"""62 random bits: nobody finds a link by trying."""


class Invitations:
    """`bonus` in kopecks is what the inviter gets for a first payment now; 0 promises and gives nothing.

    `reward` and `forfeit` are steps of the unit that books the payment or its going back, before its own money moves.
    """

    def __init__(
        self,
        database: Database,
        users: UserService,
        ledger: Ledger,
        corrections: Corrections,
        queue: JobQueue,
        *,
        bonus: Kopecks,
    ) -> None:
        self._database = database
        self._users = users
        self._ledger = ledger
        self._corrections = corrections
        self._queue = queue
        self._bonus = bonus

    async def code_of(self, epoch: Epoch, user_id: int) -> str:
        """What stands in the person's link: twelve letters and digits, the same for ever."""
        async with self._database.snapshot() as session:
            code = await repository.code_of(session, user_id)
        return code or await self._new_code(epoch, user_id)

    async def record_of(self, user_id: int) -> InviterRecord:
        """What the person's link has brought."""
        async with self._database.snapshot() as session:
            return await repository.record_of(session, user_id)

    async def accept(self, step: Step, user: User, code: str) -> bool:
        """The person came by this code's link; False, and nothing is remembered, where that makes no invitation."""
        if not CODE.fullmatch(code) or not _is_newcomer(user):
            return False
        async with self._database.unit_of_work(step.epoch) as session:
            inviter = await repository.owner_of(session, code)
            if inviter is None or inviter == user.id or not await self._may_invite(session, inviter):
                return False
            if not await apply_once(session, step):
                return False
            is_invited = await repository.put_invitation(session, invited=user.id, inviter=inviter)
        if is_invited:
            logger.info("a person was invited", extra={"user_id": user.id, "inviter_id": inviter})
        return is_invited

    async def reward(self, session: Session, payment: Payment) -> None:
        """The inviter's bonus where it is the payer's first payment; then both people's money is locked."""
        if payment.user_id is None:
            return
        invitation = await repository.lock_unpaid(session, payment.user_id)
        if invitation is None:
            return
        bonus = Kopecks(0)
        if await self._may_invite(session, invitation.inviter):
            # No more than was paid: whoever plays their own friend gains nothing by many payments of one Star.
            bonus = min(self._bonus, payment.booked)
        await repository.mark_paid(session, invitation.invited, payment.id, bonus)
        if bonus > 0:
            await self._lock(session, invitation)
            key = bonus_key(invitation.invited)
            await self._ledger.bonus(session, user_id=invitation.inviter, amount=bonus, key=key)
            await self._queue.enqueue(session, TELL_INVITER, invitation.invited)

    async def forfeit(self, session: Session, payment: Payment) -> None:
        """The payment goes back: so does what is left of the bonus that it brought, once."""
        invitation = await repository.mark_taken_back(session, payment.id)
        if invitation is None or not invitation.bonus:
            return
        await self._lock(session, invitation)
        await self._corrections.reverse_bonus(
            session,
            user_id=invitation.inviter,
            amount=invitation.bonus,
            key=back_key(invitation.invited),
            corrects=bonus_key(invitation.invited),
        )
        await self._queue.enqueue(session, TELL_INVITER, invitation.invited)

    async def _new_code(self, epoch: Epoch, user_id: int) -> str:
        """A key of its own keeps it single, so that no event's mark is spent for looking at a screen."""
        async with self._database.unit_of_work(epoch) as session:
            await repository.put_code(session, user_id, "".join(choice(LETTERS) for _ in range(CODE_LENGTH)))
            code = await repository.code_of(session, user_id)
        if code is None:
            raise LookupError("a code that was just stored is not there")
        return code

    async def _may_invite(self, session: ReadSession, inviter: int) -> bool:
        """Bots write nothing, so that no bot has a code."""
        return not (await self._users.get(session, inviter)).banned

    async def _lock(self, session: Session, invitation: Invitation) -> None:
        await self._ledger.lock(session, (invitation.invited, invitation.inviter))


def _is_newcomer(user: User) -> bool:
    """Whether this is the person's very first event: the one place that decides who can be invited (F59)."""
    return user.is_new
