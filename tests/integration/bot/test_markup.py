"""Names and prompts of any kind reach the screen unmangled (F19)."""

import pytest

from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.people import Somebody

NASTY = (
    "<b>жирный</b> & <i>курсив",
    "a < b > c && d &lt; &amp;amp;",
    "</code></pre><script>alert(1)</script>",
    "*bold* _it_ [link](http://x) `code` \\ ~s~ ||sp|| # - = { } . !",
    "{ $name } { -term } %s {0} \\n",
    "\u202eעברית\u202c مرحبا",
    "👨‍👩‍👧‍👦🏳️‍🌈e\u0301\u200b\u2060x",
    "<3 <-> <a href='x'>",
)


@pytest.mark.proves("F19")
@pytest.mark.parametrize("text", NASTY)
async def test_a_nasty_name_and_prompt_are_shown_as_they_are(house: LivingHouse, text: str) -> None:
    person = Somebody(house.wire, first_name=text)
    assert text in (await person.say("/start")).words
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.say(text)
    screen = await person.tap("1:1")
    assert text in screen.words
    await person.tap("₽")
    assert " ".join(text.split()) in (await person.say("/history")).words
    assert house.telegram.refused == []


@pytest.mark.proves("F19")
async def test_nul_is_all_that_is_lost(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Картинки")
    await ivan.tap("Z-Image")
    await ivan.say("ко\x00т\ud800")
    screen = await ivan.tap("1:1")
    assert "кот" in screen.words


@pytest.mark.proves("F94")
async def test_a_prompt_of_the_greatest_length_fits_every_screen(house: LivingHouse, ivan: Somebody) -> None:
    await ivan.say("/start")
    await ivan.tap("Звук")
    await ivan.tap("ElevenLabs")
    await ivan.say("<&>😀" * 1000)
    await ivan.tap("₽")
    await ivan.say("/history")
    assert house.telegram.refused == []
