"""A random life of two people, step by step beside a model: balances agree and the audit finds nothing."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from app.db import Database, Epoch, Session
from app.ledger import Bucket, Corrections, Explanation, Hold, Ledger, LedgerError, payments_account
from app.money import Kopecks
from tests.integration.ledger.model import Books

STARS = payments_account("stars")
WHY = Explanation("admin:7", "asked in ticket 12")
PEOPLE = (1001, 1002)

person = st.sampled_from(PEOPLE)
amount = st.integers(1, 120).map(Kopecks)
plenty = st.integers(50, 500).map(Kopecks)
bucket = st.sampled_from([Bucket.CASH, Bucket.BONUS])
any_index = st.integers(0, 10_000)

ledger = Ledger()
corrections = Corrections()
Real = Callable[[Session], Awaitable[int | Hold]]


@dataclass(frozen=True)
class Call:
    """One call on both sides; the model goes first."""

    model: Callable[[], None]
    real: Real


class Life(RuleBasedStateMachine):
    """Each example is one transaction that is rolled back at its end."""

    def __init__(self, runner: asyncio.Runner, database: Database) -> None:
        super().__init__()
        self._runner = runner
        self._unit = database.unit_of_work(Epoch(1))
        self._session = runner.run(self._unit.__aenter__())
        self._books = Books()
        self._numbers = 0
        self._calls: list[tuple[Call, int | Hold]] = []
        self._variants: list[Call] = []

    def teardown(self) -> None:
        self._runner.run(self._end())

    @initialize(cash=plenty, bonus=amount)
    def begin_with_money(self, cash: Kopecks, bonus: Kopecks) -> None:
        for user_id in PEOPLE:
            self.credit(user_id, cash)
            self.bonus(user_id, bonus)

    @rule(user_id=person, amount=plenty)
    def credit(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()

        def call(amount: Kopecks) -> Call:
            return Call(
                lambda: self._books.credit(user_id, amount, STARS, key),
                lambda s: ledger.credit(s, user_id=user_id, amount=amount, source=STARS, key=key),
            )

        self._do(call(amount), call(Kopecks(amount + 1)))

    @rule(user_id=person, amount=amount)
    def bonus(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()
        self._do(
            Call(
                lambda: self._books.bonus(user_id, amount, key),
                lambda s: ledger.bonus(s, user_id=user_id, amount=amount, key=key),
            ),
            Call(
                lambda: self._books.hold(user_id, amount, key),
                lambda s: ledger.hold(s, user_id=user_id, amount=amount, key=key),
            ),
        )

    @rule(user_id=person, amount=amount)
    def hold(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()

        def call(amount: Kopecks) -> Call:
            return Call(
                lambda: self._books.hold(user_id, amount, key),
                lambda s: ledger.hold(s, user_id=user_id, amount=amount, key=key),
            )

        self._do(call(amount), call(Kopecks(amount + 100)))

    @rule(user_id=person, amount=amount)
    def hold_cash(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()
        self._do(
            Call(
                lambda: self._books.hold(user_id, amount, key, cash_only=True),
                lambda s: corrections.hold_cash(s, user_id=user_id, amount=amount, key=key),
            ),
            Call(
                lambda: self._books.hold(user_id, amount, key),
                lambda s: ledger.hold(s, user_id=user_id, amount=amount, key=key),
            ),
        )

    @precondition(lambda self: self._books.holds)
    @rule(index=any_index, to=st.sampled_from(["revenue", STARS]))
    def capture(self, index: int, to: str) -> None:
        hold_key, key = self._a_hold(index), self._key()

        def call(to: str) -> Call:
            return Call(
                lambda: self._books.capture(hold_key, key, to),
                lambda s: ledger.capture(s, hold_key=hold_key, key=key, to=to),
            )

        self._do(call(to), call("suspense"))

    @precondition(lambda self: self._books.holds)
    @rule(index=any_index)
    def release(self, index: int) -> None:
        hold_key, key = self._a_hold(index), self._key()
        self._do(
            Call(
                lambda: self._books.release(hold_key, key),
                lambda s: ledger.release(s, hold_key=hold_key, key=key),
            ),
            Call(
                lambda: self._books.capture(hold_key, key, "revenue"),
                lambda s: ledger.capture(s, hold_key=hold_key, key=key),
            ),
        )

    @precondition(lambda self: self._books.captures)
    @rule(index=any_index, amount=st.integers(1, 40).map(Kopecks))
    def refund(self, index: int, amount: Kopecks) -> None:
        capture_key, key = self._one_of(self._books.captures, index), self._key()

        def call(amount: Kopecks) -> Call:
            return Call(
                lambda: self._books.refund(capture_key, amount, key),
                lambda s: ledger.refund(s, capture_key=capture_key, amount=amount, key=key),
            )

        self._do(call(amount), call(Kopecks(amount + 1)))

    @rule(user_id=person, amount=plenty)
    def clawback(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()

        def call(to: str) -> Call:
            return Call(
                lambda: self._books.clawback(user_id, amount, to, key),
                lambda s: corrections.clawback(s, user_id=user_id, amount=amount, to=to, key=key),
            )

        self._do(call(STARS), call("suspense"))

    @rule(user_id=person, amount=amount)
    def reverse_bonus(self, user_id: int, amount: Kopecks) -> None:
        key = self._key()

        def call(amount: Kopecks) -> Call:
            return Call(
                lambda: self._books.reverse_bonus(user_id, amount, key),
                lambda s: corrections.reverse_bonus(s, user_id=user_id, amount=amount, key=key),
            )

        self._do(call(amount), call(Kopecks(amount + 1)))

    @rule(user_id=person, amount=amount, bucket=bucket)
    def correct(self, user_id: int, amount: Kopecks, bucket: Bucket) -> None:
        give, take, book = self._key(), self._key(), self._key()
        self._attempt_corrections(user_id, amount, bucket, give, take)
        self._do(
            Call(
                lambda: self._books.book("losses", "suspense", amount, book),
                lambda s: corrections.book(
                    s, debit="losses", credit="suspense", amount=amount, key=book, why=WHY
                ),
            ),
            Call(
                lambda: self._books.book("losses", "revenue", amount, book),
                lambda s: corrections.book(
                    s, debit="losses", credit="revenue", amount=amount, key=book, why=WHY
                ),
            ),
        )

    def _attempt_corrections(
        self, user_id: int, amount: Kopecks, bucket: Bucket, give: str, take: str
    ) -> None:
        def given(key: str) -> Call:
            return Call(
                lambda: self._books.give(user_id, amount, bucket, key),
                lambda s: corrections.give(
                    s, user_id=user_id, amount=amount, bucket=bucket, key=key, why=WHY
                ),
            )

        def taken(key: str) -> Call:
            return Call(
                lambda: self._books.take(user_id, amount, bucket, key),
                lambda s: corrections.take(
                    s, user_id=user_id, amount=amount, bucket=bucket, key=key, why=WHY
                ),
            )

        self._do(*((given(give), taken(give)) if amount % 2 else (taken(take), given(take))))

    @precondition(lambda self: self._calls)
    @rule(index=any_index)
    def replay(self, index: int) -> None:
        call, first = self._calls[index % len(self._calls)]
        assert self._attempt(call) == first

    @precondition(lambda self: self._variants)
    @rule(index=any_index)
    def replay_with_other_content(self, index: int) -> None:
        assert self._attempt(self._variants[index % len(self._variants)]) is None

    @invariant()
    def balances_agree_and_the_audit_finds_nothing(self) -> None:
        self._runner.run(self._compare())

    def _key(self) -> str:
        self._numbers += 1
        return f"key:{self._numbers}"

    def _a_hold(self, index: int) -> str:
        """Mostly an open one; now and then one that is resolved or never was."""
        still_open = [key for key, hold in self._books.holds.items() if hold.resolved is None]
        return self._one_of(
            still_open if still_open and index % 5 else ["no hold", *self._books.holds], index
        )

    @staticmethod
    def _one_of(keys: Iterable[str], index: int) -> str:
        several = list(keys)
        return several[index % len(several)]

    def _do(self, call: Call, variant: Call) -> None:
        result = self._attempt(call)
        if result is not None:
            self._calls.append((call, result))
            self._variants.append(variant)

    def _attempt(self, call: Call) -> int | Hold | None:
        """The real result, or None when both sides refused for the same reason with the same facts."""
        expected, result, refusal = "", None, ""
        try:
            call.model()
        except LedgerError as error:
            expected = repr(error)
        try:
            result = self._runner.run(_invoke(call.real, self._session))
        except LedgerError as error:
            refusal = repr(error)
        assert refusal == expected
        return result

    async def _compare(self) -> None:
        assert await ledger.audit(self._session) == []
        for user_id in PEOPLE:
            assert await ledger.balance(self._session, user_id) == self._books.wallets[user_id].balance()
        for account, total in self._books.house.items():
            assert await corrections.house_balance(self._session, account) == total

    async def _end(self) -> None:
        await self._session.rollback()
        await self._unit.__aexit__(None, None, None)


async def _invoke(real: Real, session: Session) -> int | Hold:
    return await real(session)


@pytest.mark.proves("F51", "F52", "F53", "F54", "F55", "F56")
def test_a_random_life_agrees_with_the_model_after_every_step(database_url: str) -> None:
    with asyncio.Runner() as runner:
        database = Database(database_url, application_name="test", max_connections=1)
        runner.run(_reign(database))

        class LifeHere(Life):
            def __init__(self) -> None:
                super().__init__(runner, database)

        run_state_machine_as_test(
            LifeHere,
            settings=settings(
                max_examples=50,
                stateful_step_count=50,
                deadline=None,
                database=None,
                phases=(Phase.explicit, Phase.generate),  # to shrink a life of fifty steps takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
        runner.run(database.close())


async def _reign(database: Database) -> None:
    async with database.unfenced_unit_of_work() as session:
        await session.execute(text("UPDATE leader SET epoch = 1, holder = 'test', renewed_at = now()"))
