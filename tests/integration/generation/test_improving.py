"""Improving a prompt over a real database: the money, the limit, the crash, the text that changed meanwhile."""

import asyncio
from decimal import Decimal

import pytest

from app.db import Database, Epoch
from app.errors import FencedOutError
from app.generation import (
    IMPROVE,
    IMPROVE_POLICY,
    AmbiguousError,
    Budgets,
    FailureClass,
    Improvement,
    ImprovementState,
    ImprovementWish,
    NotImproved,
    OverBudget,
    Period,
    RefusedError,
    SoldOut,
    TextAnswer,
    TryLaterError,
    UnreachablePersonError,
    WhyNot,
)
from app.jobs import Worker, WorkerLimits
from app.money import Kopecks
from app.users import Answer, Draft
from tests.fakes import until
from tests.integration.generation.audited import audited
from tests.integration.generation.parlour import A_DAY, PRICE, Parlour, open_parlour
from tests.integration.generation.world import PRICE as PRICE_OF_CLIP
from tests.integration.generation.world import World

CASH = 100_000
HOUSE = "SELECT coalesce(sum(amount), 0) FROM ledger_transfer WHERE key LIKE 'improvement-cost:%' AND debit = :account"


@pytest.fixture
def parlour(world: World, database: Database) -> Parlour:
    """For nothing, three a day."""
    return open_parlour(world, database)


@pytest.fixture
def shop(world: World, database: Database) -> Parlour:
    """Five roubles each."""
    return open_parlour(world, database, price=PRICE)


async def drafted(parlour: Parlour) -> Draft:
    await parlour.world.person(cash=CASH)
    return await parlour.world.draft(7)


async def changed(parlour: Parlour, draft: Draft, text: str) -> Draft:
    """The person types another text."""
    drafts = parlour.world.drafts
    now = await drafts.get(7, draft.id)
    assert now is not None
    step = await parlour.world.next_step()
    return await drafts.answer(step, 7, draft.id, now.revision, Answer("prompt", text))


async def house(parlour: Parlour, account: str) -> int:
    return await parlour.world.count(HOUSE, account=account)


