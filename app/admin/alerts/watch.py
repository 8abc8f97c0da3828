"""The job `admin.alerts`: looks every minute for what operators were not told of yet."""

import logging
from typing import Protocol

from app.admin.alerts import repository
from app.admin.alerts.entities import Alert, AlertKind
from app.db import Database, Epoch
from app.generation import TryLaterError
from app.jobs import Periodic

logger = logging.getLogger(__name__)

ALERTS = Periodic("admin.alerts", "* * * * *")


class StaffAlerts(Protocol):
    """Tells the operators what needs a hand."""

    async def alert(self, alert: Alert) -> None:
        """One message. Raises TryLaterError when nothing was sent; where that is not known it counts as sent."""
        ...


class AlertWatch:
    """One message a kind and look. What could not be sent is told with the next look."""

    def __init__(self, database: Database, alerts: StaffAlerts) -> None:
        self._database = database
        self._alerts = alerts

    async def look(self, epoch: Epoch, _moment: int) -> None:
        """Tells whatever is new."""
        for kind in AlertKind:
            async with self._database.unit_of_work(epoch) as session:
                causes = await repository.claim(session, kind)
            if causes:
                await self._tell(epoch, Alert(kind, causes))

    async def _tell(self, epoch: Epoch, alert: Alert) -> None:
        facts = {"kind": alert.kind.value, "causes": len(alert.causes)}
        try:
            await self._alerts.alert(alert)
        except TryLaterError:
            logger.warning("operators could not be alerted now", extra=facts)
            async with self._database.unit_of_work(epoch) as session:
                await repository.give_back(session, [it.key for it in alert.causes])
            return
        logger.info("operators were alerted", extra=facts)
