"""Rates in force without a database of their own: for what asks nothing of them but the price."""

from app.db import Database
from app.offers import Rates, RatesInForce


def rates_in_force(rates: Rates) -> RatesInForce:
    """These rates, until a unit of work or a snapshot reads others."""
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none", application_name="x", max_connections=1)
    return RatesInForce(nowhere, rates)
