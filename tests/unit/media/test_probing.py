"""What is found out about real files, and about broken ones."""

import io
from pathlib import Path

import av
import pytest
from PIL import Image

from app.media import Facts, Kind
from app.media.probing import THUMBNAIL_BYTES, THUMBNAIL_SIDE, probe
from tests.fixtures.made_files import clip, moving_picture, noisy_picture, picture, sound, wav


def facts_of(folder: Path, body: bytes) -> Facts | None:
    """Of a file with this content, whatever its name."""
    path = folder / "file"
    path.write_bytes(body)
    return probe(path)


def with_its_index_in_front(folder: Path, body: bytes) -> bytes:
    """The same clip in another order."""
    target_file = folder / "in_front.mp4"
    options = {"movflags": "+faststart"}
    with av.open(io.BytesIO(body), "r") as source, av.open(target_file, "w", options=options) as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                target.mux(packet)
    return target_file.read_bytes()


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (picture(640, 480), (Kind.IMAGE, "image/png", 640, 480, 0)),
        (picture(640, 480, "JPEG"), (Kind.IMAGE, "image/jpeg", 640, 480, 0)),
        (picture(640, 480, "WEBP"), (Kind.IMAGE, "image/webp", 640, 480, 0)),
        (moving_picture(), (Kind.IMAGE, "image/gif", 120, 80, 1)),
        (moving_picture("WEBP"), (Kind.IMAGE, "image/webp", 120, 80, 1)),
        (clip(320, 180, seconds=3), (Kind.VIDEO, "video/mp4", 320, 180, 3)),
        (sound("mp3", 2), (Kind.AUDIO, "audio/mpeg", None, None, 2)),
        (sound("ogg", 2), (Kind.AUDIO, "audio/ogg", None, None, 2)),
        (wav(2), (Kind.AUDIO, "audio/x-wav", None, None, 2)),
    ],
    ids=["png", "jpeg", "webp", "gif", "moving webp", "mp4", "mp3", "ogg", "wav"],
)
def test_kind_type_size_and_length_are_read_from_the_bytes(
    tmp_path: Path, body: bytes, expected: tuple[Kind, str, int | None, int | None, int]
) -> None:
    facts = facts_of(tmp_path, body)
    assert facts is not None
    assert (facts.kind, facts.mime, facts.width, facts.height, facts.seconds) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        picture(640, 480, "JPEG")[:900],
        picture(640, 480)[:200],
        clip()[:400],
        b"\x00\x00\x00\x18ftypisom" + bytes(100),
        b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
        b"\x1aE\xdf\xa3" + bytes(100),
    ],
    ids=[
        "empty",
        "words",
        "cut jpeg",
        "cut png",
        "cut clip",
        "clip of nothing",
        "playlist",
        "webm of nothing",
    ],
)
def test_what_is_broken_or_unknown_has_no_facts(tmp_path: Path, body: bytes) -> None:
    assert facts_of(tmp_path, body) is None


@pytest.mark.parametrize(
    "body",
    [picture(3000, 900), noisy_picture(4), clip(640, 360), moving_picture()],
    ids=["wide", "noisy", "clip", "gif"],
)
def test_a_thumbnail_keeps_to_the_limits(tmp_path: Path, body: bytes) -> None:
    facts = facts_of(tmp_path, body)
    assert facts is not None
    assert 0 < len(facts.thumbnail) <= THUMBNAIL_BYTES
    with Image.open(io.BytesIO(facts.thumbnail)) as thumbnail:
        assert thumbnail.format == "JPEG"
        assert max(thumbnail.size) <= THUMBNAIL_SIDE


def test_a_clip_streams_when_its_index_stands_in_front(tmp_path: Path) -> None:
    behind = facts_of(tmp_path, clip())
    in_front = facts_of(tmp_path, with_its_index_in_front(tmp_path, clip()))
    assert behind is not None
    assert in_front is not None
    assert (behind.streamable, in_front.streamable) == (False, True)
