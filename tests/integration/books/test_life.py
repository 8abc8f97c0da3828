"""A random life of the whole money wing: whatever comes twice, late, at once or is cut off, the audit holds."""

import asyncio
import contextlib
import os
from collections.abc import Awaitable, Callable

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from app.db import Database, Epoch, driver_connection
from app.generation import FailureClass, Period, RefusedError, TaskReport, TaskState, UnknownGenerationError
from app.inbox import Step
from app.ledger import Bucket, Corrections, Explanation, LedgerError
from app.money import Kopecks, Stars
from app.payments import AlreadyRefundedError, Arrival, Method, Order
from tests.integration.books.conftest import Shop, open_shop
from tests.integration.generation.world import CLIP_INPUTS
from tests.unit.users.specs import CLIP, PICTURE

PEOPLE = (7, 8)
FREE_A_DAY = 2
WHY = Explanation("operator 1", "asked for")
IN_CI = os.environ.get("CI") == "true"
EMPTY = """
TRUNCATE generation, free_use, budget, quote, draft, payment_refund, payment, orders, ledger_transfer, ledger_entry,
    ledger_wallet, procrastinate_jobs RESTART IDENTITY CASCADE
"""
INVITED = "INSERT INTO invitation (inviter_id, invited_id) VALUES ({inviter}, {invited})"
"""One of the two brought the other: what the other pays first earns a bonus, whatever becomes of it."""

person = st.sampled_from(PEOPLE)
stars = st.integers(1, 300)
index = st.integers(0, 50)
moment = st.none() | st.integers(1, 9)
"""After how many statements the process dies; None: it lives."""
Act = Callable[[], Awaitable[object]]


