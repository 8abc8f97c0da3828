"""createTask up to the moment the task is accepted: pace, model, inputs, references, price."""

from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from app.sandbox.kie.account import Account, Violations
from app.sandbox.kie.envelope import said
from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.plan import make_plan
from app.sandbox.kie.pricing import cost
from app.sandbox.kie.schemas import ModelBook, ModelFacts
from app.sandbox.kie.studio import TASK_REFERENCES, Studio
from app.sandbox.kie.tasks import Accepted, TaskBook
from app.sandbox.kie.validation import check_inputs, unknown_fields
from app.sandbox.kie.values import JsonObject, as_number, is_given

CREATES_IN_WINDOW = 20
AT_THE_SAME_TIME = 100
_CALL = "createTask"
_NO_MODEL = "The model name you specified is not supported. Please verify it against the documentation."
_UNPUBLISHED = "Page does not exist or is not published"
_FIELDS = frozenset({"model", "input", "callBackUrl"})


@dataclass(frozen=True)
class Wish:
    """A request that KIE's schemas allow."""

    model: ModelFacts
    inputs: JsonObject
    callback_url: str | None


class Intake:
    """Decides about requests for tasks."""

    def __init__(
        self,
        *,
        knobs: KnobBoard,
        models: ModelBook,
        tasks: TaskBook,
        account: Account,
        violations: Violations,
        studio: Studio,
    ) -> None:
        self._knobs = knobs
        self._models = models
        self._tasks = tasks
        self._account = account
        self._violations = violations
        self._studio = studio

    def check_pace(self) -> None:
        """RefusalError 429 on the 21st creation within ten seconds, and on the 101st task that would run."""
        most = self._knobs.number("rate_limit", CREATES_IN_WINDOW)
        at_once = self._knobs.number("parallel_limit", AT_THE_SAME_TIME)
        if most and self._tasks.created_lately() >= most:
            raise RefusalError(429, said(429))
        if at_once and self._tasks.running() >= at_once:
            raise RefusalError(429, said(429))

    def read(self, body: JsonObject) -> Wish:
        """What is wanted; RefusalError, with a violation noted, for what KIE would not take."""
        try:
            wish = self._read(body)
        except RefusalError as refusal:
            self._violations.note(_CALL, body, refusal)
            raise
        for name in (*unknown_fields(wish.model, wish.inputs), *sorted(set(body) - _FIELDS)):
            ignored = RefusalError(200, f"{name} is not a field of {wish.model.id}", field=name)
            self._violations.note(_CALL, body, ignored, refused=False)
        return wish

    async def price(self, wish: Wish) -> Accepted:
        """The wish with its price in credits and, by the knobs of this moment, its future; RefusalError 402 or 429."""
        listed = cost(wish.model, wish.inputs, await self._studio.measure(wish.model, wish.inputs))
        asked = as_number(self._knobs.take("price", model=wish.model.id))
        price = listed if asked is None else Decimal(str(asked))
        self._account.check(price)
        self.check_pace()
        return Accepted(
            model=wish.model.id,
            inputs=wish.inputs,
            callback_url=wish.callback_url,
            plan=make_plan(self._knobs, wish.model.id),
            credits=price,
        )

    def _read(self, body: JsonObject) -> Wish:
        model = self._model(body)
        inputs = body.get("input")
        if not isinstance(inputs, dict):
            raise RefusalError(422, "input is required", field="input")
        check_inputs(model, inputs)
        self._check_references(inputs)
        return Wish(model, inputs, _callback_url(body))

    def _model(self, body: JsonObject) -> ModelFacts:
        name = body.get("model")
        if not isinstance(name, str) or not name:
            raise RefusalError(422, "model is required", field="model")
        model = self._models.find(name)
        if model is None:
            raise RefusalError(404, _NO_MODEL, field="model")
        if model.status != "current":
            raise RefusalError(422, _UNPUBLISHED, field="model")
        return model

    def _check_references(self, inputs: JsonObject) -> None:
        for field in TASK_REFERENCES:
            if is_given(inputs.get(field)) and self._studio.referenced(inputs) is None:
                raise RefusalError(422, "Record does not exist", field=field)


def _callback_url(body: JsonObject) -> str | None:
    url = body.get("callBackUrl")
    if url is None:
        return None
    parts = urlsplit(url) if isinstance(url, str) else None
    if (
        not isinstance(url, str)
        or parts is None
        or parts.scheme not in ("http", "https")
        or not parts.hostname
    ):
        raise RefusalError(422, "callBackUrl is not a valid url", field="callBackUrl")
    return url
