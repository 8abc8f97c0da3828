"""One contract for both places where copies of results are kept."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import BaseTestServer, TestServer

from app.domains import build_files
from app.files import (
    BucketStore,
    FileGoneError,
    FilesUnavailableError,
    FolderStore,
    UnusableKeyError,
    checked,
)
from app.settings import settings_of
from tests.fakes.s3 import FakeBucket
from tests.integration.files.places import Place, bucket_of, bucket_place, folder_place

BODY = bytes(range(256)) * 4096
DAY = 86_400.0


@pytest.fixture
def bucket() -> FakeBucket:
    """The stand-in's own sight of what it keeps."""
    return FakeBucket()


@pytest.fixture
async def server(bucket: FakeBucket) -> AsyncIterator[BaseTestServer]:
    """It listens on the loopback."""
    async with TestServer(bucket.application()) as server:
        yield server


@pytest.fixture(params=["folder", "bucket"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, server: BaseTestServer, bucket: FakeBucket
) -> Place:
    """Each of the two."""
    return folder_place(tmp_path) if request.param == "folder" else bucket_place(tmp_path, server, bucket)


@pytest.mark.proves("F75")
async def test_what_was_put_is_read_whole_and_its_source_is_gone(place: Place) -> None:
    source = place.written(BODY)
    await place.store.put("results/1/1.png", source)
    assert not source.exists()
    assert await place.store.size("results/1/1.png") == len(BODY)
    assert await place.whole("results/1/1.png") == BODY


@pytest.mark.parametrize(("start", "length"), [(0, 1), (1000, 300_000), (len(BODY) - 5, 5), (7, 0)])
async def test_a_part_is_read_alone(place: Place, start: int, length: int) -> None:
    await place.put("results/1/1.mp4", BODY)
    assert await place.whole("results/1/1.mp4", start=start, length=length) == BODY[start : start + length]
    assert await place.whole("results/1/1.mp4", start=start) == BODY[start:]


async def test_putting_again_replaces(place: Place) -> None:
    await place.put("results/1/1.png", b"first")
    await place.put("results/1/1.png", b"second")
    assert await place.whole("results/1/1.png") == b"second"


async def test_a_file_that_is_not_there_has_no_size_and_cannot_be_read(place: Place) -> None:
    assert await place.store.size("results/9/9.png") is None
    with pytest.raises(FileGoneError):
        await place.whole("results/9/9.png")


async def test_old_files_go_step_by_step_and_others_stay(place: Place) -> None:
    for number in range(1, 8):
        await place.put(f"results/{number}/1.png", b"x")
        place.age(f"results/{number}/1.png", (40 if number <= 5 else 20) * DAY)
    await place.put("other/1.png", b"x")
    place.age("other/1.png", 40 * DAY)
    steps = [await place.store.delete_older("results", seconds=30 * DAY, limit=2) for _ in range(4)]
    assert steps == [2, 2, 1, 0]
    assert place.keys() == {"results/6/1.png", "results/7/1.png", "other/1.png"}


async def test_pruning_a_place_where_nothing_lies_deletes_nothing(place: Place) -> None:
    assert await place.store.delete_older("results", seconds=0, limit=2) == 0


@pytest.mark.proves("F88")
@pytest.mark.parametrize(
    "key",
    [
        "../secret",
        "results/../../etc/passwd",
        "/etc/passwd",
        "results//1",
        "",
        ".env",
        "results/.x",
        "a\\b",
        "A",
    ],
)
async def test_no_key_leads_out_of_the_place(place: Place, key: str) -> None:
    with pytest.raises(UnusableKeyError):
        checked(key)
    with pytest.raises(UnusableKeyError):
        await place.store.size(key)
    with pytest.raises(UnusableKeyError):
        await place.whole(key)
    with pytest.raises(UnusableKeyError):
        await place.put(key, b"x")
    assert place.keys() == set()


async def test_a_large_file_goes_up_in_parts(
    server: BaseTestServer, bucket: FakeBucket, tmp_path: Path
) -> None:
    place = bucket_place(tmp_path, server, bucket)
    body = bytes(20 * 1024 * 1024) + b"end"
    await place.put("results/1/1.mp4", body)
    assert (bucket.parts, bucket.uploads) == (3, {})
    assert bucket.objects["results/1/1.mp4"].body == body
    assert await place.whole("results/1/1.mp4", start=len(body) - 3) == b"end"


@pytest.mark.parametrize("wrong", [{"secret_key": "other"}, {"access_key": "other"}, {"region": "other"}])
async def test_a_bucket_that_refuses_our_key_is_unavailable(
    server: BaseTestServer, bucket: FakeBucket, tmp_path: Path, wrong: dict[str, str]
) -> None:
    source = bucket_place(tmp_path, server, bucket).written(b"x")
    store = BucketStore(bucket_of(server, **wrong))
    with pytest.raises(FilesUnavailableError) as caught:
        await store.put("results/1/1.png", source)
    assert source.exists()
    assert bucket.unsigned == 1
    assert "127.0.0.1" not in str(caught.value)
    assert "s3-secret" not in repr(bucket_of(server))


async def test_a_folder_that_takes_nothing_is_unavailable(tmp_path: Path) -> None:
    place = folder_place(tmp_path)
    (tmp_path / "kept").write_text("a file where the folder should be")
    with pytest.raises(FilesUnavailableError):
        await place.put("results/1/1.png", b"x")


async def test_an_outage_of_the_bucket_is_told_and_passes(
    server: BaseTestServer, bucket: FakeBucket, tmp_path: Path
) -> None:
    place = bucket_place(tmp_path, server, bucket)
    await place.put("results/1/1.png", b"x")
    bucket.down = True
    with pytest.raises(FilesUnavailableError):
        await place.store.size("results/1/1.png")
    bucket.down = False
    assert await place.store.size("results/1/1.png") == 1


@pytest.mark.parametrize("megabytes", [0, 20])
async def test_a_bucket_that_is_gone_takes_nothing_which_is_not_a_file_that_is_gone(
    server: BaseTestServer, bucket: FakeBucket, tmp_path: Path, megabytes: int
) -> None:
    bucket.gone = True
    with pytest.raises(FilesUnavailableError):
        await bucket_place(tmp_path, server, bucket).put("results/1/1.png", bytes(megabytes * 1024**2 + 1))


def test_the_settings_choose_the_place() -> None:
    names = ("S3_ENDPOINT", "S3_BUCKET", "S3_ACCESS_KEY", "S3_SECRET_KEY", "S3_REGION")
    bucket = dict.fromkeys(names, "https://s3.example")
    assert isinstance(build_files(settings_of({})), FolderStore)
    assert isinstance(build_files(settings_of(bucket)), BucketStore)
