"""Pictures drawn from the hash of a prompt, or made from the picture that came with it."""

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from app.sandbox.kie.results.canvas import Brief, fitted, gradient, palette, write_words
from app.sandbox.kie.results.probing import picture_of

_LARGEST = 2048


def draw(brief: Brief) -> Image.Image:
    """A composition with the words on it; over the source picture, changed, when there is one."""
    source = fitted(brief.source, brief.width, brief.height) if brief.source else None
    picture = _edited(source, brief.seed) if source else _composed(brief)
    write_words(picture, brief.words)
    return picture


def enlarge(source: Path, factor: float) -> Image.Image | None:
    """The picture in this file, larger (2048 pixels at most) and sharper; None when it is not a picture."""
    picture = picture_of(source)
    if picture is None:
        return None
    scale = min(factor, _LARGEST / max(picture.size))
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return picture.resize(size, Image.Resampling.LANCZOS).filter(ImageFilter.UnsharpMask(2))


def cut_out(brief: Brief) -> Image.Image:
    """The source picture (or a composition) on nothing: everything outside an oval is transparent."""
    source = fitted(brief.source, brief.width, brief.height) if brief.source else None
    picture = source or _composed(brief)
    mask = Image.new("L", picture.size, 0)
    ImageDraw.Draw(mask).ellipse(
        (brief.width * 0.1, brief.height * 0.05, brief.width * 0.9, brief.height * 0.95), fill=255
    )
    picture.putalpha(mask)
    return picture


def save(picture: Image.Image, file: Path) -> None:
    """As PNG, JPEG or WebP, by the ending of the name."""
    kind = {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}[file.suffix]
    flat = picture.convert("RGB") if kind == "JPEG" else picture
    flat.save(file, kind, quality=90, compress_level=1)


def _edited(picture: Image.Image, seed: str) -> Image.Image:
    dark, light, bright, _ = palette(seed)
    changes: tuple[Callable[[Image.Image], Image.Image], ...] = (
        lambda image: ImageOps.colorize(ImageOps.grayscale(image), dark, light),
        lambda image: ImageOps.posterize(image, 3),
        lambda image: Image.blend(image, Image.new("RGB", image.size, bright), 0.3),
        lambda image: ImageOps.solarize(image, 160),
    )
    return random.Random(seed).choice(changes)(picture)  # noqa: S311 - a picture needs no secret


def _composed(brief: Brief) -> Image.Image:
    dark, light, bright, second = palette(brief.seed)
    width, height = brief.width, brief.height
    dice = random.Random(brief.seed)  # noqa: S311 - a picture needs no secret
    picture = gradient(width, height, dark, light)
    draw = ImageDraw.Draw(picture, "RGBA")
    _sun(draw, dice, brief, bright)
    for layer in range(4):
        shade = 0.35 + layer * 0.15
        colour = tuple(int(second[part] * (1 - shade) + dark[part] * shade) for part in range(3))
        draw.polygon(_ridge(dice, width, height, 0.45 + layer * 0.12), fill=(*colour, 235))
    for _ in range(18):
        x, y, size = dice.random() * width, dice.random() * height * 0.45, dice.uniform(1, 4) * width / 500
        draw.ellipse((x, y, x + size, y + size), fill=(255, 255, 255, 190))
    return picture


def _sun(draw: ImageDraw.ImageDraw, dice: random.Random, brief: Brief, colour: tuple[int, int, int]) -> None:
    x, y = brief.width * dice.uniform(0.2, 0.8), brief.height * dice.uniform(0.15, 0.4)
    radius = min(brief.width, brief.height) * dice.uniform(0.08, 0.18)
    for ring in range(5, -1, -1):
        reach = radius * (1 + ring * 0.35)
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=(*colour, 255 if ring == 0 else 28))


def _ridge(dice: random.Random, width: int, height: int, level: float) -> list[tuple[float, float]]:
    steps = 9
    points = [
        (width * step / steps, height * (level + dice.uniform(-0.11, 0.11))) for step in range(steps + 1)
    ]
    return [(0.0, float(height)), *points, (float(width), float(height))]
