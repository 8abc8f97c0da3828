"""A file that is an input, a person's own or an earlier result: what names it, what prices and limits need. Pure.

An input keeps it as one text, `<place>:<id>?<facts>`, so that the facts go wherever the value goes: into the draft,
its quote, the frozen request and a repeat. The file itself stays where it is until the provider is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode

from app.catalogue.parameters import (
    Inputs,
    InputValue,
    Modality,
    ParameterKind,
    Part,
    decimal_of,
    media_values,
)
from app.catalogue.past import read_result
from app.catalogue.prices import Facts
from app.catalogue.spec import ModelSpec

_MEGAPIXEL = Decimal(1_000_000)

ENLARGED_BY: Final = "upscale_factor"
"""The input of a model that enlarges pictures: how many times."""

LARGEST_SIDE: Final = 8192
_TIERS = ((2048, "2K"), (4096, "4K"), (LARGEST_SIDE, "8K"))
"""Pixels of the longer side up to which an enlarged picture is of a tier of the provider's price list."""


class Place(StrEnum):
    """Where a file lies; the value is what its reference begins with."""

    TELEGRAM = "telegram"
    RESULT = "result"  # among the results of the same person


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file. Size in bytes, length in seconds, width and height in pixels; None = not told.

    `file_id` names it in its place: Telegram's id, or `<generation>/<number>` of a result. `unique_id` is the same for
    the same file for ever; `message_id` is the message that brought it (files stand in the order of their messages),
    `album` the media group of that message.
    """

    file_id: str
    unique_id: str
    kind: Modality
    mime: str
    size: int | None = None
    seconds: int | None = None
    width: int | None = None
    height: int | None = None
    message_id: int | None = None
    album: str | None = None
    place: Place = Place.TELEGRAM

    @property
    def reference(self) -> str:
        """The text that stands for the file in an input; `read_media` takes it back."""
        facts = {it.name: getattr(self, it.name) for it in fields(self) if it.name not in _IN_FRONT}
        told = {name: value for name, value in facts.items() if value is not None}
        return f"{self.place}:{quote(self.file_id, safe='')}?{urlencode(told)}"


_IN_FRONT = frozenset({"file_id", "place"})
_PLACES = frozenset(Place)


def read_media(reference: str) -> MediaFile | None:
    """The file that a reference names; None when the text is none of ours."""
    place, _, rest = reference.partition(":")
    if place not in _PLACES:
        return None
    file_id, _, query = rest.partition("?")
    told = dict(parse_qsl(query))
    try:
        return MediaFile(
            file_id=unquote(file_id),
            unique_id=told["unique_id"],
            kind=Modality(told["kind"]),
            mime=told["mime"],
            size=_whole(told, "size"),
            seconds=_whole(told, "seconds"),
            width=_whole(told, "width"),
            height=_whole(told, "height"),
            message_id=_whole(told, "message_id"),
            album=told.get("album"),
            place=Place(place),
        )
    except (KeyError, ValueError):
        return None


def _whole(told: Mapping[str, str], name: str) -> int | None:
    return int(told[name]) if name in told else None


def media_in(value: InputValue | None) -> tuple[MediaFile, ...]:
    """The files of one input, in order, also within a list of parts; nothing for any other kind of value.

    A text is never taken for a file, whatever it says.
    """
    if not isinstance(value, list):
        return ()
    return tuple(file for item in value for file in _files_of(item))


def _files_of(item: str | Part) -> tuple[MediaFile, ...]:
    if isinstance(item, str):
        file = read_media(item)
        return () if file is None else (file,)
    return tuple(file for answer in item.values() for file in media_in(answer))


def facts_of(spec: ModelSpec, inputs: Inputs) -> Facts:
    """What the files and the earlier results among the inputs tell; a fact that one of them leaves open stays open."""
    seconds: dict[str, Decimal] = {}
    unmeasured: set[str] = set()
    pictures: list[MediaFile] = []
    for name, _, references in media_values(spec.parameters, inputs):
        files = media_in(references)
        lengths = [file.seconds for file in files if file.seconds is not None]
        if not files or len(lengths) < len(files):
            unmeasured.add(name)
        seconds[name] = seconds.get(name, Decimal(0)) + sum(lengths)
        pictures.extend(file for file in files if file.kind is Modality.IMAGE)
    return Facts(
        seconds={name: length for name, length in seconds.items() if name not in unmeasured},
        source_resolution=_resolution(spec, inputs),
        output_tier=_output_tier(spec, inputs, pictures),
        input_megapixels=_megapixels(pictures),
    )


def _resolution(spec: ModelSpec, inputs: Inputs) -> str | None:
    answers = (inputs.get(it.name) for it in spec.parameters if it.kind is ParameterKind.RESULT)
    found = (read_result(answer) for answer in answers if isinstance(answer, str))
    return next((past.resolution for past in found if past is not None), None)


def _megapixels(pictures: list[MediaFile]) -> Decimal | None:
    sizes = [it.width * it.height for it in pictures if it.width is not None and it.height is not None]
    if not sizes or len(sizes) < len(pictures):
        return None
    return sum(sizes) / _MEGAPIXEL


def _output_tier(spec: ModelSpec, inputs: Inputs, pictures: list[MediaFile]) -> str | None:
    """None where nothing is enlarged, where a size is not known, and beyond the largest tier."""
    factor = spec.parameter(ENLARGED_BY)
    if factor is None or not pictures or any(it.width is None or it.height is None for it in pictures):
        return None
    times = decimal_of(str(inputs.get(ENLARGED_BY, factor.default)))
    if times is None:
        return None
    side = times * max(max(it.width or 0, it.height or 0) for it in pictures)
    return next((tier for most, tier in _TIERS if side <= most), None)
