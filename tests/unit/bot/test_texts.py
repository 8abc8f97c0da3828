"""The words: complete in every language, used, short enough for buttons, free of accidents."""

import ast
import re
from itertools import chain
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor
from hypothesis import given, settings
from hypothesis import strategies as st

from app.money import Kopecks
from bot.texts import TextsError, UnknownTextError, UnrenderableTextError, load_texts, refusal_words
from tests.unit.bot.fake_telegram import parsed

BOT = Path(__file__).resolve().parents[3] / "bot"
LANGUAGES = ("ru", "en")
LONGEST_BUTTON = 30


class Placeholders(Visitor):
    """The names of the arguments of a message."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ftl.VariableReference) -> None:
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, ftl.Message]:
    """Every message of a language by key."""
    bodies = (
        FluentParser().parse(file.read_text(encoding="utf-8")).body
        for file in sorted((BOT / "texts" / language).glob("*.ftl"))
    )
    return {it.id.name: it for it in chain.from_iterable(bodies) if isinstance(it, ftl.Message)}


def placeholders(message: ftl.Message) -> set[str]:
    """Its arguments."""
    visitor = Placeholders()
    visitor.visit(message)
    return visitor.names


TEXTS = load_texts()
MESSAGES = {language: messages(language) for language in LANGUAGES}


def strings_in_code() -> set[str]:
    """Every string literal of the bot's code."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in BOT.rglob("*.py"))
    nodes = chain.from_iterable(ast.walk(tree) for tree in trees)
    return {it.value for it in nodes if isinstance(it, ast.Constant) and isinstance(it.value, str)}


def asked_in_code() -> set[str]:
    """The keys that code asks words for by a literal."""
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in BOT.rglob("*.py"))
    calls = (it for tree in trees for it in ast.walk(tree) if isinstance(it, ast.Call) and it.args)
    asked = set()
    for call in calls:
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        first = call.args[0]
        if name in {"words", "plain", "say"} and isinstance(first, ast.Constant):
            asked.add(str(first.value))
    return asked


def test_every_language_has_the_same_files_keys_and_placeholders() -> None:
    files = [{file.name for file in (BOT / "texts" / it).glob("*.ftl")} for it in LANGUAGES]
    assert files[0] == files[1]
    russian, english = (messages(it) for it in LANGUAGES)
    assert russian.keys() == english.keys()
    for key, message in russian.items():
        assert placeholders(message) == placeholders(english[key]), key


def test_every_text_is_used_and_every_text_that_is_asked_for_exists() -> None:
    keys = messages("ru").keys()
    assert keys - strings_in_code() == set()
    assert asked_in_code() - keys == set()
    assert len(asked_in_code()) > 60, "the search finds nothing any more"


def test_plurals_are_chosen_by_the_language() -> None:
    russian, english = (load_texts().for_language(it) for it in LANGUAGES)
    endings = {count: russian("categories", models=count).split()[4].rstrip(":") for count in (1, 3, 5, 21)}
    assert endings == {1: "модель", 3: "модели", 5: "моделей", 21: "модель"}
    assert "1 model:" in english("categories", models=1)
    assert "2 models:" in english("categories", models=2)