class Life(RuleBasedStateMachine):
    """Each example begins with empty books and two people."""

    def __init__(self, runner: asyncio.Runner, shop: Shop) -> None:
        super().__init__()
        self._runner = runner
        self._shop = shop
        self._world = shop.world
        self._orders: list[Order] = []
        self._arrivals: list[Arrival] = []
        self._steps: list[tuple[Step, Callable[[Step], Awaitable[object]]]] = []
        self._made: list[int] = []
        self._runner.run(self._begin())

    @initialize(amount=st.integers(50, 300))
    def begin_with_money(self, amount: int) -> None:
        for owner in PEOPLE:
            self.order(owner, amount)
            self.pay(len(self._orders) - 1, None, None)

    @rule(owner=person, amount=stars)
    def order(self, owner: int, amount: int) -> None:
        wish = self._shop.payments.terms.wish(Stars(amount))

        async def act() -> None:
            made = await self._shop.payments.create_order(await self._world.next_step(), owner, wish)
            self._orders.append(made)

        self._run(act)

    @rule(which=index, other_amount=st.none() | stars, dies_after=moment)
    def pay(self, which: int, other_amount: int | None, dies_after: int | None) -> None:
        order = self._orders[which % len(self._orders)]
        charge = f"c{len(self._arrivals)}"
        amount = other_amount or order.amount
        told = Arrival(Method.STARS, charge, order.user_id, "XTR", amount, order.payload)
        self._arrivals.append(told)
        self._run(lambda: self._shop.payments.credit(self._epoch, told), dies_after)

    @rule(which=index)
    def tell_of_a_charge_again_twice_at_once(self, which: int) -> None:
        told = self._arrivals[which % len(self._arrivals)]

        async def act() -> None:
            await asyncio.gather(*(self._shop.payments.credit(self._epoch, told) for _ in range(2)))

        self._run(act)

    @rule(owner=person, amount=st.integers(1, 100))
    def pay_without_an_order(self, owner: int, amount: int) -> None:
        charge = f"c{len(self._arrivals)}"
        told = Arrival(Method.STARS, charge, owner + 100, "XTR", amount, "nothing of ours")
        self._arrivals.append(told)
        self._run(lambda: self._shop.payments.credit(self._epoch, told))

    @rule(which=index, accepts_debt=st.booleans(), dies_after=moment)
    def ask_for_a_refund(self, which: int, accepts_debt: bool, dies_after: int | None) -> None:
        charge = self._arrivals[which % len(self._arrivals)].charge_id
        most_debt = Kopecks(10**9 if accepts_debt else 0)

        async def act() -> None:
            payment = await self._world.count(
                "SELECT coalesce(max(id), 0) FROM payment WHERE charge_id = :c", c=charge
            )
            async with self._world.database.unit_of_work(self._epoch) as session:
                if payment:
                    await self._shop.refunds.ask(session, payment, why=WHY, most_debt=most_debt)

        self._run(act, dies_after, (LedgerError, AlreadyRefundedError))

    @rule(which=index, refused=st.booleans(), dies_after=moment)
    def the_provider_answers_a_refund(self, which: int, refused: bool, dies_after: int | None) -> None:
        charge = self._arrivals[which % len(self._arrivals)].charge_id
        refund = "SELECT coalesce(max(id), 0) FROM payment_refund WHERE state = 'asked'"

        async def act() -> None:
            asked = await self._world.count(refund)
            if refused and asked:
                await self._shop.refunds.refused(self._epoch, asked, "too late")
            else:
                await self._shop.refunds.went_back(self._epoch, Method.STARS, charge, WHY)

        self._run(act, dies_after)

    @rule(owner=person, amount=st.integers(1, 5000), takes=st.booleans())
    def an_operator_corrects(self, owner: int, amount: int, takes: bool) -> None:
        key = f"operator:{len(self._steps)}:{len(self._arrivals)}:{amount}"
        call = Corrections().take if takes else Corrections().give

        async def act() -> None:
            async with self._world.database.unit_of_work(self._epoch) as session:
                await call(
                    session, user_id=owner, amount=Kopecks(amount), bucket=Bucket.CASH, key=key, why=WHY
                )

        self._run(act, None, (LedgerError,))

    @rule(owner=person, amount=st.integers(1, 3000))
    def a_bonus(self, owner: int, amount: int) -> None:
        key = f"bonus:{len(self._steps)}:{len(self._arrivals)}:{amount}"

        async def act() -> None:
            async with self._world.database.unit_of_work(self._epoch) as session:
                await self._world.ledger.bonus(session, user_id=owner, amount=Kopecks(amount), key=key)

        self._run(act, None, (LedgerError,))

    @rule(owner=person, period=st.sampled_from(Period), limit=st.none() | st.integers(1, 20_000))
    def set_a_budget(self, owner: int, period: Period, limit: int | None) -> None:
        wanted = None if limit is None else Kopecks(limit)
        self._answer(lambda step: self._world.gate.budgets.set(step, owner, period, wanted), None)

    @rule(owner=person, free=st.booleans(), dies_after=moment)
    def submit(self, owner: int, free: bool, dies_after: int | None) -> None:
        async def ask(step: Step) -> object:
            return await self._world.service.submit(step, confirmation)

        key, inputs = (PICTURE, {"prompt": "a cat"}) if free else (CLIP, CLIP_INPUTS)
        draft = self._runner.run(self._world.draft(owner, key, inputs))
        confirmation = self._runner.run(self._world.confirmation(draft))
        self._answer(ask, dies_after)

    @rule(which=index)
    def replay_an_event(self, which: int) -> None:
        if self._steps:
            step, ask = self._steps[which % len(self._steps)]
            self._run(lambda: ask(step))

    @rule(which=index, dies_after=moment)
    def cancel(self, which: int, dies_after: int | None) -> None:
        generation = self._generation(which)
        self._answer(lambda step: self._cancel(step, generation), dies_after)

    @rule(which=index, refused=st.booleans(), dies_after=moment)
    def start(self, which: int, refused: bool, dies_after: int | None) -> None:
        generation = self._generation(which)
        if refused:
            self._world.provider.refusals.append(RefusedError(FailureClass.PROVIDER_DOWN))
        self._run(lambda: self._world.starter.start(self._epoch, generation), dies_after)
        self._world.provider.refusals.clear()

    @rule(which=index, state=st.sampled_from(TaskState), dies_after=moment)
    def look(self, which: int, state: TaskState, dies_after: int | None) -> None:
        generation = self._generation(which)
        for task_id in self._world.provider.tasks:
            failure = FailureClass.TIMEOUT if state is TaskState.FAIL else None
            report = TaskReport(state, ("https://x.invalid/1.png",), failure)
            self._world.provider.report(task_id, report)
        self._due()
        self._run(lambda: self._world.checker.check(self._epoch, generation), dies_after)

    @rule(which=index, dies_after=moment)
    def bring_the_news(self, which: int, dies_after: int | None) -> None:
        generation = self._generation(which)
        self._due()
        self._run(lambda: self._world.deliverer.deliver(self._epoch, generation), dies_after)
        self._run(lambda: self._world.teller.tell(self._epoch, generation))

    @invariant()
    def the_books_fit(self) -> None:
        self._runner.run(self._prove())

    async def _begin(self) -> None:
        self._world.provider.tasks.clear()
        await self._shop.tamper(EMPTY)
        for owner in PEOPLE:
            await self._world.person(owner, cash=0)
        inviter, invited = PEOPLE
        await self._shop.tamper(INVITED.format(inviter=inviter, invited=invited))

    async def _prove(self) -> None:
        assert await self._shop.findings() == []
        for owner in PEOPLE:
            used = await self._world.count(
                "SELECT count(*) FROM free_use WHERE user_id = :p AND returned_at IS NULL", p=owner
            )
            assert used <= FREE_A_DAY

    async def _cancel(self, step: Step, generation: int) -> None:
        owner = "SELECT coalesce(max(user_id), 0) FROM generation WHERE id = :g"
        with contextlib.suppress(UnknownGenerationError):
            await self._world.service.cancel(step, await self._world.count(owner, g=generation), generation)

    @property
    def _epoch(self) -> Epoch:
        return self._world.epoch

    def _generation(self, which: int) -> int:
        newest = self._runner.run(self._world.count("SELECT coalesce(max(id), 0) FROM generation"))
        return 0 if newest == 0 else 1 + which % newest

    def _due(self) -> None:
        statement = "UPDATE generation SET next_check_at = now() WHERE next_check_at IS NOT NULL"
        self._runner.run(self._world.execute(statement))

    def _answer(self, ask: Callable[[Step], Awaitable[object]], dies_after: int | None) -> None:
        step = self._runner.run(self._world.next_step())
        self._steps.append((step, ask))
        self._run(lambda: ask(step), dies_after)

    def _run(
        self, act: Act, dies_after: int | None = None, refusals: tuple[type[Exception], ...] = ()
    ) -> None:
        with contextlib.suppress(*refusals):
            self._runner.run(_mortal(self._world.database, act, dies_after))


