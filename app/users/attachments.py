"""Files that people sent before they said what to do with them."""

from app.db import Database, Epoch
from app.users import repository
from app.users.attachment import Attachment


class AttachmentService:
    """Keeps them for some days, message by message, so that an album is whole however its messages came in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, epoch: Epoch, chat_id: int, user_id: int, attachment: Attachment) -> None:
        """Stores a message once, however often its event is handled; forgets what is older than a week."""
        async with self._database.unit_of_work(epoch) as session:
            await repository.forget_old_attachments(session, user_id)
            await repository.insert_attachment(session, chat_id, user_id, attachment)

    async def album(self, chat_id: int, user_id: int, message_id: int) -> tuple[Attachment, ...]:
        """The message and all others of its album so far, in the order of the chat; empty when it is forgotten."""
        async with self._database.snapshot() as session:
            return await repository.find_album(session, chat_id, user_id, message_id)
