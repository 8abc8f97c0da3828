"""The jobs that bring the staff and the people the news."""

import logging

from app.admin import repository
from app.admin.ports import StaffNotices
from app.admin.receipts import ReceiptDesk
from app.admin.roles import Right
from app.admin.staff import Staff
from app.db import Database, Epoch, ReadSession
from app.payments import ReceiptState
from app.users import UnknownUserError, User, UserService

logger = logging.getLogger(__name__)


class Herald:
    """A job that is run again tells again: better twice than never."""

    def __init__(
        self,
        database: Database,
        staff: Staff,
        desk: ReceiptDesk,
        users: UserService,
        notices: StaffNotices,
    ) -> None:
        self._database = database
        self._staff = staff
        self._desk = desk
        self._users = users
        self._notices = notices

    async def announce(self, _epoch: Epoch, receipt_id: int) -> None:
        """The job `receipt.announce`: everybody who may decide hears of a receipt that waits."""
        card = await self._desk.card(receipt_id)
        if card.receipt.state not in (ReceiptState.WAITING, ReceiptState.SECONDED):
            return
        async with self._database.snapshot() as session:
            ids = await self._staff.with_right(session, Right.RECEIPTS)
            operators = [user for user_id in ids if (user := await self._known(session, user_id))]
        if not operators:
            logger.error("nobody can decide about a receipt", extra={"receipt_id": receipt_id})
        for operator in operators:
            await self._notices.receipt_waits(operator, card)

    async def tell(self, _epoch: Epoch, entry_id: int) -> None:
        """The job `admin.tell`: the person concerned hears what was done."""
        async with self._database.snapshot() as session:
            entry = await repository.find_action(session, entry_id)
            if entry is None or entry.user_id is None:
                return
            person = await self._users.get(session, entry.user_id)
        await self._notices.told(person, entry)

    async def _known(self, session: ReadSession, user_id: int) -> User | None:
        """None for an owner who has never written to the bot: Telegram would not let us write to them."""
        try:
            return await self._users.get(session, user_id)
        except UnknownUserError:
            return None