async def _mortal(database: Database, act: Act, dies_after: int | None) -> None:
    """Runs it; after so many statements it is cut off before the next one, and what was not committed is gone."""
    acting = asyncio.ensure_future(act())
    if dies_after is not None:
        seen = iter(range(1, dies_after))

        def count(_query: object) -> None:
            if next(seen, None) is None:
                acting.cancel()

        await _overhear(database, count)
    await asyncio.wait({acting})
    if not acting.cancelled():
        acting.result()


async def _overhear(database: Database, count: Callable[[object], None]) -> None:
    async with database.snapshot() as session:
        connection = await driver_connection(session)
        connection.add_query_logger(count)


@pytest.mark.proves("F44", "F50", "F51", "F52", "F55", "F56", "F58")
def test_the_audit_holds_after_every_step_of_a_random_life(database_url: str) -> None:
    with asyncio.Runner() as runner:
        # Two at most act at once; whoever dies takes its connection along.
        database = Database(database_url, application_name="test", max_connections=2)
        shop = open_shop(database_url, database, Epoch(0))

        class LifeHere(Life):
            def __init__(self) -> None:
                super().__init__(runner, shop)

        run_state_machine_as_test(
            LifeHere,
            settings=settings(
                max_examples=50 if IN_CI else 6,
                stateful_step_count=50,
                deadline=None,
                database=None,
                phases=(Phase.explicit, Phase.generate),  # to shrink a life of fifty steps takes minutes
                suppress_health_check=list(HealthCheck),
            ),
        )
        runner.run(database.close())
