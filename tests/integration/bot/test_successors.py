"""A model is withdrawn while people have its buttons in their chats: all of them lead to its successor and say so."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.catalogue import Catalogue, ModelKey, Status
from app.users import Draft
from bot.callbacks import GenerationAct, GenerationTap, ListKind, ModelTap, OfferTap
from bot.result_callbacks import OtherTap
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_repeat import made
from tests.unit.bot.house import build_house, real_catalogue
from tests.unit.bot.people import Somebody

OLD, NEW = ModelKey("z-image"), ModelKey("imagen-4")
NEW_NAME = "Imagen 4"


def without_the_old_one() -> Catalogue:
    """The catalogue of the next release."""
    catalogue = real_catalogue()
    gone = replace(catalogue.get(OLD), status=Status.RETIRED, reason="gone", successor=NEW)
    others = (spec for spec in (*catalogue.models, *catalogue.withdrawn) if spec.key != OLD)
    return Catalogue([gone, *others])


def next_release(house: LivingHouse, files: Path) -> None:
    """From now on the bot of the next release answers, over the same database."""
    built = build_house(house.database, files, house.telegram, catalogue=without_the_old_one())
    house.wire.events = built.side.events


async def draft_of(house: LivingHouse, person: Somebody) -> Draft:
    """What is open now."""
    draft = await house.drafts.current(person.id)
    assert draft is not None
    return draft


@pytest.mark.proves("F39")
async def test_every_old_button_of_a_withdrawn_model_leads_to_its_successor_and_says_so(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await ivan.say("/start")
    past = await made(house, ivan, "рыжий кот")
    next_release(house, tmp_path)
    taps = [
        ModelTap(key=OLD),
        OfferTap(key=OLD),
        OtherTap(key=OLD, generation=past.id),
        GenerationTap(generation=past.id, act=GenerationAct.AGAIN),
        GenerationTap(generation=past.id, act=GenerationAct.CHANGE),
        GenerationTap(generation=past.id, act=GenerationAct.TWO),
    ]
    for tap in taps:
        await house.wire.feed(ivan.callback(tap.pack(), ivan.screen))
        assert NEW_NAME in str(ivan.toast), tap
        assert (await draft_of(house, ivan)).model_key == NEW, tap
        assert NEW_NAME in ivan.screen.words, tap


async def test_a_repeat_brings_its_answers_to_the_successor(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await ivan.say("/start")
    past = await made(house, ivan, "рыжий кот")
    next_release(house, tmp_path)
    again = GenerationTap(generation=past.id, act=GenerationAct.AGAIN)
    await house.wire.feed(ivan.callback(again.pack(), ivan.screen))
    draft = await draft_of(house, ivan)
    assert {name: draft.inputs[name] for name in past.inputs} == dict(past.inputs)
    assert any("Создать за" in words for words in ivan.screen.buttons)


async def test_a_draft_that_was_open_says_which_model_took_the_place_and_leads_there(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await ivan.say("/start")
    await house.wire.feed(ivan.callback(ModelTap(key=OLD).pack(), ivan.screen))
    next_release(house, tmp_path)
    screen = await ivan.tap("Создать")
    assert "больше не продаётся" in screen.words
    assert NEW_NAME in screen.words
    await ivan.tap(NEW_NAME)
    assert (await draft_of(house, ivan)).model_key == NEW


async def test_the_star_of_a_withdrawn_model_shines_on_its_successor(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await ivan.say("/start")
    await house.wire.feed(ivan.callback(ModelTap(key=OLD).pack(), ivan.screen))
    await ivan.tap("В избранное")
    next_release(house, tmp_path)
    screen = await ivan.say("/favorites")
    starred = [data for data in screen.buttons.values() if data.startswith("model:")]
    assert [ModelTap.unpack(data).key for data in starred] == [NEW]
    assert ModelTap.unpack(starred[0]).kind is ListKind.FAVOURITES


async def test_a_link_to_a_model_greets_and_opens_its_card_or_that_of_its_successor(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    screen = await ivan.say(f"/start model_{OLD}")
    assert "Здравствуйте" in screen.words
    assert "Z-Image" in screen.words
    assert (await draft_of(house, ivan)).model_key == OLD
    next_release(house, tmp_path)
    screen = await ivan.say(f"/start model_{OLD}")
    assert "«Z-Image» больше не продаётся" in screen.words
    assert (await draft_of(house, ivan)).model_key == NEW


@pytest.mark.parametrize("link", ["model_no-such-model", "model_", "model", "nothing_z-image"])
async def test_a_link_that_leads_nowhere_is_a_greeting_with_the_menu(
    house: LivingHouse, ivan: Somebody, link: str
) -> None:
    screen = await ivan.say(f"/start {link}")
    assert "Здравствуйте" in screen.words
    assert any("Картинки" in words for words in screen.buttons)
    assert await house.drafts.current(ivan.id) is None


async def test_a_withdrawn_model_without_a_successor_says_so_and_opens_nothing(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    alone = next(spec for spec in real_catalogue().withdrawn if spec.successor is None)
    await house.wire.feed(ivan.callback(ModelTap(key=alone.key).pack(), ivan.screen))
    assert "больше не продаётся" in str(ivan.toast)
    assert await house.drafts.current(ivan.id) is None
