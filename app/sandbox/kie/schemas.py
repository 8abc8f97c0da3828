"""KIE's own facts about its models, read from `schemas.json`: what the stand-in holds every request against.

One entry a line: id, name, provider, task, endpoint, status (current, legacy-endpoint, delisted), input (a JSON
Schema with x-media, x-max-mb, x-mime), rules (in words), checks (the rules a machine can check), pricing rows.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Protocol

from app.sandbox.kie.values import Json, JsonObject, as_items, as_object, as_text

CREATE_TASK = "/api/v1/jobs/createTask"
CHAT = "/{model}/v1/chat/completions"
BOOK = Path(__file__).with_name("schemas.json")


class Medium(StrEnum):
    """What a task makes."""

    IMAGE = "image"
    VIDEO = "video"
    AUDIO = "audio"
    DATA = "data"


@dataclass(frozen=True)
class PriceRow:
    """`credits` for one `unit` when every field of `when` has the value named; a surcharge comes on top."""

    when: Mapping[str, Json]
    credits: Decimal
    unit: str
    surcharge: bool


@dataclass(frozen=True)
class ModelFacts:
    """One model as KIE documents it."""

    id: str
    name: str
    provider: str
    task: str
    tasks: tuple[str, ...]
    endpoint: str
    status: str
    input: JsonObject
    checks: tuple[JsonObject, ...]
    prices: tuple[PriceRow, ...]
    price_words: str | None = None
    """Prose that is said in place of the rows."""

    @property
    def medium(self) -> Medium:
        """What a task of this model makes."""
        return _MEDIA.get(self.task, Medium.DATA)

    @property
    def fields(self) -> JsonObject:
        """The schema of each input field."""
        return as_object(self.input.get("properties"))

    def media_fields(self) -> Iterator[tuple[str, JsonObject]]:
        """The inputs that carry pictures, clips or sound."""
        for name, schema in self.fields.items():
            if isinstance(schema, dict) and "x-media" in schema:
                yield name, schema

    def with_defaults(self, inputs: JsonObject) -> JsonObject:
        """The inputs with the documented default of every field that was left out."""
        defaults = {
            name: schema["default"]
            for name, schema in self.fields.items()
            if isinstance(schema, dict) and "default" in schema
        }
        return {**defaults, **inputs}


class Changes(Protocol):
    """What is other today than the file says."""

    def applied(self, models: Mapping[str, ModelFacts]) -> Mapping[str, ModelFacts]:
        """The models as they are today."""
        ...


class ModelBook:
    """All models by id; read from the file when the first one is asked for."""

    def __init__(self, changes: Changes | None = None) -> None:
        self._changes = changes

    def find(self, model: str) -> ModelFacts | None:
        """The model of this id that createTask knows, be it delisted; None for any other id."""
        return self._today().get(model)

    def all(self) -> tuple[ModelFacts, ...]:
        """Every model of createTask, in the order of the file."""
        return tuple(self._today().values())

    def _today(self) -> Mapping[str, ModelFacts]:
        return self._filed if self._changes is None else self._changes.applied(self._filed)

    def chat(self, model: str) -> ModelFacts | None:
        """The text model that answers at this one's endpoint of chat completions; None where there is none."""
        endpoint = CHAT.format(model=model)
        entry = next((it for it in self._entries if it["endpoint"] == endpoint), None)
        return None if entry is None else _facts(entry)

    @cached_property
    def _filed(self) -> Mapping[str, ModelFacts]:
        models = (_facts(entry) for entry in self._entries if entry["endpoint"] == CREATE_TASK)
        return {model.id: model for model in models}

    @cached_property
    def _entries(self) -> list[JsonObject]:
        entries: list[JsonObject] = json.loads(BOOK.read_text(encoding="utf-8"))
        return entries


def _facts(entry: JsonObject) -> ModelFacts:
    task = as_text(entry["task"])
    return ModelFacts(
        id=as_text(entry["id"]),
        name=as_text(entry["name"]),
        provider=as_text(entry["provider"]),
        task=task,
        tasks=tuple(as_text(name) for name in as_items(entry.get("tasks"))) or (task,),
        endpoint=as_text(entry["endpoint"]),
        status=as_text(entry["status"]),
        input=as_object(entry["input"]),
        checks=tuple(as_object(check) for check in as_items(entry.get("checks"))),
        prices=tuple(price_row(as_object(row)) for row in as_items(entry["pricing"])),
    )


def price_row(row: JsonObject) -> PriceRow:
    """One row of the file."""
    return PriceRow(
        when=as_object(row["when"]),
        credits=Decimal(str(row["credits"])),
        unit=as_text(row["unit"]),
        surcharge=row.get("surcharge") is True,
    )


_MEDIA = {
    "text-to-image": Medium.IMAGE,
    "image-to-image": Medium.IMAGE,
    "image-upscale": Medium.IMAGE,
    "background-removal": Medium.IMAGE,
    "text-to-video": Medium.VIDEO,
    "image-to-video": Medium.VIDEO,
    "video-to-video": Medium.VIDEO,
    "video-upscale": Medium.VIDEO,
    "lip-sync": Medium.VIDEO,
    "text-to-speech": Medium.AUDIO,
    "music": Medium.AUDIO,
    "sound-effect": Medium.AUDIO,
    "audio-isolation": Medium.AUDIO,
}
