"""One price for every model on sale, from the card to the ledger: shown, set aside and taken."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import text

from app.catalogue import Inputs, ModelSpec, load_catalogue, results_asked, results_given
from app.clock import SystemClock
from app.db import Database, Epoch
from app.generation import Cap, Caps, Confirmation, Generation, State, Submitted
from app.offers import Offers, Rates
from app.payments import StarsTerms
from bot.callbacks import Confirm
from bot.texts import load_texts, plain_text
from bot.views.confirm import card_view
from bot.views.result import result_view
from tests.fakes.rates import rates_in_force
from tests.integration.generation.audited import audited
from tests.integration.generation.world import World, make_world
from tests.unit.catalogue.strategies import valid_inputs

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "models")
OFFERS = Offers(CATALOGUE, rates_in_force(Rates(Decimal(79), Decimal(2))), SystemClock())
WORDS = load_texts().for_language("ru")
TERMS = StarsTerms(Decimal(1))
FORTUNE = 1_000_000_000
WIDE = Cap(Decimal(1_000_000), Decimal(1_000_000))
NO_CAPS = Caps(WIDE, WIDE, WIDE)
MONEY = re.compile(r"([\d\u00a0\u202f]+)(?:,(\d\d))?\u00a0₽")


OWNED = text("""
UPDATE generation SET kie_task_id = :task, submitted_at = clock_timestamp()
WHERE id = (SELECT min(id) FROM generation WHERE model_key = ANY(:makers))
""")
FREED = text("UPDATE generation SET kie_task_id = NULL WHERE kie_task_id = :task")
FETCHING = text("UPDATE generation SET state = 'fetching' WHERE id = :id")
STORED = text("""
SELECT q.price_kopecks AS quote, h.amount AS hold, c.amount AS capture
FROM quote q, ledger_transfer h, ledger_transfer c WHERE q.id = :quote AND h.key = :hold AND c.key = :capture
""")


def drawn(spec: ModelSpec) -> Inputs:
    """Valid inputs, not the plainest, the same in every run."""
    found: list[Inputs] = []

    @settings(
        max_examples=2,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(valid_inputs(spec))
    def collect(inputs: Inputs) -> None:
        found.append(inputs)

    collect()
    return one_pick(spec, found[-1])


def one_pick(spec: ModelSpec, inputs: Inputs) -> Inputs:
    """An earlier result that is picked answers all inputs that are one."""
    picked = [past.reference for _, past in results_given(spec, inputs)][:1]
    return {**inputs, **{it.name: reference for it in results_asked(spec) for reference in picked}}


def kopecks_in(text: str) -> list[int]:
    """Every sum of money that a text names."""
    return [int(re.sub(r"\D", "", whole)) * 100 + int(part or 0) for whole, part in MONEY.findall(text)]


@pytest.mark.proves("F46")
async def test_what_is_shown_quoted_held_and_taken_for_any_model_are_the_same_kopecks(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, catalogue=CATALOGUE, caps=NO_CAPS)
    await world.person(cash=FORTUNE)
    for spec in sorted(CATALOGUE.models, key=lambda it: len(results_asked(it))):
        inputs = drawn(spec)
        await own(world, spec, inputs)
        prices = await bought(world, spec, inputs)
        assert set(prices.values()) == {OFFERS.price(spec, inputs)}, (spec.key, prices)
    assert await world.count("SELECT count(*) FROM generation") == len(CATALOGUE.models)
    assert await audited(world) == []


async def own(world: World, spec: ModelSpec, inputs: Inputs) -> None:
    """The earlier results among the inputs are of this person's, by models that were bought before."""
    for name, past in results_given(spec, inputs):
        asked = spec.parameter(name)
        assert asked is not None
        async with world.database.unit_of_work(world.epoch) as session:
            await session.execute(FREED, {"task": past.task})
            await session.execute(OWNED, {"task": past.task, "makers": list(asked.of)})


async def bought(world: World, spec: ModelSpec, inputs: Inputs) -> dict[str, int]:
    """The price in kopecks wherever it is to be seen on the way from the card to a captured result."""
    draft = await world.draft(7, spec.key, inputs)
    card = await world.service.card(world.epoch, 7, draft.id)
    assert card is not None, (spec.key, inputs)
    view = card_view(WORDS, spec, card, TERMS)
    tap = Confirm(draft=draft.id, revision=draft.revision, quote=card.quote.id).pack()
    rows = view.keyboard.inline_keyboard if view.keyboard else []
    (label,) = [key.text for row in rows for key in row if key.callback_data == tap]
    on_card, left = kopecks_in(plain_text(view.text))[-2:]
    outcome = await world.submit(
        Confirmation(7, draft.id, draft.revision, card.quote.id, chat_id=7, message_id=50)
    )
    assert isinstance(outcome, Submitted), (spec.key, outcome)
    captured = await capture(world, outcome.generation)
    after = await world.balance()
    assert after.held == 0
    return {
        "card": on_card,
        "left after it": card.balance.cash - left,
        "button": kopecks_in(label)[0],
        "generation": captured.price,
        "caption": kopecks_in(plain_text(result_view(WORDS, spec, captured).text))[0],
        "paid": card.balance.cash - after.cash,
        **await stored(world, card.quote.id, captured.id),
    }


async def capture(world: World, generation: Generation) -> Generation:
    """As the checker ends: everything that was sold is there."""
    fetching = replace(generation, state=State.FETCHING)
    files = (
        await world.store.fetch(fetching, [f"https://files.example/{n}" for n in range(fetching.sold)])
    ).files
    async with world.database.unit_of_work(world.epoch) as session:
        await session.execute(FETCHING, {"id": generation.id})
        captured = await world.settlement.capture(session, fetching, files, None)
    assert captured is not None
    assert (captured.state, captured.returned) == (State.CAPTURED, 0)
    return captured


async def stored(world: World, quote_id: int, generation_id: int) -> dict[str, int]:
    """What the quote says, what was set aside and what was taken."""
    asked = {"quote": quote_id, "hold": f"hold:{generation_id}", "capture": f"resolution:{generation_id}"}
    async with world.database.snapshot() as session:
        return dict((await session.execute(STORED, asked)).one()._mapping)
