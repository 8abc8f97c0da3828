"""From folders of Fluent files to `Texts`."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from pathlib import Path

from fluent.runtime import FluentBundle
from fluent.syntax import FluentParser, ast

from bot.texts.errors import TextsError
from bot.texts.words import Words

FOLDER = Path(__file__).parent
FIRST_LANGUAGE = "ru"


class Texts:
    """Every language there is; the first one answers for those that are not."""

    def __init__(self, languages: Mapping[str, Words]) -> None:
        self._languages = dict(sorted(languages.items(), key=lambda item: item[0] != FIRST_LANGUAGE))

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of the languages, the product's first one first."""
        return tuple(self._languages)

    def for_language(self, language: str) -> Words:
        """The words of a language, `en-GB` counting as `en`; of the first language where it is unknown."""
        code = language.partition("-")[0].lower()
        return self._languages.get(code, self._languages[FIRST_LANGUAGE])


def load_texts(folder: Path = FOLDER, zone: tzinfo = UTC) -> Texts:
    """Reads every language under `folder`; raises TextsError naming each broken file and doubled key."""
    problems: list[str] = []
    languages: dict[str, Words] = {}
    for place in sorted(path for path in folder.iterdir() if any(path.glob("*.ftl"))):
        bundle = FluentBundle([place.name], use_isolating=False)
        bundle.add_resource(ast.Resource(_entries(place, problems)))
        languages[place.name] = Words(place.name, bundle, zone)
    if FIRST_LANGUAGE not in languages:
        problems.append(f"{folder}: there is no language {FIRST_LANGUAGE!r}")
    if problems:
        raise TextsError(problems)
    return Texts(languages)


def _entries(place: Path, problems: list[str]) -> list[ast.EntryType]:
    """Messages and terms of one language; what cannot be read or is there twice becomes a problem."""
    entries: dict[str, ast.EntryType] = {}
    for file in sorted(place.glob("*.ftl")):
        for entry in FluentParser().parse(file.read_text(encoding="utf-8")).body:
            if isinstance(entry, ast.Junk):
                problems.append(
                    f"{place.name}/{file.name}: cannot read {(entry.content or '').strip()[:60]!r}"
                )
            if not isinstance(entry, ast.Message | ast.Term):
                continue
            if entry.id.name in entries:
                problems.append(f"{place.name}/{file.name}: {entry.id.name} is there twice")
            entries[entry.id.name] = entry
    return list(entries.values())
