"""What takes models off sale and back."""

from collections.abc import Collection, Mapping, Sequence

from app.catalogue import ModelKey, ModelSpec
from app.db import ReadSession, Session
from app.offers.suspensions import repository
from app.offers.suspensions.entities import CostChange, Suspension


class Suspensions:
    """Each call works inside the caller's unit of work."""

    async def begin(self, session: Session, spec: ModelSpec, change: CostChange | None) -> bool:
        """Takes a model off sale; without a `change` it is gone. False: it is off sale already."""
        return await repository.insert(session, spec.key, spec.name, change)

    async def end(self, session: Session, model_key: ModelKey, *, by_staff: bool) -> bool:
        """It is sold again; False: it was not off sale."""
        return await repository.end(session, model_key, by_staff=by_staff)

    async def of(self, session: ReadSession, models: Collection[ModelKey]) -> Mapping[ModelKey, Suspension]:
        """Those of the models that are off sale."""
        return {it.model_key: it for it in await repository.current(session) if it.model_key in models}

    async def now(self, session: ReadSession) -> Sequence[Suspension]:
        """Everything that is off sale, the newest first."""
        return await repository.current(session)
