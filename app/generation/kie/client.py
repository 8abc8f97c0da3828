"""KIE over HTTP: create a task once, read it, have a text written, read our credits."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

import aiohttp

from app.catalogue import Endpoint, Inputs, TextModel
from app.generation.errors import (
    AmbiguousError,
    ProviderDownError,
    TaskUnknownError,
    TryLaterError,
)
from app.generation.improving.ports import TextAnswer
from app.generation.kie.endpoints import WAYS, Way
from app.generation.kie.envelope import Answer, accepted_data, open_envelope
from app.generation.kie.reading import UNREACHABLE_WAIT, answer_of, is_fine, unreadable
from app.generation.kie.records import report_of
from app.generation.kie.texts import body_of, text_of
from app.generation.kie.values import as_decimal, as_object, as_text
from app.generation.ports import TaskReport

_CREDITS = "/api/v1/chat/credit"
_UNKNOWN_TASK = (404, 422)  # documents and live traffic differ


@dataclass(frozen=True)
class Patience:
    """Seconds to wait: for a connection, for the whole of a createTask or a text, for the whole of a reading."""

    connect: float = 10.0
    create: float = 60.0
    read: float = 20.0


class KieClient:
    """Implements `GenerationProvider` and `TextProvider`. Nothing is repeated here: who calls decides what comes next.

    `base_url` is the API host (a path before /api is kept, as the sandbox has one); `key` goes nowhere but into
    the Authorization header; redirects are not followed, so it stays with that host. The session should close
    connections after use (`TCPConnector(force_close=True)`): a creation that meets a kept connection which the
    server is just closing is ambiguous without need. `endpoints`: by model id, of those that are not the jobs'.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        key: str,
        endpoints: Mapping[str, Endpoint] = MappingProxyType({}),
        patience: Patience | None = None,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._key = key
        self._endpoints = endpoints
        self._patience = patience or Patience()

    async def create(self, model_id: str, inputs: Inputs, callback_url: str | None) -> str:
        """Starts a paid task; returns its id. One request, whatever happens.

        Raises RefusedError (certainly not accepted, final), TryLaterError (certainly not accepted, for now: no
        connection, 429, 455, 550, a passing server error in KIE's envelope), AmbiguousError (sent, and the
        answer is missing or unreadable).
        """
        way = self._way(model_id)
        body: dict[str, object] = {"input": dict(inputs)} if way.wraps else dict(inputs)
        if way.names_model:
            body["model"] = model_id
        if callback_url is not None:
            body["callBackUrl"] = callback_url
        data = as_object(accepted_data(await self._post(way.create, body))) or {}
        task_id = as_text(data.get("taskId")) or as_text(data.get("recordId"))
        if task_id is None:
            raise AmbiguousError("accepted without a task id")
        return task_id

    async def read(self, task_id: str, model_id: str) -> TaskReport:
        """The task as KIE has it now, read where its model's tasks are told of (F65).

        Raises TaskUnknownError, or TryLaterError when it cannot be read now.
        """
        way = self._way(model_id)
        answer = await self._get(way.read, {"taskId": task_id})
        envelope = open_envelope(answer)
        if envelope is not None and envelope.code in _UNKNOWN_TASK:
            raise TaskUnknownError(task_id)
        if envelope is None or not is_fine(answer, envelope):
            raise unreadable(answer, envelope)
        data = as_object(envelope.data)
        if not data:
            raise TaskUnknownError(task_id)
        return report_of(data, way.dialect)

    async def credits(self) -> Decimal:
        """What is left of our credits. Raises TryLaterError, for a refused key AccountRefusedError."""
        answer = await self._get(_CREDITS, {})
        envelope = open_envelope(answer)
        left = as_decimal(envelope.data) if envelope is not None and is_fine(answer, envelope) else None
        if left is None:
            raise unreadable(answer, envelope)
        return left

    async def write(self, model: TextModel, instruction: str, text: str) -> TextAnswer:
        """What a text model answers at once. One request, whatever happens.

        Raises RefusedError, TryLaterError, AmbiguousError as `create` does.
        """
        return text_of(await self._post(model.path, body_of(model, instruction, text)), model)

    def _way(self, model_id: str) -> Way:
        return WAYS[self._endpoints.get(model_id, Endpoint.JOBS)]

    async def _post(self, path: str, body: Mapping[str, object]) -> Answer:
        limits = aiohttp.ClientTimeout(
            total=self._patience.create, connect=self._patience.connect, sock_connect=self._patience.connect
        )
        try:
            async with self._session.post(
                self._base_url + path,
                json=body,
                headers=self._headers(),
                timeout=limits,
                allow_redirects=False,
            ) as response:
                return (await answer_of(response)).without(self._key)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise ProviderDownError(UNREACHABLE_WAIT) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AmbiguousError(type(error).__name__) from error

    async def _get(self, path: str, query: Mapping[str, str]) -> Answer:
        limits = aiohttp.ClientTimeout(total=self._patience.read)
        try:
            async with self._session.get(
                self._base_url + path,
                params=query,
                headers=self._headers(),
                timeout=limits,
                allow_redirects=False,
            ) as response:
                return (await answer_of(response)).without(self._key)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLaterError(UNREACHABLE_WAIT) from error

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"}
