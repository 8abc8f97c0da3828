"""What the provider has and we leave out on purpose: `models/known/kie.toml`. Nobody is told of it again."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from app.catalogue import CatalogueError, FileProblem, ModelSpec

KNOWN = Path("known") / "kie.toml"
"""Inside the folder of the models."""


@dataclass(frozen=True, slots=True)
class Known:
    """`models`: ids that are none of ours, with the reason. `everywhere`: inputs that no model of ours asks.

    `inputs` and `values` (`input=value`): by our model's key. `prices`: by our model's key, the provider's prose that
    was read and understood by a person although it tells no figure for one of our rows.
    """

    models: Mapping[str, str] = field(default_factory=dict)
    everywhere: frozenset[str] = frozenset()
    inputs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    prices: Mapping[str, str] = field(default_factory=dict)

    def inputs_of(self, spec: ModelSpec) -> frozenset[str]:
        """The inputs that this model leaves out."""
        return self.everywhere | frozenset(self.inputs.get(spec.key, ()))

    def values_of(self, spec: ModelSpec) -> frozenset[str]:
        """The choices that it leaves out, as `input=value`."""
        return frozenset(self.values.get(spec.key, ()))


NOTHING = Known()


def load_known(folder: Path) -> Known:
    """Reads the file of a folder of models; nothing is known where there is none. Raises CatalogueError."""
    path = folder / KNOWN
    if not path.exists():
        return NOTHING
    try:
        document = _Document.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (ValidationError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogueError((FileProblem(str(KNOWN), "*", str(error)),)) from error
    return Known(document.models, document.everywhere, document.inputs, document.values, document.prices)


class _Document(BaseModel):
    model_config = ConfigDict(extra="forbid")

    everywhere: frozenset[str] = frozenset()
    models: dict[str, str] = {}
    inputs: dict[str, tuple[str, ...]] = {}
    values: dict[str, tuple[str, ...]] = {}
    prices: dict[str, str] = {}
