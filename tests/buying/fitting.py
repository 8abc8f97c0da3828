"""Answers that fit a question: words, numbers, and small real files made once."""

import random
from functools import cache

from tests.buying.shop_screen import ShopScreen
from tests.fixtures.made_files import clip, picture, sound, wav

SENTENCE = "Рыжий кот смотрит на море с крыши старого маяка"


def file_for(kind: str, refused: int) -> tuple[str, bytes, str]:
    """How it is sent, the file and its name; another one after each refusal."""
    files = _files()[kind]
    assert refused < len(files), f"no file of ours fits: {kind}"
    return files[refused]


@cache
def _files() -> dict[str, tuple[tuple[str, bytes, str], ...]]:
    """By kind, those first that fit most questions; made once."""
    return {
        "image": (
            ("photo", picture(640, 480), "a.png"),
            ("document", picture(1024, 1024), "b.png"),
            ("document", picture(800, 600, "JPEG"), "c.jpg"),
        ),
        "video": (
            ("video", clip(640, 480, 5), "d.mp4"),
            ("video", clip(640, 480, 3), "e.mp4"),
            ("video", clip(1280, 720, 10), "f.mp4"),
        ),
        "audio": (
            ("audio", sound("mp3", 5), "g.mp3"),
            ("voice", sound("ogg", 5), "h.ogg"),
            ("audio", sound("mp3", 12), "i.mp3"),
            ("document", wav(5), "j.wav"),
        ),
    }


def fitting_text(screen: ShopScreen, rng: random.Random, times: int) -> str:
    """Words within the limit; shorter ones where the first were not taken."""
    words = [SENTENCE, "Кот", f"{SENTENCE}. " * 4][min(times, 2)]
    return f"{words} {rng.randrange(1000)}"[: screen.longest].strip()


def fitting_number(screen: ShopScreen, rng: random.Random, times: int) -> str:
    """One of the ends; the least one where another was not taken."""
    assert screen.bounds is not None
    return rng.choice(screen.bounds) if times == 0 else screen.bounds[0]


def fitting_choice(screen: ShopScreen, rng: random.Random) -> str:
    """Any that is not chosen already."""
    choices = screen.data("pick")
    others = [it for it in choices if not screen.label(it).startswith("✓")]
    return rng.choice(others or choices)
