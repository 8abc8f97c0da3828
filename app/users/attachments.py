"""Files that people sent before they said what to do with them."""

from app.db import Database, Epoch
from app.users import repository
from app.users.attachment import Attachment
from app.users.consents import ConsentService


class AttachmentService:
    """Keeps them, message by message, so that an album is whole however its messages came in.

    What is kept is Telegram's reference alone. It may wait here for its sender's consent, and is given out after it.
    For how long, `app.retention` says.
    """

    def __init__(self, database: Database, consents: ConsentService) -> None:
        self._database = database
        self._consents = consents

    async def keep(self, epoch: Epoch, chat_id: int, user_id: int, attachment: Attachment) -> int:
        """Stores a message once, however often its event is handled; how many of its album are there now."""
        async with self._database.unit_of_work(epoch) as session:
            await repository.insert_attachment(session, chat_id, user_id, attachment)
            return len(await repository.find_album(session, chat_id, user_id, attachment.message_id))

    async def album(self, chat_id: int, user_id: int, message_id: int) -> tuple[Attachment, ...]:
        """The message and all others of its album so far, in the order of the chat.

        Empty when it is forgotten, and without its sender's consent.
        """
        async with self._database.snapshot() as session:
            if not await self._consents.is_given(session, user_id):
                return ()
            return await repository.find_album(session, chat_id, user_id, message_id)
