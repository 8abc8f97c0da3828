"""KIE's upload host: a file goes in, a URL comes back that KIE's models can fetch."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from app.generation.errors import AmbiguousError, ProviderDownError
from app.generation.kie.envelope import SERVER_ERROR_WAIT, Answer, accepted_data
from app.generation.kie.values import as_object, as_text

_STREAM = "/api/file-stream-upload"
_FOLDER = "people"
_LARGEST_ANSWER = 100_000  # bytes; an answer is some 500
_UNREACHABLE_WAIT = 5.0


@dataclass(frozen=True)
class UploadPatience:
    """Seconds to wait: for a connection, for the whole of an upload."""

    connect: float = 10.0
    upload: float = 120.0


class KieUploads:
    """Implements `MediaHost`. `base_url` is the upload host, another one than the API's; the key is the same."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        base_url: str,
        key: str,
        patience: UploadPatience | None = None,
    ) -> None:
        self._session = session
        self._url = base_url.rstrip("/") + _STREAM
        self._key = key
        self._headers = {"Authorization": f"Bearer {key}"}
        patience = patience or UploadPatience()
        self._limits = aiohttp.ClientTimeout(total=patience.upload, sock_connect=patience.connect)

    async def upload(self, path: Path, *, name: str, mime: str) -> str:
        """Streams the file; its URL. An upload costs nothing, so what was not answered may be done again.

        Raises RefusedError (the file or our key is refused), TryLaterError.
        """
        answer = await self._post(path, name, mime)
        try:
            data = as_object(accepted_data(answer)) or {}
        except AmbiguousError as error:
            raise ProviderDownError(SERVER_ERROR_WAIT) from error
        url = as_text(data.get("downloadUrl")) or as_text(data.get("fileUrl"))
        if url is None or not url.startswith(("https://", "http://")):
            raise ProviderDownError(SERVER_ERROR_WAIT)
        return url

    async def _post(self, path: Path, name: str, mime: str) -> Answer:
        file = await asyncio.to_thread(path.open, "rb")
        try:
            form = aiohttp.FormData()
            form.add_field("uploadPath", _FOLDER)
            form.add_field("fileName", name)
            form.add_field("file", file, filename=name, content_type=mime)
            async with self._session.post(
                self._url, data=form, headers=self._headers, timeout=self._limits, allow_redirects=False
            ) as response:
                body = await response.content.read(_LARGEST_ANSWER)
                answer = Answer(response.status, body, response.headers.get("Retry-After"))
                return answer.without(self._key)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ProviderDownError(_UNREACHABLE_WAIT) from error
        finally:
            await asyncio.to_thread(file.close)
