"""Changes of the rates: roubles for a dollar, markup, roubles for a Star, roubles for an improved text."""

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum

from app.admin.entities import Action
from app.admin.office import Office
from app.admin.roles import Right
from app.inbox import Step
from app.money import ceil_to_kopeck
from app.offers import Rates, RatesInForce


class Rate(StrEnum):
    """The four numbers, by their names in `Rates`."""

    USD_RUB = "usd_rub"
    MARKUP = "markup"
    STAR_RUB = "star_rub"
    IMPROVEMENT = "improvement"


class RatesDesk:
    """Each change is in force with its commit; what was frozen before (quotes, orders) stays as it is."""

    def __init__(self, office: Office, in_force: RatesInForce) -> None:
        self._office = office
        self._in_force = in_force

    async def change(self, step: Step, actor_id: int, rate: Rate, value: Decimal, reason: str) -> Rates:
        """The rates from now on; raises NotAllowedError, InvalidRatesError."""
        async with self._office.act(step, actor_id, Right.RATES) as act:
            before = await self._in_force.lock(act.session)
            if not act.is_new:
                return before
            after = changed(before, rate, value)
            await self._in_force.put(act.session, after)
            facts = {"before": str(value_of(before, rate)), "after": str(value)}
            await act.record(Action.RATES_CHANGED, f"rate:{rate.value}", reason, facts)
            return after


def value_of(rates: Rates, rate: Rate) -> Decimal:
    """The number of this name, money in roubles."""
    match rate:
        case Rate.USD_RUB:
            return rates.usd_rub
        case Rate.MARKUP:
            return rates.markup
        case Rate.STAR_RUB:
            return rates.star_rub
        case Rate.IMPROVEMENT:
            return Decimal(rates.improvement) / 100


def changed(rates: Rates, rate: Rate, value: Decimal) -> Rates:
    """The rates with another number of this name; raises InvalidRatesError."""
    match rate:
        case Rate.USD_RUB:
            return replace(rates, usd_rub=value)
        case Rate.MARKUP:
            return replace(rates, markup=value)
        case Rate.STAR_RUB:
            return replace(rates, star_rub=value)
        case Rate.IMPROVEMENT:
            return replace(rates, improvement=ceil_to_kopeck(value))
