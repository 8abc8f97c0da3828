"""Files that the house keeps: copies of results, in a folder or in an S3-compatible bucket.

Purpose: `FileStore` is what everybody else sees; `FolderStore` and `BucketStore` are the two places.

Invariants:
- a file is complete or absent, whoever is killed while it is put; on return from `put` it survives a crash;
- a key is plain (`checked`): nothing outside the store can be named by it;
- nothing is held in memory but a few chunks, in either direction;
- every error of either place is FileGoneError or FilesUnavailableError.

Proven by tests/integration/files: one contract, run over both.
"""

from app.files.bucket import Bucket, BucketStore
from app.files.folder import FolderStore
from app.files.store import FileGoneError, FileStore, FilesUnavailableError, UnusableKeyError, checked

__all__ = [
    "Bucket",
    "BucketStore",
    "FileGoneError",
    "FileStore",
    "FilesUnavailableError",
    "FolderStore",
    "UnusableKeyError",
    "checked",
]
