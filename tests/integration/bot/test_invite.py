"""Friends are invited by a link, and what they pay first earns a bonus; no link opens what is somebody else's."""

import re
from pathlib import Path

import pytest
from aiogram.methods import SendInvoice
from aiogram.types import InlineKeyboardButton

from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.texts import load_texts
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_admin import to_person
from tests.integration.bot.test_repeat import made
from tests.integration.bot.test_top_up import paid
from tests.unit.bot.fake_telegram import Shown
from tests.unit.bot.house import OWNERS, REFERRAL, WELCOME, build_house
from tests.unit.bot.people import Somebody

TEXTS = load_texts()
LINK = re.compile(r"https://t\.me/\w+\?start=(ref_[a-z0-9]{12})")


async def link_of(person: Somebody) -> str:
    """What stands behind `?start=` in the person's own link."""
    await person.say("/menu")
    screen = await person.tap(TEXTS.for_language(person.language_code).plain("button-invite"))
    found = LINK.search(screen.words)
    assert found is not None
    return found[1]


async def pay(house: LivingHouse, person: Somebody, charge: str) -> None:
    """Buys the pack of 100 Stars."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("100\u00a0₽")
    invoice = house.telegram.called(SendInvoice)[-1]
    assert isinstance(invoice, SendInvoice)
    await house.wire.feed(paid(person, invoice, charge))


def buttons(screen: Shown) -> list[InlineKeyboardButton]:
    """All of them, those that carry no callback, too."""
    assert screen.keyboard is not None
    return [it for row in screen.keyboard.inline_keyboard for it in row]


@pytest.mark.proves("S15")
async def test_a_friend_comes_by_the_link_pays_and_the_inviter_has_the_bonus(
    house: LivingHouse, ivan: Somebody
) -> None:
    link, friend = await link_of(ivan), Somebody(house.wire, id=502, first_name="Анна")
    greeted = (await friend.say(f"/start {link}")).words
    assert greeted.startswith("Здравствуйте, Анна!")
    await pay(house, friend, "c1")
    await pay(house, friend, "c2")

    assert (await house.balances.of(ivan.id)).bonus == WELCOME + REFERRAL
    assert (await house.balances.of(friend.id)).bonus == WELCOME
    await ivan.say("/menu")
    said = (await ivan.tap("Пригласить")).words.replace("\u00a0", " ")
    assert "Пришли: 1 · пополнили баланс: 1 · получено: 50 ₽" in said
    await ivan.say("/balance")
    assert "Бонус за друга" in (await ivan.tap("Операции")).words
    boss = Somebody(house.wire, id=OWNERS[0], first_name="Ольга")
    await to_person(boss, friend)
    assert f"По ссылке: {ivan.id}" in boss.screen.words
    await to_person(boss, ivan)
    assert "По его ссылке: 1" in boss.screen.words
    assert house.telegram.refused == []


async def test_the_link_is_sent_or_copied_with_one_tap_and_says_what_it_promises(
    house: LivingHouse, ivan: Somebody
) -> None:
    link = await link_of(ivan)
    said = ivan.screen.words.replace("\u00a0", " ")
    assert "50 ₽ бонусами" in said
    assert "пока никто не пришёл" in said
    share, copy, *_ = buttons(ivan.screen)
    assert str(share.url).startswith("https://t.me/share/url?url=https%3A%2F%2Ft.me%2F")
    assert link in str(share.url)
    assert copy.copy_text is not None
    assert copy.copy_text.text.endswith(link)
    assert "50 ₽ бонусами" in (await ivan.tap("Как получить")).words.replace("\u00a0", " ")
    ann = Somebody(house.wire, id=503, first_name="Ann", language_code="en")
    await link_of(ann)
    assert "50\u00a0₽ as a bonus" in ann.screen.words


@pytest.mark.proves("S15", "F59")
async def test_neither_oneself_nor_who_was_here_before_is_brought_by_a_link_and_all_are_greeted(
    house: LivingHouse, ivan: Somebody
) -> None:
    friend = Somebody(house.wire, id=502, first_name="Анна")
    await friend.say("/start")
    own, theirs = await link_of(ivan), await link_of(friend)
    for person, link in ((ivan, own), (ivan, theirs), (friend, own), (friend, "ref_" + "x" * 12)):
        assert (await person.say(f"/start {link}")).words.startswith("Здравствуйте")
    await pay(house, friend, "c1")
    await pay(house, ivan, "c2")
    for person in (ivan, friend):
        assert (await house.balances.of(person.id)).bonus == WELCOME
        assert (await house.invitations.record_of(person.id)).came == 0


async def test_the_first_event_brings_the_friend_however_often_it_is_told(
    house: LivingHouse, ivan: Somebody
) -> None:
    link, friend = await link_of(ivan), Somebody(house.wire, id=502)
    entity = [{"type": "bot_command", "offset": 0, "length": 6}]
    event = await house.wire.feed(friend.message(text=f"/start {link}", entities=entity))
    await house.side.events.handle(event, house.epoch)
    assert (await house.invitations.record_of(ivan.id)).came == 1


@pytest.mark.proves("F60")
async def test_where_no_bonus_is_given_none_is_promised_and_an_old_button_leads_home(
    house: LivingHouse, ivan: Somebody, tmp_path: Path
) -> None:
    await link_of(ivan)
    none = Configured(welcome_bonus=WELCOME, referral_bonus=type(WELCOME)(0), result_copy_days=30)
    ivan.wire.events = build_house(house.database, tmp_path, house.telegram, none).side.events
    menu = await ivan.say("/menu")
    assert not any("Пригласить" in words for words in menu.buttons)
    await house.wire.feed(ivan.callback(Go(to=Target.INVITE).pack(), menu))
    assert ivan.toast == TEXTS.for_language("ru").plain("toast-old-button")
    assert "Можно потратить" in ivan.screen.words
    await ivan.tap("Бесплатно")
    assert "друга" not in (await ivan.tap("Как получить")).words


@pytest.mark.proves("S15")
async def test_a_link_to_what_is_somebody_elses_is_a_greeting_and_nothing_more(
    house: LivingHouse, ivan: Somebody
) -> None:
    await ivan.say("/start")
    theirs = await made(house, ivan, "синий слон в трамвае")
    stranger = Somebody(house.wire, id=502, first_name="Анна")
    await stranger.say("/start")
    for kind in ("gen", "generation", "made", "draft", "order", "promo", "preset", "ref"):
        said = (await stranger.say(f"/start {kind}_{theirs.id}")).words
        assert said.startswith("Здравствуйте, Анна!"), kind
        assert "слон" not in said
    assert await house.drafts.current(stranger.id) is None
    assert (await house.balances.of(stranger.id)).cash == 0
