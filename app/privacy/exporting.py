"""The file with everything that is kept of a person."""

import json
import logging

from app.admin import Action, record_own_act
from app.db import Database, Epoch, ReadSession
from app.privacy import repository
from app.privacy.ports import PrivacyNews
from app.privacy.rules import PERSONAL
from app.users import Presence, UserService

logger = logging.getLogger(__name__)

ABOUT = {
    "amounts": "kopecks, where a name ends in _kopecks and in the sections balance, statement and entries",
    "times": "ISO 8601 with the offset from UTC",
}


async def document(session: ReadSession, user_id: int) -> bytes:
    """One JSON object in UTF-8: a section for each table that knows the person."""
    sections: dict[str, object] = {"about": ABOUT}
    for rule in PERSONAL:
        if rule.section:
            sections[rule.section] = json.loads(await repository.give_out(session, rule, user_id))
    return json.dumps(sections, ensure_ascii=False, indent=1).encode()


class Exporter:
    """The job `privacy.export`."""

    def __init__(self, database: Database, users: UserService, news: PrivacyNews) -> None:
        self._database = database
        self._users = users
        self._news = news

    async def export(self, epoch: Epoch, export_id: int) -> None:
        """Sends it; a crash between that and its mark sends a second copy. Raises TryLaterError, AmbiguousError."""
        async with self._database.snapshot() as session:
            wish = await repository.find_export(session, export_id)
            if wish is None or wish.sent:
                return
            user = await self._users.get(session, wish.user_id)
            if user.presence is Presence.GONE:
                return
            content = await document(session, user.id)
        await self._news.exported(user, f"data-{user.id}.json", content)
        async with self._database.unit_of_work(epoch) as session:
            if await repository.mark_sent(session, export_id):
                facts = {"bytes": str(len(content))}
                await record_own_act(session, user.id, Action.DATA_EXPORTED, f"export:{export_id}", facts)
        logger.info("a person's data were given out", extra={"user_id": user.id, "bytes": len(content)})
