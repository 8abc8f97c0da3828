"""What is other today than `schemas.json` says: models that came, went, got dearer, ask otherwise. See `knobs`."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from app.sandbox.kie.errors import KnobError
from app.sandbox.kie.schemas import ModelFacts, price_row
from app.sandbox.kie.values import Json, JsonObject, as_items, as_number, as_object, as_text, compact

_WORDS = frozenset({"model", "gone", "like", "prices", "pricing", "says", "input", "required"})


class ModelChanges:
    """One change a model; a later one takes the place of the former."""

    def __init__(self, store: sqlite3.Connection) -> None:
        self._store = store

    def put(self, body: JsonObject) -> None:
        """Changes a model from now on; KnobError when the body is not understood."""
        model, unknown = as_text(body.get("model")), set(body) - _WORDS
        if not model or unknown:
            raise KnobError(
                f"a change names its model and has no {', '.join(sorted(unknown)) or 'other'} words"
            )
        self._store.execute("INSERT OR REPLACE INTO model_changes VALUES (?, ?)", (model, compact(body)))

    def reset(self) -> None:
        """Everything is as in the file again."""
        self._store.execute("DELETE FROM model_changes")

    def shown(self) -> list[JsonObject]:
        """What was put, in order."""
        rows = self._store.execute("SELECT body FROM model_changes ORDER BY rowid").fetchall()
        return [json.loads(row["body"]) for row in rows]

    def applied(self, models: Mapping[str, ModelFacts]) -> Mapping[str, ModelFacts]:
        """The models as they are today, the new ones last."""
        changed = dict(models)
        for body in self.shown():
            model = as_text(body["model"])
            before = changed.get(as_text(body.get("like")) or model)
            if before is not None:
                changed[model] = _changed(replace(before, id=model), body)
        return changed


def _changed(facts: ModelFacts, body: JsonObject) -> ModelFacts:
    factor = as_number(body.get("prices"))
    if factor is not None:
        times = Decimal(str(factor))
        facts = replace(
            facts,
            prices=tuple(replace(row, credits=(row.credits * times).normalize()) for row in facts.prices),
        )
    if "pricing" in body:
        facts = replace(facts, prices=tuple(price_row(as_object(row)) for row in as_items(body["pricing"])))
    return replace(
        facts,
        status="delisted" if body.get("gone") is True else facts.status,
        input=_input(facts.input, as_object(body.get("input")), body.get("required")),
        price_words=as_text(body.get("says")) or facts.price_words,
    )


def _input(schema: JsonObject, changed: JsonObject, required: Json) -> JsonObject:
    properties = {**as_object(schema.get("properties")), **changed}
    kept: JsonObject = {name: part for name, part in properties.items() if part is not None}
    return {**schema, "properties": kept, **({} if required is None else {"required": required})}