async def test_a_better_text_is_there_and_the_draft_is_the_persons_own(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    asked = await parlour.asked(draft)
    assert (asked.state, asked.before) == (ImprovementState.ASKED, "a cat")
    ready = await parlour.improve(asked)
    assert (ready.state, ready.after, ready.cost) == (ImprovementState.READY, "a regal cat", Decimal("0.1"))
    assert parlour.writer.asked == [("Say it better in 20.", "a cat")]
    assert [it.id for it in parlour.news.shown] == [asked.id]
    assert await parlour.world.drafts.get(7, draft.id) == draft
    assert (await parlour.world.balance()).free == CASH
    assert await house(parlour, "promo") == 4  # 0.1 credits x 0.005 USD x 79, rounded up
    assert await audited(parlour.world) == []


async def test_a_job_that_runs_twice_asks_once_and_tells_again(parlour: Parlour) -> None:
    asked = await parlour.asked(await drafted(parlour))
    for _ in range(2):
        await parlour.improve(asked)
    assert len(parlour.writer.asked) == 1
    assert await house(parlour, "promo") == 4


async def test_tapping_twice_is_one_improvement_and_once_more_is_another(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    first = await parlour.asked(draft)
    assert (await parlour.asked(draft)).id == first.id
    await parlour.improve(first)
    assert (await parlour.asked(draft)).state is ImprovementState.READY, "what they left is what they find"
    again = await parlour.asked(draft, after=first.id)
    assert again.id > first.id
    assert (await parlour.asked(draft, after=first.id)).id == again.id


async def test_ten_taps_at_once_are_one_improvement(shop: Parlour) -> None:
    draft = await drafted(shop)
    found = await asyncio.gather(*(shop.ask(draft) for _ in range(10)))
    assert len({it.id for it in found if isinstance(it, Improvement)}) == 1
    assert not [it for it in found if isinstance(it, NotImproved)]
    assert (await shop.world.balance()).held == PRICE


async def test_a_replayed_event_asks_for_nothing_more(shop: Parlour) -> None:
    draft = await drafted(shop)
    step, wish = await shop.world.next_step(), ImprovementWish(7, 7, draft.id, draft.revision, 0, PRICE)
    first = await shop.improvements.ask(step, wish)
    assert isinstance(first, Improvement)
    await shop.improve(first)
    replayed = await shop.improvements.ask(step, wish)
    assert isinstance(replayed, Improvement)
    assert (replayed.id, replayed.state) == (first.id, ImprovementState.READY)
    assert await shop.world.count("SELECT count(*) FROM improvement") == 1


async def test_the_price_is_held_at_the_tap_and_taken_with_the_text(shop: Parlour) -> None:
    draft = await drafted(shop)
    asked = await shop.asked(draft)
    assert (await shop.world.balance()).held == PRICE
    assert await audited(shop.world) == []
    ready = await shop.improve(asked)
    assert ready.state is ImprovementState.READY
    balance = await shop.world.balance()
    assert (balance.held, balance.free) == (0, CASH - PRICE)
    assert await house(shop, "promo") == 0
    assert await audited(shop.world) == []


@pytest.mark.parametrize(
    ("trouble", "failure", "loss"),
    [
        (RefusedError(FailureClass.CONTENT_POLICY), FailureClass.CONTENT_POLICY, 0),
        (TryLaterError(5.0), FailureClass.PROVIDER_BUSY, 0),
        # 0.1047 credits at most: 470 bytes in at 10, 1000 tokens out at 100 for a million.
        (AmbiguousError("no answer"), FailureClass.LOST, 5),
    ],
)
async def test_a_failure_gives_the_price_back_and_is_told(
    shop: Parlour, trouble: Exception, failure: FailureClass, loss: int
) -> None:
    shop.writer.refusals.append(trouble)
    failed = await shop.improve(await shop.asked(await drafted(shop)))
    assert (failed.state, failed.failure) == (ImprovementState.FAILED, failure)
    balance = await shop.world.balance()
    assert (balance.held, balance.free) == (0, CASH)
    assert await house(shop, "losses") == loss
    assert [it.failure for it in shop.news.shown] == [failure]
    assert await audited(shop.world) == []


@pytest.mark.parametrize("written", ["", "x" * 21, "a cat"])
async def test_an_answer_that_is_no_better_text_costs_the_person_nothing(shop: Parlour, written: str) -> None:
    shop.writer.answer = TextAnswer(written, credits=Decimal("0.1"))
    failed = await shop.improve(await shop.asked(await drafted(shop)))
    assert (failed.state, failed.failure) == (ImprovementState.FAILED, FailureClass.RESULT_MISSING)
    assert (await shop.world.balance()).free == CASH
    assert await house(shop, "losses") == 4
    assert await audited(shop.world) == []


async def test_a_text_that_was_changed_while_it_was_improved_drops_the_answer(shop: Parlour) -> None:
    draft = await drafted(shop)

    async def typing() -> None:
        await changed(shop, draft, "a dog")

    shop.writer.meanwhile = typing
    dropped = await shop.improve(await shop.asked(draft))
    assert (dropped.state, dropped.after) == (ImprovementState.DROPPED, None)
    assert (await shop.world.balance()).free == CASH
    assert await house(shop, "losses") == 4
    now = await shop.world.drafts.get(7, draft.id)
    assert now is not None
    assert now.inputs["prompt"] == "a dog"
    offer = await shop.improvements.offer(now)
    assert offer is not None
    assert offer.is_outrun
    assert await audited(shop.world) == []


async def test_a_text_that_was_changed_before_the_call_is_not_asked_about(shop: Parlour) -> None:
    draft = await drafted(shop)
    asked = await shop.asked(draft)
    await changed(shop, draft, "a dog")
    dropped = await shop.improve(asked)
    assert dropped.state is ImprovementState.DROPPED
    assert shop.writer.asked == []
    assert await house(shop, "losses") == 0
    assert await audited(shop.world) == []


async def test_another_choice_on_the_card_does_not_drop_the_answer(shop: Parlour) -> None:
    draft = await drafted(shop)
    asked = await shop.asked(draft)
    step = await shop.world.next_step()
    later = await shop.world.drafts.answer(step, 7, draft.id, draft.revision, Answer("duration", "10"))
    ready = await shop.improve(asked)
    assert (ready.state, ready.revision) == (ImprovementState.READY, later.revision)


async def test_a_crash_between_the_call_and_its_record_loses_the_answer_and_returns_the_price(
    shop: Parlour,
) -> None:
    asked = await shop.asked(await drafted(shop))

    async def taking_over() -> None:
        await shop.world.execute("UPDATE leader SET epoch = epoch + 1")

    shop.writer.meanwhile = taking_over
    with pytest.raises(FencedOutError):
        await shop.improve(asked)
    assert (await shop.now(asked)).state is ImprovementState.CALLING
    shop.world.epoch = Epoch(shop.world.epoch + 1)
    lost = await shop.improve(asked)
    assert (lost.state, lost.failure) == (ImprovementState.FAILED, FailureClass.LOST)
    assert len(shop.writer.asked) == 1, "a call is never repeated"
    assert (await shop.world.balance()).free == CASH
    assert await audited(shop.world) == []


async def test_a_second_job_leaves_a_call_alone_until_it_has_run_out(shop: Parlour) -> None:
    asked = await shop.asked(await drafted(shop))

    async def another_job() -> None:
        await shop.improver.improve(shop.world.epoch, asked.id)

    shop.writer.meanwhile = another_job
    assert (await shop.improve(asked)).state is ImprovementState.READY
    assert len(shop.writer.asked) == 1


async def test_a_lost_wake_up_is_derived_again_and_a_call_without_an_end_is_given_up(shop: Parlour) -> None:
    asked = await shop.asked(await drafted(shop))
    await shop.world.empty_the_queue()
    await shop.improver.sweep(shop.world.epoch, 0)
    waiting = "SELECT count(*) FROM procrastinate_jobs WHERE args->>'id' = :id"
    assert await shop.world.count(waiting, id=str(asked.id)) == 0, "it is not overdue yet"
    await shop.world.execute(
        "UPDATE improvement SET state = 'calling', next_check_at = now() - interval '1 minute'"
    )
    await shop.improver.sweep(shop.world.epoch, 0)
    assert await shop.world.count(waiting, id=str(asked.id)) == 1
    await shop.world.execute("UPDATE improvement SET next_check_at = now() - interval '1 minute'")
    assert (await shop.improve(asked)).failure is FailureClass.LOST


async def test_an_end_is_told_until_it_was_seen(parlour: Parlour) -> None:
    asked = await parlour.asked(await drafted(parlour))
    parlour.news.troubles.append(TryLaterError(1.0))
    with pytest.raises(TryLaterError):
        await parlour.improve(asked)
    due = "SELECT count(*) FROM improvement WHERE next_check_at IS NOT NULL"
    assert await parlour.world.count(due) == 1
    await parlour.improve(asked)
    assert len(parlour.news.shown) == 1
    assert await parlour.world.count(due) == 0


async def test_a_person_who_cannot_be_reached_is_not_sought(parlour: Parlour) -> None:
    parlour.news.troubles.append(UnreachablePersonError())
    asked = await parlour.asked(await drafted(parlour))
    assert (await parlour.improve(asked)).state is ImprovementState.READY
    assert await parlour.world.count("SELECT count(*) FROM improvement WHERE next_check_at IS NOT NULL") == 0


async def test_so_many_a_day_are_for_nothing_and_the_next_day_begins_anew(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    last = 0
    for _ in range(A_DAY):
        asked = await parlour.asked(draft, after=last)
        await parlour.improve(asked)
        last = asked.id
    refused = await parlour.ask(draft, after=last)
    assert isinstance(refused, NotImproved)
    assert refused.why is WhyNot.USED_UP
    assert refused.opens_at is not None
    await parlour.world.execute("UPDATE improvement SET created_at = created_at - interval '1 day'")
    assert isinstance(await parlour.ask(draft, after=last), Improvement)


async def test_what_the_provider_spoilt_does_not_count_three_times_a_day(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    last = 0
    for _ in range(3 + A_DAY):
        parlour.writer.refusals.append(TryLaterError(1.0))
        asked = await parlour.asked(draft, after=last)
        await parlour.improve(asked)
        last = asked.id
    refused = await parlour.ask(draft, after=last)
    assert isinstance(refused, NotImproved)
    assert refused.why is WhyNot.USED_UP


async def test_where_it_costs_something_only_the_money_limits_it(shop: Parlour) -> None:
    draft = await drafted(shop)
    last = 0
    for _ in range(A_DAY + 1):
        asked = await shop.asked(draft, after=last)
        await shop.improve(asked)
        last = asked.id
    assert (await shop.world.balance()).free == CASH - (A_DAY + 1) * PRICE


async def test_who_cannot_pay_holds_nothing(shop: Parlour) -> None:
    await shop.world.person(cash=PRICE - 1)
    refused = await shop.ask(await shop.world.draft(7))
    assert isinstance(refused, NotImproved)
    assert refused.why is WhyNot.LACKING
    assert (await shop.world.balance()).held == 0
    assert await shop.world.count("SELECT count(*) FROM improvement") == 0


async def test_another_price_than_the_button_said_is_a_new_button(shop: Parlour) -> None:
    draft = await drafted(shop)
    for price in (Kopecks(0), Kopecks(PRICE - 1)):
        refused = await shop.ask(draft, price=price)
        assert isinstance(refused, NotImproved)
        assert refused.why is WhyNot.STALE
    assert (await shop.world.balance()).held == 0


async def test_no_price_is_below_what_it_costs_us(world: World, database: Database) -> None:
    cheap = open_parlour(world, database, price=Kopecks(1))
    # 0.1047 credits x 0.005 USD x 79 = 4.14 kopecks; a Star of a rouble brings 0.013 USD: 4.03.
    assert cheap.improvements.price() == 5


async def test_two_drafts_of_one_person_are_improved_one_after_the_other(parlour: Parlour) -> None:
    await parlour.asked(await drafted(parlour))
    other = await parlour.world.draft(7)
    refused = await parlour.ask(other)
    assert isinstance(refused, NotImproved)
    assert refused.why is WhyNot.BUSY


async def test_the_persons_own_budget_counts_it(shop: Parlour, database: Database) -> None:
    draft = await drafted(shop)
    budgets = Budgets(database, zone="Europe/Moscow")
    await budgets.set(await shop.world.next_step(), 7, Period.DAY, Kopecks(PRICE + 1))
    await shop.improve(await shop.asked(draft))
    assert (await budgets.of(7)).spent_today == PRICE
    last = (await shop.asked(draft)).id
    refused = await shop.ask(draft, after=last)
    assert isinstance(refused, NotImproved)
    assert isinstance(refused.refusal, OverBudget)
    card = await shop.world.service.card(shop.world.epoch, 7, draft.id)
    assert card is not None
    assert isinstance(card.refusal, OverBudget)


async def test_the_caps_on_our_cost_count_it(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    asked = await parlour.asked(draft)
    spent = "SELECT coalesce(cost_credits, credits) = credits FROM improvement"
    assert await parlour.world.count(f"SELECT ({spent})::int") == 1
    await parlour.improve(asked)
    await parlour.world.execute("UPDATE improvement SET cost_credits = 40000")
    card = await parlour.world.service.card(parlour.world.epoch, 7, draft.id)
    assert card is not None
    assert card.quote.price == PRICE_OF_CLIP
    assert card.refusal is not None
    refused = await parlour.ask(draft, after=asked.id)
    assert isinstance(refused, NotImproved)
    assert refused.why is WhyNot.REFUSED


async def test_without_credits_at_kie_it_is_neither_offered_nor_begun(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    offer = await parlour.improvements.offer(draft)
    assert offer is not None
    assert offer.price == 0
    await parlour.world.execute(
        "INSERT INTO kie_balance (id, credits, read_at, low) VALUES (1, 0, now(), true)"
    )
    offer = await parlour.improvements.offer(draft)
    assert offer is not None
    assert offer.price is None
    refused = await parlour.ask(draft)
    assert isinstance(refused, NotImproved)
    assert isinstance(refused.refusal, SoldOut)


async def test_the_offer_knows_whose_words_stand_in_the_draft(parlour: Parlour) -> None:
    draft = await drafted(parlour)
    ready = await parlour.improve(await parlour.asked(draft))
    offer = await parlour.improvements.offer(draft)
    assert offer is not None
    assert offer.taken is None
    taken = await changed(parlour, draft, ready.after or "")
    offer = await parlour.improvements.offer(taken)
    assert offer is not None
    assert offer.taken is not None
    assert offer.taken.before == "a cat"
    assert not offer.is_outrun
    own = await changed(parlour, taken, offer.taken.before)
    offer = await parlour.improvements.offer(own)
    assert offer is not None
    assert offer.taken is None


async def test_somebody_elses_improvement_is_nobodys(parlour: Parlour) -> None:
    asked = await parlour.asked(await drafted(parlour))
    assert await parlour.improvements.get(8, asked.id) is None


async def test_the_worker_does_it_by_itself(shop: Parlour) -> None:
    asked = await shop.asked(await drafted(shop))

    async def there() -> bool:
        return (await shop.now(asked)).state is ImprovementState.READY

    limits = WorkerLimits("test-worker", concurrency=2, polling_interval=0.05)
    functions = {IMPROVE: shop.improver.improve}
    worker = Worker(shop.world.database, shop.world.url, functions, {IMPROVE: IMPROVE_POLICY}, limits)
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run(shop.world.epoch))
        await until(there, 60.0)
        await worker.stop(drain=1.0)
