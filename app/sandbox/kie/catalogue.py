"""The catalogue calls: models, schema, price, success-rate. One request a second for all of them together."""

import time
from collections import deque
from collections.abc import Iterator

from aiohttp import web

from app.sandbox.kie.envelope import said
from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.schemas import CREATE_TASK, ModelBook, ModelFacts, PriceRow
from app.sandbox.kie.values import Json, JsonObject

CALLS_A_SECOND = 1
_SLOT_SECONDS = 600
_SLOTS = 144


class CatalogueApi:
    """What there is, in KIE's words."""

    def __init__(self, models: ModelBook, knobs: KnobBoard) -> None:
        self._models = models
        self._knobs = knobs
        self._last: deque[float] = deque()

    async def models(self, request: web.Request) -> Json:
        """GET /api/v1/models?taskType=&provider=&q=."""
        self._check_pace()
        found: list[Json] = [_listed(model) for model in self._current() if _is_asked(model, request)]
        return {"total": len(found), "models": found}

    async def schema(self, request: web.Request) -> Json:
        """GET /api/v1/models/{model}/schema."""
        model = self._asked(request)
        return {"model": model.id, "openapi": _openapi(model)}

    async def price(self, request: web.Request) -> Json:
        """GET /api/v1/models/{model}/price."""
        model = self._asked(request)
        return {"model": model.id, "pricingDesc": price_words(model)}

    async def success_rate(self, request: web.Request) -> Json:
        """GET /api/v1/models/{model}/success-rate."""
        model = self._asked(request)
        start = int(time.time()) // _SLOT_SECONDS * _SLOT_SECONDS - _SLOTS * _SLOT_SECONDS
        points: list[Json] = [_point(start + slot * _SLOT_SECONDS) for slot in range(_SLOTS)]
        return {"model": model.id, "points": points}

    def _current(self) -> Iterator[ModelFacts]:
        return (model for model in self._models.all() if model.status == "current")

    def _asked(self, request: web.Request) -> ModelFacts:
        self._check_pace()
        model = self._models.find(request.match_info["model"])
        if model is None or model.status != "current":
            raise RefusalError(404, said(404))
        return model

    def _check_pace(self) -> None:
        most, now = self._knobs.number("catalogue_limit", CALLS_A_SECOND), time.monotonic()
        while self._last and self._last[0] <= now - 1:
            self._last.popleft()
        if most and len(self._last) >= most:
            raise RefusalError(429, said(429))
        self._last.append(now)


def _is_asked(model: ModelFacts, request: web.Request) -> bool:
    task, provider, words = (request.query.get(name, "").lower() for name in ("taskType", "provider", "q"))
    if task and task not in model.tasks:
        return False
    if provider and provider != model.provider.lower():
        return False
    return not words or words in model.id.lower() or words in model.name.lower()


def _listed(model: ModelFacts) -> JsonObject:
    tasks: list[Json] = list(model.tasks)
    return {
        "model": model.id,
        "slug": model.id.replace("/", "-"),
        "title": model.name,
        "provider": model.provider,
        "taskType": tasks,
        "description": None,
        "pricingDesc": price_words(model),
    }


def price_words(model: ModelFacts) -> str | None:
    """What is said of its price; None where there is none."""
    return model.price_words or "; ".join(_row_words(row) for row in model.prices) or None


def _row_words(row: PriceRow) -> str:
    when = ", ".join(f"{key} {value}" for key, value in row.when.items())
    words = f"{row.credits:f} credits {row.unit.replace('_', ' ')}"
    return f"{when}: {words}" if when else words


def _openapi(model: ModelFacts) -> JsonObject:
    identity: JsonObject = {"type": "string", "enum": [model.id], "default": model.id}
    callback: JsonObject = {"type": "string", "format": "uri"}
    body: JsonObject = {
        "type": "object",
        "required": ["model", "input"],
        "properties": {"model": identity, "callBackUrl": callback, "input": model.input},
    }
    content: JsonObject = {"application/json": {"schema": body}}
    operation: JsonObject = {
        "requestBody": {"required": True, "content": content},
        "responses": {"200": {"description": "accepted"}},
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": model.name, "version": "1.0.0"},
        "paths": {CREATE_TASK: {"post": operation}},
    }


def _point(start: int) -> JsonObject:
    return {
        "start": start,
        "end": start + _SLOT_SECONDS,
        "successRate": 1.0,
        "errorRate": 0.0,
        "isNormal": True,
    }
