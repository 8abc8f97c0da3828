"""What the operator puts into the window: quick actions and the list of best models. Data in `models/showcase`."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from app.catalogue import (
    Catalogue,
    Inputs,
    InputValue,
    Localized,
    ModelKey,
    ModelSpec,
    ParameterKind,
    validate_inputs,
)
from app.offers.errors import ShowcaseError

GAP = "{subject}"
"""Where a preset's prompt takes what the person typed."""

ROOM = 200
"""Characters that must be left for what the person types."""


@dataclass(frozen=True, slots=True)
class Preset:
    """A quick action: `inputs` for `model`, whose parameter `fills` gets the prompt with the gap filled."""

    key: str
    model: ModelKey
    name: Localized
    about: Localized
    ask: Localized
    prompt: Localized
    fills: str
    inputs: Inputs

    def filled(self, subject: str, language: str) -> Inputs:
        """Every input, the prompt completed with what the person typed."""
        return {**self.inputs, self.fills: self.prompt.get(language).replace(GAP, subject)}


@dataclass(frozen=True, slots=True)
class Showcase:
    """`best` falls back for what our own history does not know yet."""

    presets: tuple[Preset, ...]
    best: tuple[ModelKey, ...]

    def preset(self, key: str) -> Preset | None:
        """The preset with this key; None when there is none (any more)."""
        return next((it for it in self.presets if it.key == key), None)

    def best_first(self, models: Iterable[ModelSpec]) -> tuple[ModelSpec, ...]:
        """The same models, the best before all others; both in the order in which they came."""
        return tuple(sorted(models, key=lambda spec: spec.key not in self.best))


def load_showcase(folder: Path, catalogue: Catalogue) -> Showcase:
    """Reads and checks both files; raises ShowcaseError that lists every problem."""
    try:
        presets = _PresetsDocument.model_validate(_read(folder / "presets.toml"))
        best = _BestDocument.model_validate(_read(folder / "best.toml"))
    except (ValidationError, tomllib.TOMLDecodeError, OSError) as error:
        raise ShowcaseError((str(error),)) from error
    problems = [*_unsold("best.toml", best.models, catalogue)]
    made: list[Preset] = []
    for document in presets.preset:
        found = list(_problems(document, catalogue))
        problems += [f"presets.toml: {document.key}: {problem}" for problem in found]
        if not found:
            made.append(_preset(document))
    if len({document.key for document in presets.preset}) < len(presets.preset):
        problems.append("presets.toml: a key is used twice")
    if problems:
        raise ShowcaseError(tuple(problems))
    return Showcase(tuple(made), tuple(ModelKey(key) for key in best.models))


class _Words(BaseModel):
    model_config = ConfigDict(extra="forbid")

    ru: str = Field(min_length=1)
    en: str = Field(min_length=1)

    def localized(self) -> Localized:
        return Localized(ru=self.ru, en=self.en)


class _PresetDocument(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(pattern=r"^[a-z0-9-]{1,32}$")
    model: str
    name: _Words
    about: _Words
    ask: _Words
    prompt: _Words
    fills: str = "prompt"
    inputs: dict[str, bool | int | str] = Field(default_factory=dict)


class _PresetsDocument(BaseModel):
    model_config = ConfigDict(extra="forbid")

    preset: list[_PresetDocument]


class _BestDocument(BaseModel):
    model_config = ConfigDict(extra="forbid")

    models: list[str]


def _read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _unsold(file: str, keys: list[str], catalogue: Catalogue) -> Iterator[str]:
    sold = {spec.key for spec in catalogue.models}
    return (f"{file}: there is no model {key!r} for sale" for key in keys if key not in sold)


def _problems(document: _PresetDocument, catalogue: Catalogue) -> Iterator[str]:
    spec = next((it for it in catalogue.models if it.key == document.model), None)
    if spec is None:
        yield f"there is no model {document.model!r} for sale"
        return
    filled = spec.parameter(document.fills)
    if filled is None or filled.kind is not ParameterKind.TEXT:
        yield f"{document.model!r} has no text {document.fills!r}"
        return
    for words in (document.prompt.ru, document.prompt.en):
        if words.count(GAP) != 1:
            yield f"the prompt needs {GAP} once"
    preset = _preset(document)
    for language in ("ru", "en"):
        for problem in validate_inputs(spec, preset.filled("x" * ROOM, language)):
            yield f"{problem.parameter}: {problem.rule}"


def _preset(document: _PresetDocument) -> Preset:
    inputs: dict[str, InputValue] = dict(document.inputs)
    return Preset(
        key=document.key,
        model=ModelKey(document.model),
        name=document.name.localized(),
        about=document.about.localized(),
        ask=document.ask.localized(),
        prompt=document.prompt.localized(),
        fills=document.fills,
        inputs=inputs,
    )
