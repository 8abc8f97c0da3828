"""Is the catalogue fit to be sold? `make models`; `--write` also writes the README's table of models.

What the files themselves get wrong is found by the loader, which stops a start for the same reasons; what only shows on
a screen (a model that no shelf leads to, a name that is cut, data over 64 bytes) is found here.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import Catalogue, CatalogueError, Category, ModelSpec, load_catalogue
from bot.callbacks import FileOffer, ListKind, ModelTap, OfferTap
from bot.families import Entry, FamilyGroup, entries_of
from bot.keyboards.menu import CATEGORY_KEYS
from bot.keyboards.models import PAGE_SIZE, family_keyboard, shelf_keyboard
from bot.result_callbacks import OnwardTap
from bot.texts import Words, load_texts

ROOT = Path(__file__).resolve().parents[2]
BEGIN, END = "<!-- models: written by make models-table -->", "<!-- end of models -->"

LARGEST_ID, LAST_PAGE, LAST_FILE = 2**63 - 1, 9999, 99
"""The largest numbers that a button carries beside a model's key."""

Shelves = Callable[[Sequence[ModelSpec]], Sequence[Entry]]
"""What stands on a shelf of these models."""


def main(arguments: Sequence[str], folder: Path = ROOT / "models") -> int:
    """A line per problem and the number of models by category; 1 where there is a problem."""
    try:
        catalogue = load_catalogue(folder)
    except CatalogueError as error:
        return _refuse(map(str, error.problems))
    problems = list(problems_on_screens(catalogue))
    if problems:
        return _refuse(problems)
    if "--write" in arguments:
        readme = ROOT / "README.md"
        readme.write_text(with_table(readme.read_text(encoding="utf-8"), catalogue), encoding="utf-8")
    print(*counts(catalogue), sep="\n")
    return 0


def problems_on_screens(catalogue: Catalogue, shelves: Shelves = entries_of) -> Iterator[str]:
    """What is wrong with the buttons that lead to these models, in every language."""
    too_long = [it for spec in catalogue.models for it in _data_problems(spec)]
    yield from too_long
    if too_long:
        return
    texts = load_texts()
    for language in texts.languages:
        words = texts.for_language(language)
        ways: Counter[str] = Counter()
        for category in Category:
            for keyboard in _keyboards(words, category, shelves(catalogue.in_category(category))):
                yield from (f"{language}: {category}: {it}" for it in _label_problems(catalogue, keyboard))
                ways.update(key for key, _ in _models(keyboard))
        for spec in catalogue.models:
            if ways[spec.key] != 1:
                yield f"{language}: {spec.key}: {ways[spec.key]} buttons of the shelves lead to it, not one"


def counts(catalogue: Catalogue) -> list[str]:
    """How many models for sale each category has, and all together."""
    lines = [f"{category}: {len(catalogue.in_category(category))}" for category in Category]
    return [*lines, f"together: {len(catalogue.models)}, not for sale: {len(catalogue.withdrawn)}"]


def with_table(text: str, catalogue: Catalogue) -> str:
    """The README with the table as it should be; ValueError where a mark is missing."""
    before, rest = text[: text.index(BEGIN)], text[text.index(END) :]
    return f"{before}{BEGIN}\n{table(catalogue)}\n{rest}"


def table(catalogue: Catalogue) -> str:
    """A row for each category with its families, and the sum."""
    words = load_texts().for_language("en")
    rows = []
    for category in Category:
        models = catalogue.in_category(category)
        families = ", ".join(dict.fromkeys(spec.family for spec in models))
        rows.append(f"| {words.plain(CATEGORY_KEYS[category])} | {len(models)} | {families} |")
    every = {spec.family for spec in catalogue.models}
    total = f"| **together** | **{len(catalogue.models)}** | {len(every)} families |"
    return "\n".join(["| category | models | families |", "|---|---|---|", *rows, total])


def _refuse(problems: Iterable[str]) -> int:
    print(*problems, sep="\n")
    return 1


def _data_problems(spec: ModelSpec) -> Iterator[str]:
    try:
        for data in (
            ModelTap(key=spec.key, kind=ListKind.FAVOURITES, page=LAST_PAGE),
            OfferTap(key=spec.key),
            FileOffer(key=spec.key, message=LARGEST_ID),
            OnwardTap(key=spec.key, generation=LARGEST_ID, number=LAST_FILE),
        ):
            data.pack()
    except ValueError as error:
        yield f"{spec.key}: {error}"


def _keyboards(words: Words, category: Category, entries: Sequence[Entry]) -> Iterator[InlineKeyboardMarkup]:
    """Every page of a shelf and of its families."""
    for page in range(-(-len(entries) // PAGE_SIZE)):
        yield shelf_keyboard(words, category, entries, page)
    for group in entries:
        if isinstance(group, FamilyGroup):
            for page in range(-(-len(group.models) // PAGE_SIZE)):
                yield family_keyboard(words, category, group, page, 0)


def _label_problems(catalogue: Catalogue, keyboard: InlineKeyboardMarkup) -> Iterator[str]:
    labels = Counter(button.text for row in keyboard.inline_keyboard for button in row)
    yield from (f"two buttons say {label!r}" for label, count in labels.items() if count > 1)
    for key, label in _models(keyboard):
        if label != catalogue.get(key).name:
            yield f"{key}: its name is cut to {label!r}"


def _models(keyboard: InlineKeyboardMarkup) -> list[tuple[str, str]]:
    """Key and label of every button that opens a card."""
    buttons = [it for row in keyboard.inline_keyboard for it in row]
    opens = ModelTap.__prefix__ + ":"
    taps = ((it.callback_data or "", it.text) for it in buttons)
    return [(ModelTap.unpack(data).key, label) for data, label in taps if data.startswith(opens)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
