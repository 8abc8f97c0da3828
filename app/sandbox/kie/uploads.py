"""The upload host: base64, stream (multipart) and url. What is uploaded is served under `/kie-files/kieai/…`."""

import base64
import binascii
import mimetypes
import secrets
import time
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp import BodyPartReader, web

from app.sandbox.kie.callbacks import is_loopback
from app.sandbox.kie.envelope import read_object
from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.library import Library, Upload, mime_of
from app.sandbox.kie.values import Json, as_text

BASE64_LIMIT = 10 * 1024 * 1024
FETCH_LIMIT = 100 * 1024 * 1024
FETCH_SECONDS = 30.0
_FIELD_LIMIT = 4096
_BINARY = "application/octet-stream"


class UploadApi:
    """Takes files in."""

    def __init__(self, library: Library) -> None:
        self._library = library

    async def from_base64(self, request: web.Request) -> Json:
        """POST /api/file-base64-upload: base64Data (raw or a data URL), uploadPath, fileName; 10 MB at most."""
        body = await read_object(request)
        mime, content = _decoded(as_text(body.get("base64Data")))
        target = self._target(as_text(body.get("uploadPath")), as_text(body.get("fileName")), mime)
        target[1].write_bytes(content)
        return self._answer(self._library.register(target[0], mime_of(target[0], mime)))

    async def from_url(self, request: web.Request) -> Json:
        """POST /api/file-url-upload: fileUrl (here only on loopback), uploadPath, fileName; 100 MB, 30 s."""
        body = await read_object(request)
        url = as_text(body.get("fileUrl"))
        if not is_loopback(url):
            raise RefusalError(400, "fileUrl cannot be fetched", field="fileUrl")
        mime, content = await _fetched(url)
        name = as_text(body.get("fileName")) or Path(urlsplit(url).path).name
        target = self._target(as_text(body.get("uploadPath")), name, mime)
        target[1].write_bytes(content)
        return self._answer(self._library.register(target[0], mime_of(target[0], mime)))

    async def from_stream(self, request: web.Request) -> Json:
        """POST /api/file-stream-upload: multipart with file, uploadPath, fileName, in any order."""
        if not request.content_type.startswith("multipart/"):
            raise RefusalError(400, "The request must be multipart/form-data")
        draft = self._library.draft()
        try:
            fields, mime = await _parts(request, draft)
            if not draft.exists():
                raise RefusalError(400, "file is required", field="file")
            path, file = self._target(fields.get("uploadPath", ""), fields.get("fileName", ""), mime)
            draft.replace(file)
        except ValueError:
            raise RefusalError(400, "The request is not well-formed multipart/form-data") from None
        finally:
            draft.unlink(missing_ok=True)
        return self._answer(self._library.register(path, mime_of(path, mime)))

    def _target(self, upload_path: str, name: str, mime: str | None) -> tuple[str, Path]:
        if not upload_path:
            raise RefusalError(400, "uploadPath is required", field="uploadPath")
        return self._library.upload_target(upload_path, name or _random_name(mime))

    def _answer(self, upload: Upload) -> Json:
        uploaded = datetime.fromtimestamp(upload.uploaded, UTC).isoformat(timespec="milliseconds")
        return {
            "success": True,
            "fileName": Path(upload.path).name,
            "filePath": upload.path,
            "downloadUrl": self._library.url(upload.path),
            "fileSize": upload.size,
            "mimeType": upload.mime,
            "uploadedAt": uploaded.replace("+00:00", "Z"),
        }


def _decoded(data: str) -> tuple[str | None, bytes]:
    mime: str | None = None
    if not data:
        raise RefusalError(400, "base64Data is required", field="base64Data")
    if data.startswith("data:"):
        head, _, data = data.partition(",")
        mime = head.removeprefix("data:").partition(";")[0] or None
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        raise RefusalError(400, "base64Data is not valid base64", field="base64Data") from None
    if len(content) > BASE64_LIMIT:
        raise RefusalError(400, "The file is larger than 10 MB", field="base64Data")
    return mime, content


async def _fetched(url: str) -> tuple[str | None, bytes]:
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=FETCH_SECONDS)) as session,
            session.get(url, allow_redirects=False) as answer,
        ):
            content = await answer.content.read(-1) if (answer.content_length or 0) <= FETCH_LIMIT else b""
            if answer.status != 200 or not content or len(content) > FETCH_LIMIT:
                raise RefusalError(400, "fileUrl cannot be fetched", field="fileUrl")
            return answer.content_type, content
    except (aiohttp.ClientError, TimeoutError, OSError):
        raise RefusalError(400, "fileUrl cannot be fetched", field="fileUrl") from None


async def _parts(request: web.Request, draft: Path) -> tuple[dict[str, str], str | None]:
    fields: dict[str, str] = {}
    mime: str | None = None
    reader = await request.multipart()
    while (part := await reader.next()) is not None:
        if not isinstance(part, BodyPartReader):
            raise RefusalError(400, "The request must not nest parts")
        if part.name == "file":
            mime = part.headers.get("Content-Type") or mimetypes.guess_type(part.filename or "")[0]
            mime = None if mime == _BINARY else mime
            fields.setdefault("fileName", part.filename or "")
            await _save(part, draft)
        elif part.name is not None:
            fields[part.name] = (await part.read_chunk(_FIELD_LIMIT)).decode("utf-8", "replace")
    return fields, mime


async def _save(part: BodyPartReader, draft: Path) -> None:
    with draft.open("wb") as out:
        while chunk := await part.read_chunk(65_536):
            out.write(chunk)


def _random_name(mime: str | None) -> str:
    return (
        f"{int(time.time() * 1000)}-{secrets.token_hex(5)}{mimetypes.guess_extension(mime or '') or '.bin'}"
    )
