"""A receipt is known again by its bytes and by its look, and other receipts are not taken for it."""

from io import BytesIO

import pytest
from PIL import Image, ImageDraw

from app.payments.receipts.fingerprint import fingerprint_of, look_alike


def receipt(*lines: str, scale: float = 1.0, quality: int = 90, crop: int = 0) -> bytes:
    """A picture of a bank's receipt, as a phone would show it."""
    picture = Image.new("RGB", (720, 1280), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 720, 160), fill="darkgreen")
    draw.ellipse((300, 200, 420, 320), fill="green")
    for row, line in enumerate(lines):
        draw.text((60, 380 + row * 120), line, fill="black", font_size=72)
    picture = picture.crop((crop, crop, 720 - crop, 1280 - crop))
    picture = picture.resize((int(picture.width * scale), int(picture.height * scale)))
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


ORIGINAL = receipt("500 RUB", "to: IVAN P.", "23.11 12:41", "no. 8812 3340")


async def likeness(content: bytes) -> bytes:
    found = (await fingerprint_of(content)).likeness
    assert found is not None
    return found


@pytest.mark.proves("F42", "S14")
@pytest.mark.parametrize(
    ("scale", "quality", "crop"), [(1.0, 40, 0), (0.5, 80, 0), (1.5, 95, 0), (0.8, 60, 2)]
)
async def test_another_size_and_compression_look_the_same(scale: float, quality: int, crop: int) -> None:
    copy = receipt(
        "500 RUB", "to: IVAN P.", "23.11 12:41", "no. 8812 3340", scale=scale, quality=quality, crop=crop
    )
    assert (await fingerprint_of(copy)).digest != (await fingerprint_of(ORIGINAL)).digest
    assert look_alike(await likeness(copy), await likeness(ORIGINAL))


@pytest.mark.parametrize(
    "lines",
    [
        ("1 250,50 RUB", "to: MARIA SH.", "02.09 08:05", "no. 1094 7716"),
        ("500 RUB", "to: OLGA KUZ.", "24.11 09:15", "no. 0000 1111"),
    ],
)
async def test_another_receipt_of_the_same_bank_does_not(lines: tuple[str, ...]) -> None:
    assert not look_alike(await likeness(receipt(*lines)), await likeness(ORIGINAL))


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\nbroken", ORIGINAL[:200]])
async def test_what_is_no_picture_is_known_by_its_bytes_only(content: bytes) -> None:
    found = await fingerprint_of(content)
    assert found.likeness is None
    assert found.digest == (await fingerprint_of(bytes(content))).digest


async def test_a_picture_too_large_to_open_is_known_by_its_bytes_only() -> None:
    out = BytesIO()
    Image.new("1", (10_000, 5_001)).save(out, "PNG")
    assert (await fingerprint_of(out.getvalue())).likeness is None
