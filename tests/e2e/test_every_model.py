"""Every model that is for sale is bought by taps, from the main menu to the result, and one that was just added."""

import asyncio
import json
import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.buying.buyer import Purchase
from tests.buying.shop import Shop
from tests.fixtures.launched import ROOT, scratch_folder
from tests.fixtures.people import Message
from tests.fixtures.sandboxed import start_sandbox

ADDED = """
family = "Added Family"
provider = "Nobody"
source = ["made up"]
verified_on = 2026-11-01

[[model]]
key = "added-yesterday"
id = "nobody/added-yesterday"
name = "Added Yesterday"
task = "text-to-image"
produces = "image"
description.ru = "Картинки по описанию"
description.en = "Pictures from words"
inputs.prompt = { required = true, max_length = 100 }
inputs.aspect_ratio = { choices = ["1:1", "16:9"], default = "1:1" }
price = [{ credits = 3, unit = "per_image" }]
"""
ADDED_PRICE = 237
"""Kopecks: 3 credits × 0.005 USD × 79 RUB × 2.0."""
AS_KIE_HAS_IT = {
    "id": "nobody/added-yesterday",
    "name": "Added Yesterday",
    "provider": "Nobody",
    "task": "text-to-image",
    "endpoint": "/api/v1/jobs/createTask",
    "status": "current",
    "input": {
        "type": "object",
        "properties": {
            "prompt": {"type": "string", "maxLength": 100},
            "aspect_ratio": {"type": "string", "enum": ["1:1", "16:9"]},
        },
        "required": ["prompt"],
    },
    "pricing": [{"when": {}, "credits": 3, "unit": "per_image"}],
}
NEITHER_CODE_NOR_DATA = (".*", "tests", "docs", "scripts")
ENOUGH = {
    "KIE_CREATES_PER_10S": "200",
    "WELCOME_BONUS_RUB": "10000",
    "MAX_PARALLEL_GENERATIONS": "10",
}
SOLD = """
    SELECT g.id, quote.price_kopecks, g.price_kopecks, hold.amount, capture.amount
    FROM generation g
    JOIN quote ON quote.id = g.quote_id
    LEFT JOIN ledger_transfer hold ON hold.key = 'hold:' || g.id
    LEFT JOIN ledger_transfer capture ON capture.target_id = hold.id AND capture.kind = 'capture'
"""


@dataclass(frozen=True)
class Bought:
    """What came of a day in the shop. `refused`: what the stand-ins would not take from the bot."""

    purchases: list[Purchase]
    failures: list[str]
    refused: list[Message]
    counted: int
    """Models, as the menu says."""
    sold: list[tuple[object, ...]]
    tasks: set[str]
    """Ids of models, as KIE was asked for them."""
    seconds: float


@pytest.fixture(scope="module")
def bought() -> Iterator[Bought]:
    """Everything, in the product as it is shipped but for one file more among its models."""
    with scratch_folder() as folder:
        code = folder / "code"
        shutil.copytree(ROOT, code, ignore=shutil.ignore_patterns(*NEITHER_CODE_NOR_DATA))
        add_a_model(code)
        sandboxed = start_sandbox(folder, {**ENOUGH, "PYTHONPATH": str(code)})
        try:
            yield asyncio.run(buy_everything(Shop(sandboxed)))
            sandboxed.audit()
        finally:
            sandboxed.launched.end()


def add_a_model(code: Path) -> None:
    """One entry for us; the stand-in learns of it as KIE did."""
    (code / "models" / "added.toml").write_text(ADDED, encoding="utf-8")
    facts = code / "app" / "sandbox" / "kie" / "schemas.json"
    facts.write_text(json.dumps([*json.loads(facts.read_text(encoding="utf-8")), AS_KIE_HAS_IT]))


async def buy_everything(shop: Shop) -> Bought:
    """By a crowd, while KIE is quick."""
    async with shop.sandboxed.client() as sandbox:
        await sandbox.kie("POST", "knobs", {"delay": 0.1, "rate_limit": 0})
        begun = time.monotonic()
        await shop.buy_everything(sandbox)
        seconds = time.monotonic() - begun
        return Bought(
            purchases=shop.purchases,
            failures=shop.failures,
            refused=[
                *await sandbox.violations(),
                *(await sandbox.kie("GET", "violations"))["violations"],
            ],
            counted=shop.counted,
            sold=shop.sandboxed.books.all(SOLD),
            tasks={task["model"] for task in (await sandbox.kie("GET", "tasks"))["tasks"]},
            seconds=seconds,
        )


def test_every_model_for_sale_is_bought_by_taps_and_delivered(
    bought: Bought, capsys: pytest.CaptureFixture[str]
) -> None:
    taps = [purchase.taps for purchase in bought.purchases]
    with capsys.disabled():
        typical = f"taps: median {statistics.median(taps):.0f}, most {max(taps)}"
        print(f"\n{len(taps)} models bought in {bought.seconds:.0f} s; {typical}")
    assert bought.failures == []
    assert len({purchase.model for purchase in bought.purchases}) == bought.counted
    assert len(bought.tasks) == bought.counted


def test_kie_takes_every_request_as_it_is(bought: Bought) -> None:
    assert bought.refused == []


@pytest.mark.proves("F47")
def test_the_price_on_the_button_is_what_is_quoted_held_and_taken(bought: Bought) -> None:
    asked = {purchase.generation: purchase.price for purchase in bought.purchases}
    assert len(bought.sold) == len(asked)
    for generation, *prices in bought.sold:
        assert set(prices) == {asked[int(str(generation))]}, generation


def test_adding_a_model_is_one_entry_of_a_file(bought: Bought) -> None:
    (purchase,) = (it for it in bought.purchases if it.model == "Added Yesterday")
    assert purchase.price == ADDED_PRICE
    assert AS_KIE_HAS_IT["id"] in bought.tasks
