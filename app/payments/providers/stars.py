"""Telegram Stars."""

from collections.abc import Callable, Sequence

from app.money import Stars
from app.payments.order import Arrival, Order, Payment
from app.payments.ports import Invoice, PaymentRequest, PayPage, StarsApi, StarsBill, StarsMovement, Wording
from app.payments.states import Method
from app.payments.terms import STARS_CURRENCY, StarsTerms

PAGE = 100
"""As many lines as Telegram gives at once."""


class StarsProvider:
    """`PaymentProvider` of the method STARS. Telegram tells of a payment itself; its list is read for lost ones."""

    def __init__(self, api: StarsApi, terms: Callable[[], StarsTerms]) -> None:
        self._api = api
        self._terms = terms

    @property
    def method(self) -> Method:
        """Stars."""
        return Method.STARS

    @property
    def terms(self) -> StarsTerms:
        """Always offered: Telegram needs no settings for it."""
        return self._terms()

    async def request(self, order: Order, wording: Wording) -> PaymentRequest:
        """An invoice for the chat; for a subscription a link, the only way that Telegram has for one."""
        if order.period is None:
            return Invoice(order, wording)
        bill = StarsBill(wording, order.payload, Stars(order.amount), order.period)
        return PayPage(await self._api.link(bill))

    async def arrivals(self, order: Order) -> Sequence[Arrival]:
        """Walks the whole list: for the rare question about one order. Reconciliation walks it once for all."""
        found: list[Arrival] = []
        offset = 0
        while True:
            page = await self._api.movements(offset, PAGE)
            own = (it for it in page.movements if not it.goes_back and it.payload == order.payload)
            found += [arrival_of(movement) for movement in own]
            offset += page.read
            if page.read < PAGE:
                return tuple(found)

    async def refund(self, payment: Payment) -> None:
        """The whole charge: Telegram takes no amount."""
        await self._api.refund(payment.user_id or 0, payment.charge_id)


def arrival_of(movement: StarsMovement) -> Arrival:
    """A line of Telegram's list that brought money."""
    return Arrival(
        method=Method.STARS,
        charge_id=movement.charge_id,
        payer=movement.user_id,
        currency=STARS_CURRENCY,
        amount=movement.amount,
        payload=movement.payload,
        paid_until=None if movement.period is None else movement.moment + movement.period,
    )
