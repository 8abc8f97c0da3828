"""`python -m app.media look|jpeg|likeness …`: the child. It binds itself before it opens anything of a stranger's."""

import fcntl
import os
import resource
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from app.media.confined import REFUSED
from app.media.errors import UnreadableFileError

MEMORY_BYTES = 1 << 30
"""A photo of 64 million pixels needs 600 MB on its way to a JPEG."""

CPU_SECONDS = 30
SECONDS = 60
OPEN_FILES = 64


def look(path: str) -> bytes:
    """The facts of a file; raises UnreadableFileError."""
    from app.media.probing import probe  # noqa: PLC0415 - each errand pays for its own libraries

    facts = probe(Path(path))
    if facts is None:
        raise UnreadableFileError("nobody understands it")
    return facts.to_json()


def jpeg(path: str, most_bytes: str) -> bytes:
    """The file becomes a JPEG; raises UnreadableFileError."""
    from app.media.jpeg import to_jpeg  # noqa: PLC0415

    to_jpeg(Path(path), int(most_bytes) if most_bytes else None)
    return b""


def likeness() -> bytes:
    """Of the picture on the standard input."""
    from app.media import likeness as of_pictures  # noqa: PLC0415

    return of_pictures.likeness(sys.stdin.buffer.read())


ERRANDS: Mapping[str, Callable[..., bytes]] = MappingProxyType(
    {"look": look, "jpeg": jpeg, "likeness": likeness}
)


def main() -> int:
    """One errand."""
    _bind()
    _take_turn()
    try:
        answer, outcome = ERRANDS[sys.argv[1]](*sys.argv[2:]), 0
    except UnreadableFileError as error:
        answer, outcome = error.reason.encode(), REFUSED
    except MemoryError:
        answer, outcome = b"too much when unpacked", REFUSED
    sys.stdout.buffer.write(answer)
    return outcome


def _bind() -> None:
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    with suppress(OSError):  # where there is no such file nobody is ended for want of memory
        Path("/proc/self/oom_score_adj").write_text("1000")


def _take_turn() -> None:
    """One child at a time unpacks; the turn ends with the process. The clock runs from here, whoever has started us."""
    fcntl.flock(os.open(__file__, os.O_RDONLY), fcntl.LOCK_EX)
    signal.alarm(SECONDS)


if __name__ == "__main__":
    sys.exit(main())
