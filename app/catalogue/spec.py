"""A model as the catalogue knows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NewType

from app.catalogue.localized import Localized
from app.catalogue.parameters import Modality, Parameter, Scalar
from app.catalogue.prices import PriceRow
from app.catalogue.rules import Rule
from app.catalogue.tasks import TASKS, Category

ModelKey = NewType("ModelKey", str)
"""A short stable key, `[a-z0-9-]{1,32}`: what callback data and deep links carry."""


class Status(StrEnum):
    """Whether a model may be sold; only `current` ones are on a shelf."""

    CURRENT = "current"
    RETIRED = "retired"  # gone at the provider; old buttons lead to its successor
    UNSOLD = "unsold"  # exists, but for `reason` is not for sale; may have a successor, too


class Endpoint(StrEnum):
    """Which of KIE's endpoints takes the tasks of a model and tells of them; the words of their states differ, too."""

    JOBS = "jobs"  # the one for everything, since autumn 2026 for every family
    VEO = "veo-api"
    SUNO = "suno-api"
    SUNO_WAV = "suno-wav-api"
    SUNO_VIDEO = "suno-video-api"
    GPT4O_IMAGE = "gpt4o-image-api"
    FLUX_KONTEXT = "flux-kontext-api"
    RUNWAY = "runway-api"
    ALEPH = "aleph-api"


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model. `id` is KIE's model id; `fixed` are constants that go to KIE and are never shown.

    `expected_seconds`: typical time from submit to result, until our own history knows better. `free`: may be
    given away by the free tier (P22). `doubt`: a fact of this entry that its source leaves open. `results`: how many
    one generation is sold as, or the name of the parameter that says it. `markup`: how many times the cost is asked,
    at least once; None = as for all.
    """

    key: ModelKey
    id: str
    name: str
    provider: str
    family: str
    task: str
    produces: Modality
    description: Localized
    parameters: tuple[Parameter, ...]
    rules: tuple[Rule, ...]
    prices: tuple[PriceRow, ...]
    source: tuple[str, ...]
    verified_on: date
    expected_seconds: int | None = None
    fixed: Mapping[str, Scalar] = field(default_factory=dict, hash=False)
    status: Status = Status.CURRENT
    successor: ModelKey | None = None
    reason: str | None = None
    doubt: str | None = None
    free: bool = False
    results: int | str = 1
    markup: Decimal | None = None
    endpoint: Endpoint = Endpoint.JOBS

    @property
    def category(self) -> Category:
        """The one shelf this model stands on, by its task."""
        return TASKS[self.task].category

    @property
    def varies(self) -> bool:
        """Whether the same again makes another one worth having, and the model has no count of its own."""
        return self.results == 1 and TASKS[self.task].varies

    def parameter(self, name: str) -> Parameter | None:
        """The parameter with this name; None when the model has none."""
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def question(self, name: str) -> Parameter | None:
        """As `parameter`; `shots.duration` is what every element of a list is asked, and is called so."""
        whole, dot, part = name.partition(".")
        parameter = self.parameter(whole)
        inner = parameter.part(part) if parameter is not None and dot else None
        return replace(inner, name=name) if inner is not None else None if dot else parameter
