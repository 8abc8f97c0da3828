"""KIE's own catalogue over HTTP: the list of its models with their prices in prose, and the schema of each."""

import asyncio
from collections.abc import Iterator

import aiohttp

from app.generation.errors import TryLaterError
from app.generation.kie.envelope import Answer, Envelope, open_envelope
from app.generation.kie.openapi import fields_in
from app.generation.kie.reading import UNREACHABLE_WAIT, answer_of, is_fine, unreadable
from app.generation.kie.values import Json, JsonObject, as_object, as_text
from app.generation.market import Fields, Listed, NotListedError

_MODELS = "/api/v1/models"
_GONE = 404
_TOO_OFTEN = 429
_TRIES_MORE = 3

SECONDS_APART = 1.1
"""KIE takes one such request a second from an account; a little more, since its clock is not ours."""

READ_SECONDS = 30.0


class KieList:
    """Implements `ProviderList`. Requests go out one after the other, `seconds_apart` at least."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        key: str,
        seconds_apart: float = SECONDS_APART,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {key}"}
        self._seconds_apart = seconds_apart
        self._turn = asyncio.Lock()
        self._free_at = 0.0

    async def models(self) -> tuple[Listed, ...]:
        """One request; there are no pages. Raises TryLaterError also for a list without a single model."""
        answer, envelope = await self._get(_MODELS)
        data = as_object(envelope.data) if envelope is not None and is_fine(answer, envelope) else None
        listed = tuple(_listed(data or {}))
        if not listed:
            raise unreadable(answer, envelope)
        return listed

    async def fields(self, model_id: str) -> Fields | None:
        """One request; the slashes of an id stay as they are."""
        answer, envelope = await self._get(f"{_MODELS}/{model_id}/schema")
        if envelope is not None and envelope.code == _GONE:
            raise NotListedError(model_id)
        data = as_object(envelope.data) if envelope is not None and is_fine(answer, envelope) else None
        if data is None:
            raise unreadable(answer, envelope)
        document = as_object(data.get("openapi"))
        return None if document is None else fields_in(document)

    async def _get(self, path: str) -> tuple[Answer, Envelope | None]:
        """Asks again where it was too often: somebody else may use the same account."""
        answer = await self._ask(path)
        for _ in range(_TRIES_MORE):
            envelope = open_envelope(answer)
            if envelope is None or envelope.code != _TOO_OFTEN:
                break
            answer = await self._ask(path)
        return answer, open_envelope(answer)

    async def _ask(self, path: str) -> Answer:
        async with self._turn:
            loop = asyncio.get_running_loop()
            await asyncio.sleep(max(0.0, self._free_at - loop.time()))
            try:
                async with self._session.get(
                    self._base_url + path,
                    headers=self._headers,
                    timeout=aiohttp.ClientTimeout(total=READ_SECONDS),
                    allow_redirects=False,
                ) as response:
                    return await answer_of(response)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise TryLaterError(UNREACHABLE_WAIT) from error
            finally:
                self._free_at = loop.time() + self._seconds_apart


def _listed(data: JsonObject) -> Iterator[Listed]:
    models = data.get("models")
    for one in models if isinstance(models, list) else []:
        entry = as_object(one) or {}
        model_id = as_text(entry.get("model"))
        if model_id is not None:
            yield Listed(
                id=model_id,
                title=as_text(entry.get("title")) or model_id,
                provider=as_text(entry.get("provider")) or "",
                tasks=tuple(_tasks(entry.get("taskType"))),
                price_words=as_text(entry.get("pricingDesc")),
            )


def _tasks(value: Json) -> Iterator[str]:
    """`Text to Video` is `text-to-video`."""
    for one in value if isinstance(value, list) else [value]:
        words = as_text(one)
        if words is not None:
            yield "-".join(words.lower().split())
