"""Files of a result as the column `results` keeps them."""

from typing import cast

from app.catalogue import Modality
from app.generation.entities import Form, StoredFile
from app.generation.tables import JsonFile


def as_json(file: StoredFile) -> JsonFile:
    """Everything that is known of it."""
    return {
        "path": file.path,
        "kind": file.kind.value,
        "mime": file.mime,
        "size": file.size,
        "width": file.width,
        "height": file.height,
        "seconds": file.seconds,
        "streamable": file.streamable,
        "thumbnail": file.thumbnail,
        "track": file.track,
        "telegram_file_id": file.telegram_file_id,
        "sent_as": file.sent_as,
        "original_file_id": file.original_file_id,
    }


def from_json(value: JsonFile) -> StoredFile:
    """Rows that are older than a fact do not have it."""
    sent_as = _text(value, "sent_as")
    return StoredFile(
        path=str(value["path"]),
        kind=Modality(str(value["kind"])),
        mime=str(value["mime"]),
        size=cast("int", value["size"]),
        width=_number(value, "width"),
        height=_number(value, "height"),
        seconds=_number(value, "seconds"),
        streamable=bool(value.get("streamable")),
        thumbnail=_text(value, "thumbnail"),
        track=_text(value, "track"),
        telegram_file_id=_text(value, "telegram_file_id"),
        sent_as=None if sent_as is None else Form(sent_as),
        original_file_id=_text(value, "original_file_id"),
    )


def _text(value: JsonFile, name: str) -> str | None:
    return cast("str | None", value.get(name))


def _number(value: JsonFile, name: str) -> int | None:
    return cast("int | None", value.get(name))
