"""Files on Telegram's servers: bytes on disk, and the file ids by which bot and people name them."""

import hashlib
import mimetypes
import secrets
import sqlite3
from dataclasses import dataclass
from pathlib import Path, PurePath

from aiogram.types import Animation, Audio, Document, Message, PhotoSize, Video, Voice
from pydantic import TypeAdapter

from app.sandbox.telegram.errors import BadRequestError, RefusedError, ViolationError
from app.sandbox.telegram.probe import Facts
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.wire import to_text

Media = list[PhotoSize] | Video | Audio | Voice | Document | Animation
KINDS: dict[str, type[Video] | type[Audio] | type[Voice] | type[Document] | type[Animation]] = {
    "video": Video,
    "audio": Audio,
    "voice": Voice,
    "document": Document,
    "animation": Animation,
}
PHOTO = TypeAdapter(list[PhotoSize])
FOLDERS = {
    "photo": "photos",
    "video": "videos",
    "audio": "music",
    "voice": "voice",
    "animation": "animations",
}
PREFIXES = {"photo": "AgAC", "video": "BAAC", "audio": "CQAC", "voice": "AwAC", "document": "BQAC"}
# What a method turns a file into, by what the file really is; everything else goes as a document.
BECOMES = {
    ("video", "video"): "video",
    ("video", "gif"): "animation",
    ("animation", "video"): "animation",
    ("animation", "gif"): "animation",
    ("audio", "mp3"): "audio",
    ("voice", "opus"): "voice",
    ("voice", "mp3"): "voice",
}
PHOTO_BYTES = 10 * 1024 * 1024
UPLOAD_BYTES = 50 * 1024 * 1024
THUMBNAIL_SIDE = 320
THUMBNAIL_BYTES = 200_000


@dataclass(frozen=True)
class Arrived:
    """A file just received, with what was found in it. `path` is a temporary place."""

    path: Path
    name: str
    size: int
    facts: Facts


@dataclass(frozen=True)
class Details:
    """What the sender says about a file; it goes before what Telegram finds out."""

    width: int | None = None
    height: int | None = None
    duration: int | None = None
    title: str | None = None
    performer: str | None = None


@dataclass(frozen=True)
class Shelved:
    """A stored file. `path` is where its bytes are; `public` is the path that getFile tells."""

    file_id: str
    unique_id: str
    kind: str
    path: Path
    public: str
    size: int
    mime: str


