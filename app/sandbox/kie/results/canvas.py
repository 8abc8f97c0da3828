"""Sizes, colours and letters: what pictures and clips share."""

import random
import re
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from app.sandbox.kie.values import JsonObject, as_text

Colour = tuple[int, int, int]
Font = ImageFont.FreeTypeFont | ImageFont.ImageFont
_NAMED = {"square": (1, 1), "square_hd": (1, 1), "portrait": (9, 16), "landscape": (16, 9)}
_FONTS = (
    "DejaVuSans-Bold.ttf",
    "LiberationSans-Bold.ttf",
    "NotoSans-Bold.ttf",
    "Arial Bold.ttf",
    "Arial.ttf",
    "arialbd.ttf",
    "Helvetica.ttc",
    "DejaVuSans.ttf",
    "FreeSansBold.ttf",
)
_SKIES: tuple[tuple[Colour, Colour, Colour, Colour], ...] = (
    ((38, 28, 84), (250, 156, 110), (255, 214, 120), (112, 60, 132)),  # sunset
    ((44, 62, 120), (250, 196, 176), (255, 240, 200), (86, 112, 172)),  # dawn
    ((10, 40, 80), (120, 200, 210), (255, 236, 170), (30, 120, 140)),  # sea
    ((16, 50, 60), (200, 222, 160), (255, 240, 180), (44, 128, 98)),  # forest
    ((14, 16, 44), (84, 72, 150), (240, 240, 255), (58, 58, 122)),  # night
    ((90, 40, 50), (250, 190, 120), (255, 230, 160), (184, 96, 68)),  # desert
)
_LATIN = dict(zip("абвгдеёзийклмнопрстуфхыэ", "abvgdeeziyklmnoprstufhye", strict=True)) | {
    "ж": "zh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "sch",
    "ъ": "",
    "ь": "",
    "ю": "yu",
    "я": "ya",
}


@dataclass(frozen=True)
class Brief:
    """What is to be drawn: words, a seed that decides the rest, a size in pixels, the picture to work on if any."""

    words: str
    seed: str
    width: int
    height: int
    source: Image.Image | None


def frame_size(
    inputs: JsonObject, defaults: JsonObject, *, longest: int, otherwise: tuple[int, int]
) -> tuple[int, int]:
    """Width and height, both even, in the ratio that was asked for, else the documented one, else `otherwise`."""
    ratio = _asked_ratio(inputs, otherwise) or _asked_ratio(defaults, otherwise) or otherwise
    scale = longest / max(ratio)
    return max(2, int(ratio[0] * scale) // 2 * 2), max(2, int(ratio[1] * scale) // 2 * 2)


def palette(seed: str) -> tuple[Colour, Colour, Colour, Colour]:
    """Dark and light of the background and two bright colours: a sky of `_SKIES`, each seed in a shade of its own."""
    dice = random.Random(seed)  # noqa: S311 - a picture needs no secret
    top, bottom, sun, hills = dice.choice(_SKIES)
    return _shade(dice, top), _shade(dice, bottom), _shade(dice, sun), _shade(dice, hills)


def gradient(width: int, height: int, top: Colour, bottom: Colour) -> Image.Image:
    """A background that runs from one colour at the top to another at the bottom."""
    mask = Image.linear_gradient("L").resize((width, height))
    return Image.composite(
        Image.new("RGB", (width, height), bottom), Image.new("RGB", (width, height), top), mask
    )


def write_words(picture: Image.Image, words: str) -> None:
    """The words, on a dark band along the lower edge, as large as they fit and never more than a third of it."""
    width, height = picture.size
    draw = ImageDraw.Draw(picture, "RGBA")
    for size in range(max(14, width // 16), 9, -2):
        font, legible = _font(size, words)
        lines = _wrap(draw, legible, font, width * 0.9)
        if len(lines) * size * 1.3 <= height / 3:
            break
    else:
        font, legible = _font(10, words)
        lines, size = _wrap(draw, legible, font, width * 0.9)[: max(1, int(height / 3 / 13))], 10
    top = height - int(len(lines) * size * 1.3) - size
    draw.rectangle((0, top, width, height), fill=(0, 0, 0, 150))
    for index, line in enumerate(lines):
        draw.text(
            (width * 0.05, top + size * 0.4 + index * size * 1.3), line, font=font, fill=(255, 255, 255)
        )


def fitted(source: Image.Image, width: int, height: int) -> Image.Image:
    """The picture, cut to the size."""
    scale = max(width / source.width, height / source.height)
    grown = source.resize(
        (max(width, round(source.width * scale)), max(height, round(source.height * scale)))
    )
    left, top = (grown.width - width) // 2, (grown.height - height) // 2
    return grown.crop((left, top, left + width, top + height))


def _asked_ratio(inputs: JsonObject, own: tuple[int, int]) -> tuple[int, int] | None:
    for field in ("aspect_ratio", "ratio", "image_size", "size"):
        word = as_text(inputs.get(field)).lower()
        found = own if word in ("auto", "adaptive") else _ratio(word)
        if found is not None:
            return found
    return None


def _ratio(text: str) -> tuple[int, int] | None:
    if text in _NAMED:
        return _NAMED[text]
    numbers = re.fullmatch(r"(?:[a-z]+_)?(\d+)\s*[:x*_]\s*(\d+)", text)
    if numbers is None:
        return None
    first, second = int(numbers[1]), int(numbers[2])
    if text.startswith("portrait"):
        first, second = min(first, second), max(first, second)
    if text.startswith("landscape"):
        first, second = max(first, second), min(first, second)
    return (first, second) if first and second else None


def _shade(dice: random.Random, colour: Colour) -> Colour:
    red, green, blue = (min(255, max(0, part + dice.randint(-12, 12))) for part in colour)
    return red, green, blue


def _font(size: int, words: str) -> tuple[Font, str]:
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, size), words
        except OSError:
            continue
    return ImageFont.load_default(size), _latin(words)


def _latin(words: str) -> str:
    """The built-in letters know no Cyrillic, so that a machine without fonts still shows something to read."""
    return "".join(_LATIN.get(letter.lower(), letter) for letter in words)


def _wrap(draw: ImageDraw.ImageDraw, words: str, font: Font, width: float) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(joined, font=font) <= width:
            lines[-1] = joined
        else:
            lines.append(word)
    return lines or [" "]
