"""What can be made of a result: every model with its price, and the question which file is meant."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

from app.catalogue import ModelSpec, Sequel
from app.generation import Generation
from app.offers import Onward
from bot.keyboards.models import page_of
from bot.keyboards.sequels import sequels_keyboard, which_keyboard
from bot.texts import Markup, Words
from bot.view import View
from bot.views.lines import least_text

TITLE_KEYS: Mapping[Sequel, str] = MappingProxyType(
    {
        Sequel.ANIMATE: "sequel-animate-title",
        Sequel.TALK: "sequel-talk-title",
        Sequel.EDIT: "sequel-edit-title",
        Sequel.EXTEND: "sequel-extend-title",
        Sequel.REWORK: "sequel-rework-title",
        Sequel.UPSCALE: "sequel-upscale-title",
        Sequel.CUT_OUT: "sequel-cut-out-title",
        Sequel.ADD_SOUND: "sequel-add-sound-title",
        Sequel.CLIP: "sequel-clip-title",
        Sequel.CLEAN: "sequel-clean-title",
    }
)


def sequels_view(words: Words, generation: Generation, found: Sequence[Onward], page: int) -> View:
    """One page (from 0) of the models that take this result."""
    shown, _, _ = page_of(found, page)
    lines = [words("sequels", number=str(generation.id)), *_lines(words, shown)]
    return View(Markup("\n".join(lines)), sequels_keyboard(words, generation, found, page))


def which_view(words: Words, spec: ModelSpec, generation_id: int, numbers: Sequence[int]) -> View:
    """A result of several files: which of them goes in?"""
    text = words("sequel-which", number=str(generation_id), model=spec.name)
    return View(text, which_keyboard(words, generation_id, spec.key, numbers))


def _lines(words: Words, shown: Sequence[Onward]) -> Iterator[Markup]:
    for sequel, group in groupby(shown, key=lambda it: it.sequel):
        yield Markup("")
        yield words(TITLE_KEYS[sequel])
        for it in group:
            yield words("offer-line", model=it.spec.name, price=least_text(words, it.least))