class Files:
    """Takes files in, gives them out by id."""

    def __init__(self, store: Store, folder: Path) -> None:
        self._store = store
        self._folder = folder
        self.incoming = folder / "incoming"
        self.incoming.mkdir(parents=True, exist_ok=True)
        for left_by_a_killed_call in (path for path in self.incoming.iterdir() if path.is_file()):
            left_by_a_killed_call.unlink()

    def take(self, arrived: Arrived, wanted: str, details: Details) -> tuple[str, Media]:
        """Stores a file sent as `wanted` (photo, video, …) → the kind it became, and its description."""
        check(arrived, wanted)
        if wanted == "photo":
            return "photo", self._photo(arrived)
        kind = BECOMES.get((wanted, arrived.facts.shape), "document")
        return kind, self._single(arrived, kind, details)

    def by_id(self, file_id: str, wanted: str) -> tuple[str, Media]:
        """A file sent again; raises BadRequestError when it is unknown or of another kind."""
        row = self._store.row("SELECT kind, media FROM files WHERE file_id = ?", file_id)
        if row is None:
            raise BadRequestError("wrong file identifier/HTTP URL specified")
        if row["kind"] != wanted:
            raise BadRequestError(
                f"can't use file of type {row['kind'].capitalize()} as {wanted.capitalize()}"
            )
        media: Media = (
            PHOTO.validate_json(row["media"])
            if wanted == "photo"
            else KINDS[wanted].model_validate_json(row["media"])
        )
        return wanted, media

    def shelved(self, file_id: str) -> Shelved | None:
        row = self._store.row("SELECT * FROM files WHERE file_id = ?", file_id)
        return None if row is None else self._shelved(row)

    def public(self, path: str) -> Shelved | None:
        """By the path that getFile told."""
        row = self._store.row("SELECT * FROM files WHERE path = ?", path)
        return None if row is None else self._shelved(row)

    def _shelved(self, row: sqlite3.Row) -> Shelved:
        return Shelved(
            file_id=row["file_id"],
            unique_id=row["unique_id"],
            kind=row["kind"],
            path=self._folder / row["path"],
            public=row["path"],
            size=row["size"],
            mime=row["mime"],
        )

    def _photo(self, arrived: Arrived) -> list[PhotoSize]:
        sizes, places = [], []
        for rendition in arrived.facts.renditions:
            unique = hashlib.sha256(rendition.data).hexdigest()[:16]
            place = self._place("photo", ".jpg")
            (self._folder / place).write_bytes(rendition.data)
            places.append(place)
            sizes.append(
                PhotoSize(
                    file_id=_new_id("photo"),
                    file_unique_id=f"AQAD{unique}",
                    width=rendition.width,
                    height=rendition.height,
                    file_size=len(rendition.data),
                )
            )
        for size, place in zip(sizes, places, strict=True):
            self._shelve(size, "photo", place, "image/jpeg", to_text(sizes))
        return sizes

    def _single(self, arrived: Arrived, kind: str, details: Details) -> Media:
        place = self._place(kind, PurePath(arrived.name).suffix[:16] or _suffix(arrived.facts.mime))
        data = arrived.path.read_bytes()
        (self._folder / place).write_bytes(data)
        facts = arrived.facts
        mime = facts.mime if facts.shape not in {"other", "broken"} else _guessed(arrived.name, facts.mime)
        described = {
            "file_id": _new_id(kind),
            "file_unique_id": f"AgAD{hashlib.sha256(data).hexdigest()[:16]}",
            "file_size": len(data),
            "mime_type": mime,
            "file_name": arrived.name if kind != "voice" else None,
            "width": details.width or facts.width,
            "height": details.height or facts.height,
            "duration": details.duration or facts.duration,
            "title": details.title,
            "performer": details.performer,
        }
        known = KINDS[kind].model_fields
        media = KINDS[kind].model_validate(
            {k: v for k, v in described.items() if k in known and v is not None}
        )
        self._shelve(media, kind, place, mime, to_text(media))
        return media

    def _place(self, kind: str, suffix: str) -> str:
        folder = FOLDERS.get(kind, "documents")
        (self._folder / folder).mkdir(exist_ok=True)
        return f"{folder}/file_{self._store.next_number('file', first=0)}{suffix}"

    def _shelve(
        self,
        item: PhotoSize | Video | Audio | Voice | Document | Animation,
        kind: str,
        place: str,
        mime: str,
        media: str,
    ) -> None:
        self._store.run(
            "INSERT INTO files (file_id, kind, media, path, size, mime, unique_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
            item.file_id,
            kind,
            media,
            place,
            item.file_size or 0,
            mime,
            item.file_unique_id,
        )


def check(arrived: Arrived, wanted: str) -> None:
    """Telegram's limits for a file sent as `wanted`; raises RefusedError."""
    if arrived.size == 0:
        raise BadRequestError("file must be non-empty")
    if arrived.size > UPLOAD_BYTES:
        raise RefusedError(413, "Request Entity Too Large")
    if wanted != "photo":
        return
    if arrived.size > PHOTO_BYTES:
        raise BadRequestError(
            f"file of size {arrived.size} bytes is too big for a photo; the maximum size is {PHOTO_BYTES} bytes"
        )
    if arrived.facts.shape not in {"image", "gif"}:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    if arrived.facts.bad_dimensions:
        raise BadRequestError("PHOTO_INVALID_DIMENSIONS")


def check_thumbnail(arrived: Arrived) -> None:
    """A JPEG of at most 320 pixels a side and 200 kB. Telegram would ignore any other; raises ViolationError."""
    facts = arrived.facts
    is_small = max(facts.width, facts.height) <= THUMBNAIL_SIDE and arrived.size <= THUMBNAIL_BYTES
    if facts.mime != "image/jpeg" or facts.shape != "image" or not is_small:
        raise ViolationError("a thumbnail that Telegram would ignore")


def content(kind: str, media: Media) -> dict[str, Media | Document]:
    """The fields of a message that carry this media; an animation is a document, too."""
    if isinstance(media, Animation):
        twin = Document(
            file_id=media.file_id,
            file_unique_id=media.file_unique_id,
            file_name=media.file_name,
            mime_type=media.mime_type,
            file_size=media.file_size,
        )
        return {"animation": media, "document": twin}
    return {kind: media}


def media_of(message: Message) -> tuple[str, Media] | None:
    """The media of a message, if it has any."""
    for kind in ("photo", "animation", "video", "audio", "voice", "document"):
        if (media := getattr(message, kind)) is not None:
            return kind, media
    return None


def _new_id(kind: str) -> str:
    return f"{PREFIXES.get(kind, 'CgAC')}AgIAAxkD{secrets.token_urlsafe(24)}"


def _suffix(mime: str) -> str:
    return mimetypes.guess_extension(mime) or ".bin"


def _guessed(name: str, otherwise: str) -> str:
    return mimetypes.guess_type(name)[0] or otherwise
