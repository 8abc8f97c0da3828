"""What phones make and what is too heavy becomes a JPEG that the provider takes."""

import random
from decimal import Decimal
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image, ImageStat

from app.catalogue import MediaRule, Modality
from app.generation import RefusedError
from app.generation.converting import to_jpeg

ANY = MediaRule(Modality.IMAGE)


async def test_a_photo_of_a_phone_becomes_a_jpeg_of_the_same_size(tmp_path: Path) -> None:
    file = tmp_path / "photo"
    pillow_heif.from_pillow(Image.new("RGB", (120, 80), "red")).save(file, format="HEIF")
    await to_jpeg(file, ANY)
    with Image.open(file) as made:
        assert (made.format, made.size) == ("JPEG", (120, 80))
        red, green, blue = ImageStat.Stat(made).mean
    assert red > 240
    assert max(green, blue) < 20


async def test_a_heavy_picture_is_made_as_light_as_the_provider_wants_it(tmp_path: Path) -> None:
    file = tmp_path / "heavy"
    Image.frombytes("RGB", (900, 900), random.Random(1).randbytes(900 * 900 * 3)).save(file, "PNG")
    assert file.stat().st_size > 2_000_000
    await to_jpeg(file, MediaRule(Modality.IMAGE, max_megabytes=Decimal("0.5")))
    assert file.stat().st_size <= 500_000
    with Image.open(file) as made:
        assert made.format == "JPEG"
        assert made.width == made.height >= 300


async def test_what_one_could_look_through_lies_on_white(tmp_path: Path) -> None:
    file = tmp_path / "glass"
    Image.new("RGBA", (20, 20), (255, 0, 0, 0)).save(file, "PNG")
    await to_jpeg(file, ANY)
    with Image.open(file) as made:
        assert min(ImageStat.Stat(made).mean) > 250


@pytest.mark.parametrize("content", [b"", b"no picture", b"\x00\x00\x00\x18ftypheic broken"])
async def test_what_is_no_picture_is_refused_as_bad_input(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken"
    file.write_bytes(content)
    with pytest.raises(RefusedError):
        await to_jpeg(file, ANY)


async def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    file = tmp_path / "huge"
    Image.new("1", (9000, 8000)).save(file, "PNG")
    with pytest.raises(RefusedError):
        await to_jpeg(file, ANY)
