"""The life of an order as a table."""

import pytest

from app.payments import OrderEvent, OrderState
from app.payments.states import after

OPEN, CLAIMED, PAID, REFUSED, EXPIRED, REFUNDED = OrderState

TABLE = {
    #          claim    pay       refuse   expire   refund
    OPEN: (CLAIMED, PAID, REFUSED, EXPIRED, OPEN),
    CLAIMED: (CLAIMED, PAID, REFUSED, CLAIMED, CLAIMED),
    PAID: (PAID, PAID, PAID, PAID, REFUNDED),
    REFUSED: (CLAIMED, PAID, REFUSED, REFUSED, REFUSED),
    EXPIRED: (CLAIMED, PAID, EXPIRED, EXPIRED, EXPIRED),
    REFUNDED: (REFUNDED, REFUNDED, REFUNDED, REFUNDED, REFUNDED),
}


@pytest.mark.parametrize("state", OrderState)
def test_each_event_leads_from_each_state_where_the_table_says(state: OrderState) -> None:
    assert tuple(after(state, event) for event in OrderEvent) == TABLE[state]
