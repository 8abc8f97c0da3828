"""Files: what was uploaded here, what was made here, and the addresses of both under `/kie-files`."""

import mimetypes
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote
from uuid import uuid4

from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.knobs import FAILURES, KnobBoard
from app.sandbox.kie.schemas import ModelFacts
from app.sandbox.kie.values import JsonObject, as_items, as_number, as_text

PREFIX = "/kie-files"
UPLOADS = "kieai"
RESULTS = "results"
DOWNLOADS = "download"
LINK_SECONDS = 20 * 60.0
_UPLOAD_SECONDS = 86_400.0
_ACCOUNT_FOLDER = "100001"
_SAME_TYPE = {
    "image/jpg": "image/jpeg",
    "audio/mp3": "audio/mpeg",
    "audio/x-wav": "audio/wav",
    "audio/x-m4a": "audio/mp4",
}


@dataclass(frozen=True)
class Upload:
    """One uploaded file. `path` is KIE's filePath; size in bytes; `uploaded` in Unix seconds."""

    path: str
    mime: str
    size: int
    uploaded: float


class Library:
    """Uploads and results in the data folder."""

    def __init__(self, store: sqlite3.Connection, knobs: KnobBoard, *, folder: Path, public_url: str) -> None:
        self._store = store
        self._knobs = knobs
        self._folder = folder
        self._base = public_url.rstrip("/") + PREFIX

    def upload_target(self, upload_path: str, file_name: str) -> tuple[str, Path]:
        """KIE's path of a new upload and the file for it; RefusalError 400 when the path leaves the folder."""
        relative = PurePosixPath(UPLOADS, _ACCOUNT_FOLDER, upload_path.strip("/"), file_name)
        if (
            ".." in relative.parts
            or len(relative.parts) < 4
            or "\\" in str(relative)
            or "\0" in str(relative)
        ):
            raise RefusalError(400, "uploadPath is wrong", field="uploadPath")
        file = self._folder / relative
        file.parent.mkdir(parents=True, exist_ok=True)
        return str(relative), file

    def draft(self) -> Path:
        """A place for a file that is still coming in."""
        folder = self._folder / "drafts"
        folder.mkdir(parents=True, exist_ok=True)
        return folder / uuid4().hex

    def register(self, path: str, mime: str) -> Upload:
        """Enters a file that lies at its place now."""
        upload = Upload(path=path, mime=mime, size=(self._folder / path).stat().st_size, uploaded=time.time())
        self._store.execute(
            "INSERT OR REPLACE INTO uploads VALUES (?, ?, ?, ?)", (path, mime, upload.size, upload.uploaded)
        )
        return upload

    def find_upload(self, path: str) -> tuple[Upload, Path] | None:
        """A live upload and its file; None when there is none or it has expired (knob upload_ttl)."""
        row = self._store.execute("SELECT * FROM uploads WHERE path = ?", (path,)).fetchone()
        if row is None or time.time() > row["uploaded"] + self._knobs.number("upload_ttl", _UPLOAD_SECONDS):
            return None
        return Upload(**dict(row)), self._folder / path

    def url(self, path: str) -> str:
        """The public address of a path."""
        return f"{self._base}/{quote(path)}"

    def result_url(self, task_id: str, name: str) -> str:
        """The public address of one result."""
        return self.url(f"{RESULTS}/{task_id}/{name}")

    def result_file(self, task_id: str, name: str) -> Path:
        """Where a result lies once it has been made."""
        return self._folder / RESULTS / task_id / name

    def path_of(self, url: str) -> str | None:
        """The path behind one of our own addresses; None for any other address."""
        return (
            unquote(url[len(self._base) + 1 :].partition("?")[0])
            if url.startswith(self._base + "/")
            else None
        )

    def local_file(self, url: str) -> Path | None:
        """The file behind one of our own addresses, if it is there."""
        path = self.path_of(url)
        if path is None or ".." in PurePosixPath(path).parts:
            return None
        found = self.find_upload(path)
        file = found[1] if found else self._folder / path
        return file if file.is_file() else None

    def lend(self, path: str) -> str:
        """A download address of this path that is good for 20 minutes."""
        token = uuid4().hex
        self._store.execute("INSERT INTO links VALUES (?, ?, ?)", (token, path, time.time() + LINK_SECONDS))
        return self.url(f"{DOWNLOADS}/{token}/{PurePosixPath(path).name}")

    def lent(self, token: str) -> str | None:
        """The path that was lent under this token, while it is."""
        row = self._store.execute("SELECT path, expires FROM links WHERE token = ?", (token,)).fetchone()
        return str(row["path"]) if row is not None and time.time() <= row["expires"] else None

    def problem_with(self, model: ModelFacts | None, inputs: JsonObject) -> tuple[str, str] | None:
        """Why KIE could not work with the media that lie here: (failCode, failMsg), or None."""
        for name, schema in model.media_fields() if model else ():
            for url in as_items(inputs.get(name)):
                path = self.path_of(as_text(url))
                if path is None or not path.startswith(UPLOADS + "/"):
                    continue
                found = self.find_upload(path)
                if found is None or not found[1].is_file():
                    return FAILURES["unfetchable"]
                if not _fits(found[0], schema):
                    return FAILURES["input"]
        return None


def mime_of(name: str, told: str | None = None) -> str:
    """The type of a file: what was told, else what its name says."""
    return told or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _fits(upload: Upload, schema: JsonObject) -> bool:
    most = as_number(schema.get("x-max-mb"))
    if most is not None and upload.size > most * 1024 * 1024:
        return False
    allowed = as_items(schema.get("x-mime"))
    if allowed:
        return upload.mime in allowed or _SAME_TYPE.get(upload.mime) in allowed
    return upload.mime.partition("/")[0] in (schema["x-media"], "application")
