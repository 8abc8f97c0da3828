"""The way into the child process, and what comes back."""

import asyncio
import os
import sys
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from app.media.errors import UnreadableFileError
from app.media.facts import Facts

REFUSED = 3
"""How a child ends that says itself why it cannot read its file."""

LONGEST_SECONDS = 120.0
"""Waiting for its turn included."""

_ROOT = Path(__file__).resolve().parents[2]


async def look_into(path: Path) -> Facts | None:
    """What a picture, clip or sound really is; None for what cannot be understood: then nothing is promised of it."""
    try:
        return Facts.of_json(await _in_a_child("look", _seen_by_it(path)))
    except (UnreadableFileError, ValueError):
        return None


async def convert_to_jpeg(path: Path, most_bytes: int | None) -> None:
    """Writes the picture of this file over it, upright, as a JPEG of at most so many bytes (None: of any size).

    Raises UnreadableFileError for what is no picture, too large a one, or still too heavy.
    """
    await _in_a_child("jpeg", _seen_by_it(path), "" if most_bytes is None else str(most_bytes))


async def likeness_of(content: bytes) -> bytes | None:
    """What a picture looks like, in 128 bytes; None for what is no picture that can be opened."""
    try:
        return await _in_a_child("likeness", given=content) or None
    except UnreadableFileError:
        return None


def _seen_by_it(path: Path) -> str:
    """The child works in another folder than we do."""
    return str(path.resolve())


async def _in_a_child(*arguments: str, given: bytes = b"") -> bytes:
    """No pipe: writing to a child that has ended already is an error of its own, not an answer about the file."""
    if not given:
        return await _run(asyncio.subprocess.DEVNULL, *arguments)
    with TemporaryFile() as file:
        await asyncio.to_thread(file.write, given)
        file.seek(0)
        return await _run(file, *arguments)


async def _run(stdin: IO[bytes] | int, *arguments: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "app.media",
        *arguments,
        stdin=stdin,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=_ROOT,
        # Nothing of our own environment: there are secrets in it. Arenas of threads would count as memory.
        env={"PATH": os.defpath, "MALLOC_ARENA_MAX": "1"},
    )
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            printed, _ = await process.communicate()
    except TimeoutError as error:
        raise UnreadableFileError("it takes too long") from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        is_told = process.returncode == REFUSED
        raise UnreadableFileError(printed.decode(errors="replace") if is_told else "nothing can read it")
    return printed
