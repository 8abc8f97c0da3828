"""One price for every model on sale, from the card to the ledger: shown, set aside and taken."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from app.catalogue import Inputs, ModelSpec, load_catalogue
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
    return found[-1]


def kopecks_in(text: str) -> list[int]:
    """Every sum of money that a text names."""
    return [int(re.sub(r"\D", "", whole)) * 100 + int(part or 0) for whole, part in MONEY.findall(text)]


@pytest.mark.proves("F46")
async def test_what_is_shown_quoted_held_and_taken_for_any_model_are_the_same_kopecks(
    database_url: str, database: Database, epoch: Epoch
) -> None:
    world = make_world(database_url, database, epoch, catalogue=CATALOGUE, caps=NO_CAPS)
    await world.person(cash=FORTUNE)
    for spec in CATALOGUE.models:
        prices = await bought(world, spec, drawn(spec))
        assert set(prices.values()) == {OFFERS.price(spec, (await newest(world)).inputs)}, (spec.key, prices)
    assert len(await world.service.history(7, limit=1000)) == len(CATALOGUE.models)
    assert await audited(world) == []


async def bought(world: World, spec: ModelSpec, inputs: Inputs) -> dict[str, int]:
    """The price in kopecks wherever it is to be seen on the way from the card to a captured result."""
    draft = await world.draft(7, spec.key, inputs)
    before = (await world.balance()).cash
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
    made = outcome.generation
    held = (await world.balance()).held
    captured = await capture(world, made)
    caption = kopecks_in(plain_text(result_view(WORDS, spec, captured).text))
    after = await world.balance()
    return {
        "card": on_card,
        "left after it": before - left,
        "button": kopecks_in(label)[0],
        "quote": await world.count("SELECT price_kopecks FROM quote WHERE id = :id", id=card.quote.id),
        "hold": await amount_of(world, f"hold:{made.id}"),
        "held": held,
        "capture": await amount_of(world, f"resolution:{made.id}"),
        "generation": captured.price,
        "caption": caption[0],
        "paid": before - after.cash - after.held,
    }


async def capture(world: World, generation: Generation) -> Generation:
    """As the checker ends: everything that was sold is there."""
    await world.execute("UPDATE generation SET state = 'fetching' WHERE id = :id", id=generation.id)
    fetching = await world.now(generation)
    urls = [f"https://files.example/{number}" for number in range(fetching.sold)]
    files = (await world.store.fetch(fetching, urls)).files
    async with world.database.unit_of_work(world.epoch) as session:
        captured = await world.settlement.capture(session, fetching, files, None)
    assert captured is not None
    assert (captured.state, captured.returned) == (State.CAPTURED, 0)
    return captured


async def newest(world: World) -> Generation:
    """The last purchase."""
    (generation,) = await world.service.history(7, limit=1)
    return generation


async def amount_of(world: World, key: str) -> int:
    """What the transfer with this key moved."""
    return await world.count("SELECT amount FROM ledger_transfer WHERE key = :key", key=key)
