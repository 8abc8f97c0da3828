"""The payment methods that the contract test runs. A new method adds its entry here and nothing else."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Protocol

from app.payments import (
    Arrival,
    BankAccount,
    BankProvider,
    Method,
    Order,
    PaymentProvider,
    StarsProvider,
    StarsTerms,
    Wish,
)
from app.payments.providers.stars import arrival_of
from tests.fakes.stars import FakeStars


class Outside(Protocol):
    """A method together with its outside: what people do there, and how it fails."""

    @property
    def provider(self) -> PaymentProvider: ...

    @property
    def wish(self) -> Wish:
        """What a person may order now."""
        ...

    def pays(self, order: Order, charge_id: str) -> Arrival:
        """Somebody has really paid the order; what the house will be told of it."""
        ...

    def went_back(self, charge_id: str) -> int:
        """How often the outside has really sent this charge back."""
        ...


class Remote(Outside, Protocol):
    """A method whose outside is a company: it can be away and it can refuse."""

    def go_away(self) -> None: ...

    def come_back(self) -> None: ...

    def lose_answers(self) -> None:
        """Does what it is asked and is not heard any more."""
        ...

    def refuse(self, reason: str | None) -> None:
        """Refuses refunds for good; None: not any more."""
        ...


class StarsOutside:
    """Telegram Stars."""

    def __init__(self) -> None:
        self._terms = StarsTerms(Decimal("1.235"))
        self._stars = FakeStars()

    @property
    def provider(self) -> PaymentProvider:
        return StarsProvider(self._stars, lambda: self._terms)

    @property
    def wish(self) -> Wish:
        return self._terms.wish(101)

    def pays(self, order: Order, charge_id: str) -> Arrival:
        return arrival_of(self._stars.pays(order, charge_id, datetime(2026, 11, 23, 12, tzinfo=UTC)))

    def went_back(self, charge_id: str) -> int:
        return self._stars.refunds.count(charge_id)

    def go_away(self) -> None:
        self._stars.is_away = True

    def come_back(self) -> None:
        self._stars.is_away = self._stars.answers_are_lost = False

    def lose_answers(self) -> None:
        self._stars.answers_are_lost = True

    def refuse(self, reason: str | None) -> None:
        self._stars.refusal = reason


class BankOutside:
    """Bank transfer: nobody but an operator sees what comes in, and sends it back by hand."""

    def __init__(self) -> None:
        self._provider = BankProvider(BankAccount("Bank", "0000", "HOLDER", "+7000"))

    @property
    def provider(self) -> PaymentProvider:
        return self._provider

    @property
    def wish(self) -> Wish:
        terms = self._provider.terms
        assert terms is not None
        return terms.wish(50_000)

    def pays(self, order: Order, charge_id: str) -> Arrival:
        """As an approved receipt tells it."""
        return Arrival(Method.BANK, charge_id, order.user_id, "RUB", order.amount, order.payload)

    def went_back(self, charge_id: str) -> int:
        """Once, by hand, before the refund was asked for."""
        return 1


REMOTE_METHODS: Mapping[str, Callable[[], Remote]] = {"stars": StarsOutside}
METHODS: Mapping[str, Callable[[], Outside]] = {**REMOTE_METHODS, "bank": BankOutside}
