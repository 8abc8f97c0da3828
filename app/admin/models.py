"""Models that are off sale, as the staff sees them, and their way back."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.admin.entities import Action
from app.admin.errors import StillLosingError
from app.admin.office import Office
from app.admin.roles import Right
from app.catalogue import Catalogue, ModelSpec, UnknownModelError
from app.db import Database, Session
from app.generation.market import MARKET_LIST, losses, read_rows
from app.inbox import Step
from app.money import Kopecks, rouble_cost
from app.offers import Rates, RatesInForce, Suspension, Suspensions


@dataclass(frozen=True, slots=True)
class OffSaleModel:
    """A model off sale, with what its dearest row is sold for and costs at the rates of now, per unit of the row.

    Both are None where the model is gone at the provider.
    """

    suspension: Suspension
    price: Kopecks | None
    cost: Kopecks | None


class ModelsDesk:
    """Each act checks the right, is done once per event, and is logged in the same unit."""

    def __init__(
        self, database: Database, office: Office, catalogue: Catalogue, in_force: RatesInForce
    ) -> None:
        self._database = database
        self._office = office
        self._catalogue = catalogue
        self._in_force = in_force
        self._suspensions = Suspensions()

    async def off_sale(self) -> Sequence[OffSaleModel]:
        """The newest first."""
        async with self._database.snapshot() as session:
            rates = await self._in_force.read(session)
            return [self._shown(it, rates) for it in await self._suspensions.now(session)]

    async def put_back(self, step: Step, actor_id: int, suspension_id: int) -> bool:
        """Sells it again; False where it is sold already. Raises NotAllowedError, StillLosingError.

        The price is asked of our files and of the rates in force now, the cost of what the provider said last.
        """
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            found = await self._find(act.session, suspension_id)
            if found is None or not act.is_new:
                return False
            await self._refuse_loss(act.session, found)
            await self._suspensions.end(act.session, found.model_key, by_staff=True)
            reason = "gone no longer" if found.change is None else "its price covers its cost"
            await act.record(Action.MODEL_PUT_BACK, f"model:{found.model_key}", reason)
            return True

    async def look_now(self, step: Step, actor_id: int) -> None:
        """Has the provider's list looked at as soon as the worker gets to it; raises NotAllowedError."""
        async with self._office.act(step, actor_id, Right.MONEY) as act:
            if act.is_new:
                await act.queue.enqueue(act.session, MARKET_LIST.job, 0)
                await act.record(Action.MARKET_LOOKED_AT, "market", "asked for a look")

    def _shown(self, it: Suspension, rates: Rates) -> OffSaleModel:
        spec = self._spec(it)
        if it.change is None:
            return OffSaleModel(it, None, None)
        own = rates if spec is None else rates.of(spec)
        return OffSaleModel(it, own.price(it.change.asked), rouble_cost(it.change.cost, rates.usd_rub))

    def _spec(self, it: Suspension) -> ModelSpec | None:
        """None: our files have the model no longer."""
        try:
            return self._catalogue.get(it.model_key)
        except UnknownModelError:
            return None

    async def _find(self, session: Session, suspension_id: int) -> Suspension | None:
        found = await self._suspensions.now(session)
        return next((it for it in found if it.id == suspension_id), None)

    async def _refuse_loss(self, session: Session, found: Suspension) -> None:
        spec = self._spec(found)
        if found.change is None or spec is None:
            return
        rates = await self._in_force.read(session)
        if losses(spec, read_rows(spec, found.change.said), rates):
            raise StillLosingError(found.model_key)
