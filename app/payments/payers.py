"""Who may make an order, who may pay one, and who gains by it."""

from datetime import datetime, timedelta

from app.db import ReadSession, Session
from app.payments.errors import TooManyOrdersError
from app.payments.invitations import Invitations
from app.payments.order import Order, Payment
from app.payments.repository import orders, subscriptions
from app.payments.rules import Payer
from app.users import ConsentService, Presence, UnknownUserError, UserService

ORDERS_AN_HOUR = 30
"""Orders of one person: every pack six times over. Each one is a row for ever and an invoice in the chat."""

_HOUR = timedelta(hours=1)


class Payers:
    """People as payments know them."""

    def __init__(self, users: UserService, consents: ConsentService, invitations: Invitations) -> None:
        self._users = users
        self._consents = consents
        self._invitations = invitations

    async def lock(self, session: Session, user_id: int) -> None:
        """Alone with the person's row from here on, so that what is counted stays so; raises UnknownUserError."""
        await self._users.lock(session, user_id)

    async def admit(self, session: Session, user_id: int, moment: datetime) -> None:
        """Under the lock: one more order may be made. Raises ConsentMissingError and TooManyOrdersError."""
        await self._consents.require(session, user_id)
        if await orders.has_made(session, user_id, ORDERS_AN_HOUR, since=moment - _HOUR):
            raise TooManyOrdersError(user_id, ORDERS_AN_HOUR)

    async def of(self, session: ReadSession, order: Order, moment: datetime) -> Payer:
        """What counts about the owner of an order at the pre-checkout; raises UnknownUserError."""
        running = await subscriptions.running(session, order.user_id, moment)
        user = await self._users.get(session, order.user_id)
        shut_out = user.banned or user.presence is not Presence.HERE
        return Payer(banned=shut_out, subscribed=running is not None)

    async def reward_inviter(self, session: Session, payment: Payment) -> None:
        """Before the payment's own money moves: see `Invitations.reward`."""
        await self._invitations.reward(session, payment)

    async def is_known(self, session: ReadSession, user_id: int) -> bool:
        """Whether such a person has ever written."""
        try:
            await self._users.get(session, user_id)
        except UnknownUserError:
            return False
        return True
