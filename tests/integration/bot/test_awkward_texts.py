"""Names, prompts and captions of any kind go through the whole bot: nothing is refused, nothing is lost but NUL."""

import pytest
from hypothesis import HealthCheck, example, given, settings

from tests.fixtures.awkward import FAMILY, awkward_texts, cleaned, long_texts, of_at_most
from tests.integration.bot.conftest import LivingHouse
from tests.integration.bot.test_every_update import NUMBERS
from tests.integration.bot.updates import SIZED
from tests.unit.bot.people import Somebody

THROUGH_THE_BOT = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def on_one_line(text: str) -> str:
    """As a person compares: the kind and number of blanks aside."""
    return " ".join(text.split())


@pytest.mark.proves("F19", "S10")
@given(name=awkward_texts, prompt=awkward_texts)
@example(name="<b>жирный</b> & <i>", prompt="\u202e" + FAMILY + "ко\x00т\ud800")
@example(name="</code></pre>", prompt="a < b > c && d &lt; &amp;amp; { $name } { -term } %s {0} \\n")
@THROUGH_THE_BOT
async def test_a_name_and_a_prompt_are_shown_and_sent_on_as_they_are(
    house: LivingHouse, name: str, prompt: str
) -> None:
    person = Somebody(house.wire, id=next(NUMBERS), first_name=f"И{name}")
    assert on_one_line(cleaned(f"И{name}")) in on_one_line((await person.say("/start")).words)
    await person.tap("Картинки")
    await person.tap("Z-Image")
    await person.say(f"кот {prompt} на крыше")
    screen = await person.tap("1:1")
    said = on_one_line(cleaned(f"кот {prompt} на крыше"))
    assert said in on_one_line(screen.words)
    await person.tap("₽")
    assert said in on_one_line((await person.say("/history")).words) or len(said) > 60
    (made,) = await house.generations.history(person.id, limit=5)
    assert on_one_line(str(made.request["prompt"])) == said
    assert house.telegram.refused == []


@pytest.mark.proves("F19", "F94", "S10")
@given(text=long_texts)
@example(text="<&>" * 1365)
@example(text="\U0001f600" * 2048)
@THROUGH_THE_BOT
async def test_a_text_of_any_length_fits_every_screen_and_stays_whole(house: LivingHouse, text: str) -> None:
    text = of_at_most(f"скажи {text}", 4096)
    person = Somebody(house.wire, id=next(NUMBERS))
    await person.say("/menu")
    await person.tap("Звук")
    await person.tap("ElevenLabs")
    await person.say(text)
    await person.tap("₽")
    (made,) = await house.generations.history(person.id, limit=5)
    assert str(made.request["text"]).strip() == cleaned(text).strip()
    await person.say("/history")
    assert house.telegram.refused == []


@pytest.mark.proves("F19", "F94", "S10")
@given(caption=long_texts)
@THROUGH_THE_BOT
async def test_a_caption_becomes_the_prompt_as_it_is(house: LivingHouse, caption: str) -> None:
    caption = of_at_most(f"замени {caption}", 1024)
    person = Somebody(house.wire, id=next(NUMBERS))
    await person.wire.feed(person.message(photo=[SIZED], caption=caption))
    await person.tap("Nano Banana Edit")
    draft = await house.drafts.current(person.id)
    assert draft is not None
    assert str(draft.inputs["prompt"]).strip() == cleaned(caption).strip()
    await person.tap("₽")
    assert house.telegram.refused == []
