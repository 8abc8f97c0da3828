"""What a person reads where fewer results came than were sold, and which of several variants a result is."""

from datetime import UTC, datetime

import pytest

from app.catalogue import Modality
from app.generation import State, StoredFile
from app.ledger import Balance, StatementLine, TransferKind
from app.money import Kopecks
from bot.generation_screens import GenerationScreens
from bot.texts import load_texts, plain_text
from bot.view import View
from bot.views.bill import bill_view
from bot.views.statement import title
from tests.unit.bot.examples import CATALOGUE, OFFERS, SEQUELS, generation

SCREENS = GenerationScreens(CATALOGUE, OFFERS, SEQUELS)
BALANCE = Balance(Kopecks(10_000), Kopecks(0), Kopecks(2_050), Kopecks(0), Kopecks(0))
FILES = tuple(StoredFile(f"results/12/{n}.png", Modality.IMAGE, "image/png", 7) for n in (1, 3, 4))
FEWER = generation(sold=4, missing=1, returned=Kopecks(119), results=FILES)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("ru", "Пришло 3 из 4: вернули 1,19 ₽, на балансе 120,50 ₽."),
        ("en", "3 of 4 arrived: 1.19 ₽ came back, your balance is 120.50 ₽."),
    ],
)
def test_a_result_says_how_many_came_what_came_back_and_what_there_is_now(language: str, told: str) -> None:
    words = load_texts().for_language(language)
    for view in (SCREENS.result(words, FEWER, BALANCE), SCREENS.album(words, FEWER, (), BALANCE)):
        assert told in plain_text(view.text).replace("\N{NO-BREAK SPACE}", " "), view.text
    assert told[:15] not in plain_text(SCREENS.album_caption(words, FEWER).text), "it is said once"


def test_sent_again_it_still_says_so_without_a_balance_that_is_none_of_then() -> None:
    words = load_texts().for_language("ru")
    text = plain_text(SCREENS.result(words, FEWER, None).text)
    assert "Пришло 3 из 4: вернули 1,19" in text
    assert "балансе" not in text


def test_of_a_free_run_no_money_is_spoken() -> None:
    words = load_texts().for_language("ru")
    free = generation(sold=2, missing=1, is_free=True, price=Kopecks(0), results=FILES[:1])
    assert "Пришло 1 из 2.\n" in plain_text(SCREENS.result(words, free, None).text)


def test_a_whole_result_says_nothing_of_it() -> None:
    words = load_texts().for_language("ru")
    assert "Пришло" not in SCREENS.result(words, generation(sold=3, results=FILES), BALANCE).text


def test_a_long_prompt_gives_way_to_what_came_back() -> None:
    words = load_texts().for_language("ru")
    long = generation(sold=4, missing=1, returned=Kopecks(119), inputs={"prompt": "<&>" * 900})
    text = plain_text(SCREENS.result(words, long, BALANCE).text)
    assert "Пришло 3 из 4" in text
    assert len(text.encode("utf-16-le")) // 2 <= 1024


def test_variants_say_which_they_are_in_their_result_failure_and_receipt() -> None:
    words = load_texts().for_language("ru")
    second = generation(variant=2, variants=4, results=FILES[:1])
    failed = generation(variant=2, variants=4, state=State.FAILED)
    spec = CATALOGUE.get(second.model_key)
    for view in (
        SCREENS.result(words, second, None),
        SCREENS.failed(words, failed, Kopecks(474), BALANCE),
        bill_view(words, spec, second, ()),
    ):
        assert "Вариант 2 из 4" in plain_text(view.text)


@pytest.mark.parametrize(("language", "said"), [("ru", "недостающее"), ("en", "missing")])
def test_the_receipt_and_the_statement_name_what_came_back_for_missing_results(
    language: str, said: str
) -> None:
    words = load_texts().for_language(language)
    moment = datetime(2026, 11, 23, tzinfo=UTC)
    line = StatementLine(
        transfer_id=9,
        kind=TransferKind.REFUND,
        key="fewer:12",
        created_at=moment,
        reason=None,
        amount=Kopecks(119),
        cash=Kopecks(119),
        bonus=Kopecks(0),
        held=Kopecks(0),
        debt=Kopecks(0),
    )
    assert said in title(words, line)
    assert "12" in title(words, line)
    bill = plain_text(bill_view(words, CATALOGUE.get(FEWER.model_key), FEWER, (line,)).text)
    assert ("Пришло 3 из 4" if language == "ru" else "3 of 4 arrived") in bill
    assert "1,19" in bill or "1.19" in bill


def test_more_of_the_same_is_offered_at_todays_price_and_never_stands_in_the_way_of_a_result() -> None:
    words = load_texts().for_language("ru")
    inputs = {"prompt": "кот", "output_format": "png", "image_size": "1:1"}
    made = generation(model_key="nano-banana", inputs=inputs, results=FILES[:1])
    assert _more(SCREENS.result(words, made, None)) == ["×2 за 6,32 ₽", "×4 за 12,64 ₽"]
    gone = generation(model_key="nano-banana-pro", inputs={"resolution": "16K"}, results=FILES[:1])
    assert _more(SCREENS.result(words, gone, None)) == []
    song = generation(model_key="suno-song", inputs={"prompt": "море"}, results=FILES[:1])
    assert _more(SCREENS.result(words, song, None)) == []


def _more(view: View) -> list[str]:
    assert view.keyboard is not None
    said = (it.text for row in view.keyboard.inline_keyboard for it in row)
    return [it.replace("\N{NO-BREAK SPACE}", " ") for it in said if it.startswith("×")]
