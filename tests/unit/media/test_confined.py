"""Files made to hurt whoever opens them hurt a child process that nobody misses."""

import asyncio
import fcntl
import struct
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace

import pytest
import uvloop
from PIL import Image

import app.media
from app.media import Kind, UnreadableFileError, confined, convert_to_jpeg, likeness_of, look_into
from tests.fakes.patience import until
from tests.fixtures.made_files import moving_picture, picture

CHILD = Path(app.media.__file__).parent / "__main__.py"
ZIP = b"PK\x03\x04" + b"\x00" * 26 + b"PK\x05\x06" + b"\x00" * 18

FOREIGN = {
    "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n(x) show\n",
    "fits": b"SIMPLE  =                    T".ljust(80)
    + b"BITPIX  =                    8".ljust(80)
    + b"NAXIS   =                    2".ljust(80)
    + b"END".ljust(2880),
    "ppm": b"P6 2 2 255\n" + b"\x00" * 12,
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://127.0.0.1/'/></svg>",
    "zip": ZIP,
    "pdf": b"%PDF-1.7\n",
    "playlist": b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1/secret\n",
    "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "nothing": b"",
}


def bomb(side: int) -> bytes:
    """A PNG with an alpha channel, all of it one colour: some bytes a row."""
    pack = zlib.compressobj(9)
    rows = b"".join(pack.compress(bytes(1 + side * 4)) for _ in range(side)) + pack.flush()
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", rows) + _chunk(b"IEND", b"")


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


@pytest.mark.proves("S6")
async def test_a_picture_that_unpacks_to_a_gigabyte_is_refused_and_only_the_child_notices(
    tmp_path: Path,
) -> None:
    file = tmp_path / "bomb"
    file.write_bytes(bomb(7900))
    assert file.stat().st_size < 300_000
    with pytest.raises(UnreadableFileError, match="too much when unpacked"):
        await convert_to_jpeg(file, None)


@pytest.mark.proves("S6")
async def test_a_picture_of_too_many_pixels_is_not_unpacked_by_anybody(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0)
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", b""))
    with pytest.raises(UnreadableFileError):
        await convert_to_jpeg(file, None)
    assert await look_into(file) is None
    assert await likeness_of(file.read_bytes()) is None


@pytest.mark.proves("S6")
@pytest.mark.parametrize("name", FOREIGN)
async def test_only_the_named_formats_are_opened(tmp_path: Path, name: str) -> None:
    file = tmp_path / "file"
    file.write_bytes(FOREIGN[name])
    assert await look_into(file) is None
    assert await likeness_of(FOREIGN[name]) is None
    with pytest.raises(UnreadableFileError):
        await convert_to_jpeg(file, None)
    assert file.read_bytes() == FOREIGN[name]


@pytest.mark.proves("S6")
@pytest.mark.parametrize("format_name", ["PNG", "JPEG", "WEBP"])
async def test_a_picture_that_is_cut_off_is_unreadable(tmp_path: Path, format_name: str) -> None:
    whole = picture(200, 200, format_name)
    file = tmp_path / "cut"
    file.write_bytes(whole[: len(whole) // 2])
    assert await look_into(file) is None
    assert await likeness_of(file.read_bytes()) is None
    with pytest.raises(UnreadableFileError):
        await convert_to_jpeg(file, None)


@pytest.mark.proves("S6")
async def test_what_hangs_on_to_a_picture_does_not_come_out_of_it(tmp_path: Path) -> None:
    file = tmp_path / "both"
    file.write_bytes(picture(64, 64, "JPEG") + ZIP)
    facts = await look_into(file)
    assert facts is not None
    assert (facts.kind, facts.width) == (Kind.IMAGE, 64)
    assert b"PK" not in facts.thumbnail
    await convert_to_jpeg(file, None)
    assert ZIP not in file.read_bytes()


@pytest.mark.proves("S6")
async def test_of_a_picture_that_moves_one_frame_is_taken(tmp_path: Path) -> None:
    frames = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    out = BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    file = tmp_path / "moves"
    file.write_bytes(out.getvalue())
    await convert_to_jpeg(file, None)
    with Image.open(file) as made:
        assert (made.format, made.size) == ("JPEG", (64, 64))
    assert await likeness_of(moving_picture()) is None


@asynccontextmanager
async def waiting_child(path: Path) -> AsyncIterator[tuple[asyncio.Task[object], Path]]:
    """A look at a file whose turn does not come, and the child's folder in /proc."""
    with CHILD.open("rb") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        before = children()
        look = asyncio.ensure_future(look_into(path))
        try:
            await until(lambda: is_there(before))
            yield look, newcomers(before)[0]
        finally:
            look.cancel()
            await asyncio.gather(look, return_exceptions=True)


def children() -> set[Path]:
    """Of this process."""
    lists = Path("/proc/self/task").glob("*/children")
    return {Path("/proc") / child for found in lists for child in found.read_text().split()}


def newcomers(before: set[Path]) -> list[Path]:
    """Children that look into files."""
    return [it for it in children() - before if "app.media" in said(it, "cmdline")]


async def is_there(before: set[Path]) -> bool:
    return bool(newcomers(before))


async def is_gone(child: Path) -> bool:
    return child not in children()


def said(process: Path, name: str) -> str:
    """A file of a process that may be gone."""
    try:
        return (process / name).read_bytes().decode()
    except OSError:
        return ""


@pytest.mark.proves("S6", "S8")
async def test_a_child_gets_none_of_our_secrets_and_does_not_outlive_who_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIE_API_KEY", "canary-of-the-environment")
    async with waiting_child(tmp_path / "file") as (look, child):
        environment = said(child, "environ")
        assert "MALLOC_ARENA_MAX" in environment
        assert "canary" not in environment
        look.cancel()
        await until(lambda: is_gone(child))


@pytest.mark.parametrize("given", [b"", picture(8, 8, "PNG")], ids=["a path", "bytes"])
def test_a_child_that_ends_before_it_is_given_anything_is_an_answer_and_no_error(
    monkeypatch: pytest.MonkeyPatch, given: bytes
) -> None:
    """Under the loop that the server runs on, which refuses to write to a process that is gone."""
    monkeypatch.setattr(confined, "sys", SimpleNamespace(executable="/bin/true"))
    ended = asyncio.subprocess.Process.communicate

    async def late(process: asyncio.subprocess.Process, given: bytes | None = None) -> tuple[bytes, bytes]:
        await process.wait()
        return await ended(process, given)

    monkeypatch.setattr(asyncio.subprocess.Process, "communicate", late)

    async def look() -> object:
        return await (likeness_of(given) if given else look_into(Path("/nowhere")))

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        assert runner.run(look()) is None