COUNTS = (0, 1, 2, 5, 11, 21, 101)
NOUNS: dict[str, dict[str, tuple[str, ...]]] = {
    "ru": {
        "menu": ("моделей", "модель", "модели", "моделей", "моделей", "модель", "модель"),
        "categories": ("моделей", "модель", "модели", "моделей", "моделей", "модель", "модель"),
        "family-line": ("моделей", "модель", "модели", "моделей", "моделей", "модель", "модель"),
        "result-album": ("файлов", "файл", "файла", "файлов", "файлов", "файл", "файл"),
        "input-files": ("файлов", "файл", "файла", "файлов", "файлов", "файл", "файл"),
        "invoice-description": ("звёзд", "звезду", "звезды", "звёзд", "звёзд", "звезду", "звезду"),
        "limit-text": ("знаков", "знака", "знаков", "знаков", "знаков", "знака", "знака"),
    },
    "en": {
        "menu": ("models", "model", *["models"] * 5),
        "categories": ("models", "model", *["models"] * 5),
        "family-line": ("models", "model", *["models"] * 5),
        "result-album": ("files", "file", *["files"] * 5),
        "input-files": ("files", "file", *["files"] * 5),
        "invoice-description": ("Stars", "Star", *["Stars"] * 5),
        "limit-text": ("characters", "character", *["characters"] * 5),
    },
}
"""The noun that stands behind each of COUNTS."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_and_its_noun_agree_in_every_text_that_counts(language: str) -> None:
    words = TEXTS.for_language(language)
    counting = {key for key, message in MESSAGES[language].items() if selects(message)}
    assert counting - NOUNS[language].keys() == COUNTS_WITHOUT_A_NOUN
    for key, nouns in NOUNS[language].items():
        names = placeholders(MESSAGES[language][key])
        for count, noun in zip(COUNTS, nouns, strict=True):
            said = words.plain(key, **dict.fromkeys(names, count))
            assert re.search(rf"\b{count} {noun}\b", said), (key, count, said)


COUNTS_WITHOUT_A_NOUN = {"button-category", "shelf", "file-offers"}
"""Texts that only tell nothing from something, or one from several."""


def selects(message: ftl.Message) -> bool:
    """Whether a text chooses by a number."""
    visitor = Selections()
    visitor.visit(message)
    return visitor.found


class Selections(Visitor):
    """Looks for a choice."""

    def __init__(self) -> None:
        self.found = False

    def visit_SelectExpression(self, node: ftl.SelectExpression) -> None:
        self.found = True


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_on_buttons_are_short(language: str) -> None:
    words = load_texts().for_language(language)
    sample: dict[str, str | int] = {
        "label": "1:1",
        "page": 2,
        "count": 9,
        "times": 4,
        "price": "1 234,56 ₽",
        "number": "1234",
        "place": "10",
        "model": "Z",
        "models": 12,
        "category": "Z",
        "family": "Z",
        "stars": 1000,
        "amount": "1 000 ₽",
        "hours": 24,
    }
    for key, message in messages(language).items():
        if key.startswith(("button-", "category-")) or key == "language-name":
            arguments = {name: sample[name] for name in placeholders(message)}
            assert len(words.plain(key, **arguments)) <= LONGEST_BUTTON, key


@pytest.mark.proves("F28")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_has_a_literal_escape_a_double_space_or_foreign_letters(language: str) -> None:
    for file in (BOT / "texts" / language).glob("*.ftl"):
        content = file.read_text(encoding="utf-8")
        assert "\\n" not in content, file
        assert not re.search(r"\S  +\S", content), file
        if language == "en":
            assert not re.search(r"[а-яё№]", content, re.IGNORECASE), file


LATIN_IN_RUSSIAN = frozenset({"Telegram", "Kling", "KIE", "Ctrl"})
"""Names that Russian texts may carry in Latin letters."""


def test_no_russian_text_falls_into_english() -> None:
    for key in MESSAGES["ru"]:
        names = placeholders(MESSAGES["ru"][key])
        text = re.sub(
            r"<[^>]*>|/[a-z]+", " ", TEXTS.for_language("ru").plain(key, **dict.fromkeys(names, "7"))
        )
        assert set(re.findall(r"[A-Za-z]+", text)) <= LATIN_IN_RUSSIAN, key


def test_no_words_for_people_are_in_code() -> None:
    for file in BOT.rglob("*.py"):
        assert not re.search("[а-яё]", file.read_text(encoding="utf-8"), re.IGNORECASE), file


@pytest.mark.proves("F19", "S10")
@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=200)
@given(text=st.text(min_size=1, max_size=60))
def test_whatever_goes_into_any_text_comes_out_unmangled_and_parses(language: str, text: str) -> None:
    words = TEXTS.for_language(language)
    for key in ("greeting", "shelf-line", "input-line", "result", "failed", "history-line"):
        names = placeholders(MESSAGES[language][key])
        html = words(key, **dict.fromkeys(names, text))
        assert parsed(html).count(text) >= len(names), key


HOSTILE = (
    "<a href='x'>кот</b> &lt; & { $name } {{ \u202eсправа\u202c \u2069 \U0001f468\u200d\U0001f469 %s {0}"
)


@pytest.mark.proves("S10")
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 60], ids=["short", "4096+"])
def test_every_text_of_the_bot_takes_hostile_words_for_words(language: str, text: str) -> None:
    words = TEXTS.for_language(language)
    for key, message in MESSAGES[language].items():
        if names := placeholders(message):
            shown = parsed(words(key, **dict.fromkeys(names, text)))
            assert selects(message) or shown.count(text) >= len(names), key


@pytest.mark.proves("S10")
def test_one_function_escapes() -> None:
    escaping = [path.name for path in BOT.rglob("*.py") if re.search(r"\bescape\(", path.read_text("utf-8"))]
    assert sorted(escaping) == ["addressed.py", "words.py"]  # the first of them escapes for a pattern


def test_a_missing_key_and_a_missing_argument_raise() -> None:
    words = load_texts().for_language("ru")
    with pytest.raises(UnknownTextError):
        words("no-such-text")
    with pytest.raises(UnrenderableTextError):
        words("greeting")


def test_broken_doubled_and_missing_files_are_named(tmp_path: Path) -> None:
    (tmp_path / "ru").mkdir()
    (tmp_path / "ru" / "one.ftl").write_text("key = a\nbroken { $\n", encoding="utf-8")
    (tmp_path / "ru" / "two.ftl").write_text("key = b\n", encoding="utf-8")
    with pytest.raises(TextsError) as caught:
        load_texts(tmp_path)
    assert any("ru/one.ftl" in it for it in caught.value.problems)
    assert any("key is there twice" in it for it in caught.value.problems)
    with pytest.raises(TextsError):
        load_texts(tmp_path / "ru")


def test_an_unknown_language_reads_russian_and_a_region_is_its_language() -> None:
    texts = load_texts()
    assert texts.languages == LANGUAGES
    assert texts.for_language("").language == "ru"
    assert texts.for_language("tlh").language == "ru"
    assert texts.for_language("en-GB").language == "en"


@pytest.mark.parametrize(
    ("kopecks", "russian", "english"),
    [
        (0, "0 ₽", "0 ₽"),
        (1, "0,01 ₽", "0.01 ₽"),
        (1250, "12,50 ₽", "12.50 ₽"),
        (123_456_700, "1 234 567 ₽", "1,234,567 ₽"),
        (-50, "-0,50 ₽", "-0.50 ₽"),
    ],
)
def test_money_is_exact_and_written_as_its_readers_write_it(kopecks: int, russian: str, english: str) -> None:
    texts = load_texts()
    written = [texts.for_language(it).money(Kopecks(kopecks)) for it in LANGUAGES]
    assert [re.sub(r"[\u00a0\u202f]", " ", it) for it in written] == [russian, english]


@pytest.mark.proves("S10")
def test_each_refusal_of_a_payment_has_words_that_fit_an_alert() -> None:
    words = refusal_words(load_texts())
    for reason in ("unknown_order", "expired", "banned", "storage_away", "made_up_tomorrow"):
        for language in LANGUAGES:
            assert 10 < len(words(reason, language)) <= 200
    assert words("expired", "de-AT") == words("expired", "en") != words("expired", "uk")
