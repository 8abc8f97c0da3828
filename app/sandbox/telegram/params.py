"""A request to the Bot API, in any of its three shapes, into aiogram's own method object."""

import asyncio
import json
import secrets
import types
import typing
from collections.abc import AsyncGenerator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from aiogram import Bot
from aiogram.methods import TelegramMethod
from aiogram.types import InputFile
from aiohttp import web
from pydantic import JsonValue, ValidationError

from app.sandbox.telegram.errors import BadRequestError, RefusedError, ViolationError
from app.sandbox.telegram.files import UPLOAD_BYTES, Arrived
from app.sandbox.telegram.probe import probe
from app.sandbox.telegram.wire import unknown_names

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
URL_BYTES = 20 * 1024 * 1024
FILE_FIELDS = (
    "photo",
    "video",
    "audio",
    "voice",
    "document",
    "animation",
    "media",
    "thumbnail",
    "certificate",
)

# Real parameters which would be ignored here: better no answer than a false one.
OUT_OF_SCOPE = frozenset(
    {
        "allow_paid_broadcast",
        "allow_sending_without_reply",
        "business_connection_id",
        "direct_messages_topic_id",
        "message_effect_id",
        "message_thread_id",
        "paid_media",
        "reply_to_message_id",
        "suggested_post_parameters",
    }
)


class Upload(InputFile):
    """A file that came with the request: it stands where aiogram's method expects an InputFile."""

    def __init__(self, arrived: Arrived) -> None:
        super().__init__(filename=arrived.name)
        self.arrived = arrived

    async def read(self, bot: Bot) -> AsyncGenerator[bytes, None]:
        yield await asyncio.to_thread(self.arrived.path.read_bytes)


@dataclass(frozen=True)
class Request:
    """The parameters as they came, and the files beside them. `discard` removes the temporary files."""

    values: dict[str, JsonValue]
    files: dict[str, Upload]

    def discard(self) -> None:
        for upload in self.files.values():
            upload.arrived.path.unlink(missing_ok=True)


async def read_request(request: web.Request, folder: Path) -> Request:
    """Query string, form, JSON or multipart; raises RefusedError."""
    values: dict[str, JsonValue] = dict(request.query)
    files: dict[str, Upload] = {}
    if request.content_type == "application/json":
        values |= _json_body(await request.text())
    elif request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            if not isinstance(part, aiohttp.BodyPartReader) or part.name is None:
                continue
            if part.filename is None:
                values[part.name] = await part.text()
            else:
                files[part.name] = await _receive(part, folder)
    elif request.method == "POST":
        values |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    return Request(values, files)


async def fetch_links(request: Request, folder: Path) -> None:
    """Media given by URL are fetched as Telegram does, but from this machine only: there is no internet here."""
    for name in FILE_FIELDS:
        value = request.values.get(name)
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            request.files[name] = await _fetch(value, folder)
            del request.values[name]


def to_method(model: type[TelegramMethod[Any]], request: Request) -> TelegramMethod[Any]:
    """Validates strictly: what aiogram's definition does not know is refused."""
    if beyond := OUT_OF_SCOPE & set(request.values):
        raise ViolationError(f"parameters that the sandbox does not play: {', '.join(sorted(beyond))}")
    values: dict[str, object] = {}
    for name, value in request.values.items():
        field = model.model_fields.get(name)
        parsed = value if field is None else _typed(name, value, field.annotation)
        values[name] = (
            parsed if parsed is value and name not in FILE_FIELDS else _attached(parsed, request.files)
        )
    values |= {name: upload for name, upload in request.files.items() if name in model.model_fields}
    try:
        method = model.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadRequestError(f'can\'t parse parameter "{where}": {first["msg"]}') from error
    if unknown := unknown_names(method):
        raise ViolationError(f"unknown parameters: {', '.join(unknown)}")
    return method


def loggable(model: type[TelegramMethod[Any]] | None, request: Request) -> dict[str, JsonValue]:
    """The parameters as the log of calls shows them: JSON opened, files by name and size in bytes."""
    shown: dict[str, JsonValue] = {}
    for name, value in request.values.items():
        field = model.model_fields.get(name) if model is not None else None
        try:
            parsed = value if field is None else _typed(name, value, field.annotation)
        except BadRequestError:
            parsed = value
        shown[name] = typing.cast("JsonValue", parsed)
    for name, upload in request.files.items():
        shown[name] = {"file": upload.arrived.name, "size": upload.arrived.size}
    return shown


def _json_body(text: str) -> dict[str, JsonValue]:
    try:
        body = json.loads(text or "{}")
    except ValueError as error:
        raise BadRequestError("can't parse JSON object") from error
    if not isinstance(body, dict):
        raise BadRequestError("expected an Object")
    return body


async def _receive(part: aiohttp.BodyPartReader, folder: Path) -> Upload:
    path = folder / secrets.token_hex(8)
    data = bytearray()
    while (chunk := await part.read_chunk(1 << 18)) and len(data) <= UPLOAD_BYTES:
        data += chunk
    while await part.read_chunk(1 << 18):
        pass  # what is too much anyway is only read away, so that the client gets its answer
    await asyncio.to_thread(path.write_bytes, data)
    size = len(data)
    return await _arrived(path, part.filename or "file", size)


async def _arrived(path: Path, name: str, size: int) -> Upload:
    return Upload(Arrived(path, Path(name).name, size, await asyncio.to_thread(probe, path)))


async def _fetch(url: str, folder: Path) -> Upload:
    parts = urlsplit(url)
    if parts.hostname not in LOOPBACK:
        raise ViolationError(
            f"media by URL from {parts.hostname}: the sandbox has no internet; upload the bytes"
        )
    path = folder / secrets.token_hex(8)
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            data = await response.content.read(URL_BYTES + 1) if response.status == 200 else b""
    except aiohttp.ClientError as error:
        raise BadRequestError("failed to get HTTP URL content") from error
    if not data or len(data) > URL_BYTES:
        raise BadRequestError("failed to get HTTP URL content")
    await asyncio.to_thread(path.write_bytes, data)
    return await _arrived(path, parts.path.rpartition("/")[2] or "file", len(data))


def _typed(name: str, value: JsonValue, annotation: object) -> object:
    """Forms carry everything as text: objects and lists as JSON, a chat id as digits."""
    if not isinstance(value, str):
        return value
    if name in {"chat_id", "from_chat_id"}:
        return int(value) if value.lstrip("-").isdecimal() else value
    if str in _leaves(annotation):
        return value
    try:
        return json.loads(value)
    except ValueError as error:
        if not value.startswith(("{", "[")):
            return value
        what = "reply keyboard markup" if name == "reply_markup" else name
        raise BadRequestError(f"can't parse {what} JSON object") from error


def _leaves(annotation: object) -> set[object]:
    """The alternatives of an annotation: `int | str | None` → {int, str, NoneType}; lists count as themselves."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _leaves(typing.get_args(annotation)[0])
    if origin in {typing.Union, types.UnionType}:
        return {leaf for argument in typing.get_args(annotation) for leaf in _leaves(argument)}
    return {annotation}


def _attached(value: object, files: dict[str, Upload]) -> object:
    if isinstance(value, str) and value.startswith("attach://"):
        name = value.removeprefix("attach://")
        if name not in files:
            raise RefusedError(400, f"Bad Request: can't find file {name} in the request")
        return files[name]
    if isinstance(value, list):
        return [_attached(each, files) for each in value]
    if isinstance(value, dict):
        return {name: _attached(each, files) for name, each in value.items()}
    return value
