"""The catalogue's way in: reads `models/*.toml`. The only module of the catalogue that does I/O."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from pathlib import Path

from pydantic import ValidationError

from app.catalogue.building import FamilyBuilder, problems_of
from app.catalogue.catalogue import Catalogue
from app.catalogue.checks import problems_in
from app.catalogue.documents import FamilyDocument, VocabularyDocument
from app.catalogue.errors import CatalogueError, FileProblem
from app.catalogue.spec import ModelSpec, Status
from app.catalogue.writers import TextModel

VOCABULARY = "vocabulary.toml"


def load_catalogue(folder: Path) -> Catalogue:
    """Every model of `folder`; raises CatalogueError that lists every problem with its file and key."""
    problems: list[FileProblem] = []
    vocabulary = _vocabulary(folder / VOCABULARY, problems)
    found: list[tuple[str, ModelSpec]] = []
    texts: list[tuple[str, TextModel]] = []
    for path in sorted(folder.glob("*.toml")):
        if path.name == VOCABULARY or vocabulary is None:
            continue
        family = _family(path, problems)
        if family is not None:
            builder = FamilyBuilder(path.name, family, vocabulary)
            found.extend((path.name, spec) for spec in builder.build())
            texts.extend((path.name, it) for it in builder.build_texts())
            problems.extend(builder.problems)
    problems.extend(_faults(found))
    problems.extend(_faults_of_texts(texts, {spec.key for _, spec in found}))
    if not found and not problems:
        problems.append(FileProblem(str(folder), "*.toml", "there is no model"))
    if problems or vocabulary is None:
        raise CatalogueError(tuple(problems))
    shelves = _on_shelves([spec for _, spec in found], vocabulary.first)
    return Catalogue(shelves, (it for _, it in texts))


def _on_shelves(specs: Iterable[ModelSpec], first: Sequence[str]) -> list[ModelSpec]:
    """The families that are named, in this order, then the others as they are; each in the order of its file."""
    places = {family: place for place, family in enumerate(first)}
    return sorted(specs, key=lambda spec: places.get(spec.family, len(places)))


def _faults(found: list[tuple[str, ModelSpec]]) -> Iterator[FileProblem]:
    keys = {spec.key for _, spec in found}
    current = {spec.key for _, spec in found if spec.status is Status.CURRENT}
    yield from _twins(found)
    for file, spec in found:
        if spec.successor is not None and spec.successor not in current:
            yield FileProblem(file, spec.key, f"its successor {spec.successor!r} is not for sale")
        for parameter in spec.parameters:
            for key in set(parameter.of) - keys:
                yield FileProblem(file, f"{spec.key}.inputs.{parameter.name}", f"there is no model {key!r}")
        for place, problem in problems_in(spec):
            yield FileProblem(file, f"{spec.key}.{place}", problem)


def _twins(found: list[tuple[str, ModelSpec]]) -> Iterator[FileProblem]:
    """Keys and ids are never used again; a name may be once it is not on a shelf any more."""
    keys = Counter(spec.key for _, spec in found)
    ids = Counter(spec.id for _, spec in found)
    names = Counter(spec.name.casefold() for _, spec in found if spec.status is Status.CURRENT)
    for file, spec in found:
        if keys[spec.key] > 1:
            yield FileProblem(file, spec.key, "this key is used twice")
        if ids[spec.id] > 1:
            yield FileProblem(file, spec.key, f"the id {spec.id!r} is used twice")
        if names[spec.name.casefold()] > 1:
            yield FileProblem(file, spec.key, f"the name {spec.name!r} is used twice")


def _faults_of_texts(texts: list[tuple[str, TextModel]], sold: Set[str]) -> Iterator[FileProblem]:
    keys = Counter(it.key for _, it in texts)
    services = Counter(it.serves for _, it in texts if it.serves is not None)
    for file, it in texts:
        if keys[it.key] > 1 or it.key in sold:
            yield FileProblem(file, it.key, "this key is used twice")
        if it.serves is None:
            continue
        if services[it.serves] > 1:
            yield FileProblem(file, it.key, f"two text models serve {it.serves}")
        if not (it.instruction and it.inputs and it.makes):
            yield FileProblem(file, it.key, "whoever serves needs instruction, inputs and makes")


def _vocabulary(path: Path, problems: list[FileProblem]) -> VocabularyDocument | None:
    try:
        return VocabularyDocument.model_validate(_read(path))
    except ValidationError as error:
        problems.extend(problems_of(path.name, "", error))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(FileProblem(path.name, "*", str(error)))
    return None


def _family(path: Path, problems: list[FileProblem]) -> FamilyDocument | None:
    try:
        return FamilyDocument.model_validate(_read(path))
    except ValidationError as error:
        problems.extend(problems_of(path.name, "", error))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(FileProblem(path.name, "*", str(error)))
    return None


def _read(path: Path) -> dict[str, object]:
    """The file as TOML says it, fractions as exact decimals (no float touches a price)."""
    with path.open("rb") as file:
        return tomllib.load(file, parse_float=Decimal)
