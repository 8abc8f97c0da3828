"""Tells inviters what their friends' payments brought."""

from app.db import Database, Epoch
from app.payments.invitations import repository
from app.payments.ports import PaymentNews
from app.users import UserService

TELL_INVITER = "payments.tell_inviter"
"""The job; its subject is the id of whoever was invited."""


class InviterTeller:
    """The job behind a bonus that came or went back; run twice, it tells twice at worst."""

    def __init__(self, database: Database, users: UserService, news: PaymentNews) -> None:
        self._database = database
        self._users = users
        self._news = news

    async def tell(self, _epoch: Epoch, invited: int) -> None:
        """Says how the bonus stands now."""
        async with self._database.snapshot() as session:
            invitation = await repository.find(session, invited)
            if invitation is None or not invitation.bonus:
                return
            inviter = await self._users.get(session, invitation.inviter)
        if invitation.taken_back:
            await self._news.referral_taken_back(invitation.bonus, inviter)
        else:
            await self._news.referral_earned(invitation.bonus, inviter)
