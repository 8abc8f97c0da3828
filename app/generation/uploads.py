"""From the files that a person gave or made before to URLs that the provider can fetch: a request on the wire."""

import asyncio
import logging
from collections.abc import Mapping
from mimetypes import guess_extension
from pathlib import Path
from uuid import uuid4

from app.catalogue import (
    Catalogue,
    Inputs,
    InputValue,
    MediaFile,
    MediaRule,
    Part,
    PartValue,
    Place,
    Scalar,
    UnknownModelError,
    becomes_jpeg,
    media_in,
    media_values,
)
from app.db import Database, Epoch
from app.generation import repository
from app.generation.converting import JPEG, to_jpeg
from app.generation.entities import Generation
from app.generation.measuring import refuse_longer
from app.generation.ports import MediaHost, MediaSource
from app.generation.results.earlier import EarlierResults

logger = logging.getLogger(__name__)

URL_LIFE_SECONDS = 12 * 3600.0
"""How long an upload is used again. The provider keeps it for 24 hours at least, and a task may wait meanwhile."""


class Uploads:
    """Fetches a file from the messenger, or an earlier result from our copy, to `folder` and hands it on to the
    provider's host; no URL of the messenger leaves the house. Doing it again (after a crash) does no harm."""

    def __init__(
        self,
        database: Database,
        catalogue: Catalogue,
        source: MediaSource,
        earlier: EarlierResults,
        host: MediaHost,
        folder: Path,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._source = source
        self._earlier = earlier
        self._host = host
        self._folder = folder

    async def wire(self, epoch: Epoch, generation: Generation) -> Inputs:
        """The frozen request with a URL in place of every file.

        Raises RefusedError (bad input, a file that is gone, or a host that refuses us), TryLaterError.
        """
        urls: dict[str, str] = {}
        converted = self._converted(generation)
        for file in files_in(generation):
            if file.reference not in urls:
                urls[file.reference] = await self._url(epoch, generation, file, converted.get(file.reference))
        given = generation.inputs
        return {name: _wired(given.get(name), sent, urls) for name, sent in generation.request.items()}

    def _converted(self, generation: Generation) -> Mapping[str, MediaRule]:
        """The references of pictures that go out as JPEGs of ours, each with what they have to fit."""
        try:
            spec = self._catalogue.get(generation.model_key)
        except UnknownModelError:  # our files have the model no longer; what was sold is made all the same
            return {}
        given = (
            (rule, it) for _, rule, its in media_values(spec.parameters, generation.inputs) for it in its
        )
        files = ((rule, file) for rule, reference in given for file in media_in([reference]))
        return {file.reference: rule for rule, file in files if becomes_jpeg(rule, file)}

    async def _url(
        self, epoch: Epoch, generation: Generation, file: MediaFile, to_fit: MediaRule | None
    ) -> str:
        key = file.unique_id if to_fit is None else f"{file.unique_id}:jpeg:{to_fit.max_megabytes}"
        async with self._database.snapshot() as session:
            known = await repository.find_upload(session, key, younger_than=URL_LIFE_SECONDS)
        if known is not None:
            return known
        url = await self._upload(generation, file, to_fit)
        async with self._database.unit_of_work(epoch) as session:
            await repository.put_upload(session, key, url)
        return url

    async def _upload(self, generation: Generation, file: MediaFile, to_fit: MediaRule | None) -> str:
        aside = uuid4().hex
        path = self._folder / f"{generation.id}-{aside}"
        await asyncio.to_thread(self._folder.mkdir, parents=True, exist_ok=True)
        try:
            mime = await self._fetch(generation.user_id, file, path)
            await refuse_longer(file, path)
            if to_fit is not None:
                await to_jpeg(path, to_fit)
                mime = JPEG
            name = f"{aside}{guess_extension(mime) or ''}"
            url = await self._host.upload(path, name=name, mime=mime)
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)
        logger.info("file uploaded", extra={"generation_id": generation.id, "kind": file.kind.value})
        return url

    async def _fetch(self, user_id: int, file: MediaFile, path: Path) -> str:
        """Writes the file; what it is, which may be Telegram's own make of an earlier result."""
        at_telegram: MediaFile | None = file
        if file.place is Place.RESULT:
            at_telegram = await self._earlier.bring(user_id, file, path)
        if at_telegram is None:
            return file.mime
        await self._source.fetch(at_telegram, path)
        return at_telegram.mime


def files_in(generation: Generation) -> tuple[MediaFile, ...]:
    """What has to be uploaded. Words that a person typed are never taken for a file, whatever they say."""
    given = (value for name, value in generation.inputs.items() if name in generation.request)
    return tuple(file for value in given for file in media_in(value))


def _wired(given: InputValue | None, sent: InputValue, urls: Mapping[str, str]) -> InputValue:
    """What goes out for one input: URLs where the person gave files, anything else as it is."""
    if not isinstance(given, list) or not isinstance(sent, list):
        return sent if isinstance(sent, list) else _in_place(given, sent, urls)
    elements = [item for item in sent if not isinstance(item, str)]
    if not elements:
        return [urls.get(item, item) for item in sent if isinstance(item, str)]
    parts = (item for item in given if not isinstance(item, str))
    return [_wired_part(part, element, urls) for part, element in zip(parts, elements, strict=True)]


def _wired_part(given: Part, sent: Part, urls: Mapping[str, str]) -> Part:
    return {name: _wired_answer(given.get(name), value, urls) for name, value in sent.items()}


def _wired_answer(given: PartValue | None, sent: PartValue, urls: Mapping[str, str]) -> PartValue:
    if isinstance(given, list) and isinstance(sent, list):
        return [urls.get(item, item) for item in sent]
    return sent if isinstance(sent, list) else _in_place(given, sent, urls)


def _in_place(given: InputValue | None, sent: Scalar, urls: Mapping[str, str]) -> Scalar:
    """The one reference of a list of one stands for itself where the provider wants no list."""
    return urls.get(sent, sent) if isinstance(given, list) and isinstance(sent, str) else sent
