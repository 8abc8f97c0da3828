"""Finds models by what people type: endings, slips of the finger and Russian letters for a Latin name do not matter.

The words of all models are gathered once; a query is compared with each different word once. Pure.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise, takewhile
from types import MappingProxyType

from rapidfuzz import fuzz, process

from app.catalogue import Catalogue, ModelKey, ModelSpec
from bot.keyboards.menu import CATEGORY_KEYS
from bot.texts import Texts

CLOSE = 75.0
"""How alike two words must be (rapidfuzz's ratio, 0-100) when neither begins with the other."""

STEM = 4
"""Letters that two words must share at their beginnings to count as forms of one word."""

TASK_KEYS: Mapping[str, str] = MappingProxyType(
    {
        "text-to-image": "task-text-to-image",
        "image-to-image": "task-image-to-image",
        "background-removal": "task-background-removal",
        "image-upscale": "task-image-upscale",
        "text-to-video": "task-text-to-video",
        "image-to-video": "task-image-to-video",
        "video-to-video": "task-video-to-video",
        "video-upscale": "task-video-upscale",
        "lip-sync": "task-lip-sync",
        "music": "task-music",
        "music-edit": "task-music-edit",
        "text-to-speech": "task-text-to-speech",
        "sound-effect": "task-sound-effect",
        "audio-isolation": "task-audio-isolation",
    }
)
"""What people call each task, whatever a description says; a task without a row is found by a test."""

LONGEST_QUERY = 100
"""Characters of a query that are looked at."""

NAME, FAMILY, PROVIDER, TASK, ABOUT = 16, 8, 6, 3, 2
"""What a word weighs by where it stands."""

WHOLE, BEGINNING, FORM, PART, SLIP = 10, 8, 7, 5, 4
"""What a word weighs by how it is met."""

_TOKEN = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_LATIN = dict(
    zip(
        range(0x430, 0x450),  # the Russian alphabet, in its order
        (*"abvgde", "zh", *"ziiklmnoprstufhc", "ch", "sh", "sh", "", "y", "", "e", "u", "ya"),
        strict=True,
    )
)
"""How a name in Latin letters is written down in Russian ones, backwards."""


class ModelSearch:
    """Knows every word that is said of a model, in every language; a withdrawn one's name leads to its successor."""

    def __init__(self, catalogue: Catalogue, texts: Texts) -> None:
        self._weights: defaultdict[str, dict[ModelKey, int]] = defaultdict(dict)
        self._names: dict[ModelKey, str] = {}
        for spec in catalogue.models:
            self._names[spec.key] = "".join(_words(spec.name))
            self._learn(spec.key, _said(spec, texts))
        for spec in catalogue.withdrawn:
            if spec.successor is not None:
                self._learn(spec.successor, _called(spec.name, FAMILY))
        self._words = tuple(self._weights)

    def _learn(self, key: ModelKey, said: Iterable[tuple[int, str]]) -> None:
        for weight, word in said:
            weights = self._weights[word]
            weights[key] = max(weights.get(key, 0), weight)

    def find(self, query: str, models: Sequence[ModelSpec]) -> tuple[ModelSpec, ...]:
        """Those of the models that answer to every word of the query, else to any; the best match first.

        Equal matches stay in the order of `models`.
        """
        typed = _words(query[:LONGEST_QUERY])
        scores = [self._scores(word) for word in self._telling(typed)]
        found = [spec for spec in models if any(spec.key in it for it in scores)]
        whole = [spec for spec in found if all(spec.key in it for it in scores)]
        names = {"".join(typed), "".join(map(_in_latin, typed))}

        def rank(spec: ModelSpec) -> tuple[bool, int, int]:
            met = [it[spec.key] for it in scores if spec.key in it]
            return self._names[spec.key] not in names, -len(met), -sum(met)

        return tuple(sorted(whole or found, key=rank))

    def _telling(self, typed: Sequence[str]) -> Sequence[str]:
        """What was typed without words like "in" and "and", unless that is all, or a part of a name."""
        return [it for it in typed if len(it) > 2 or self._is_name(it)] or typed

    def _is_name(self, word: str) -> bool:
        return max(self._weights[word].values(), default=0) >= FAMILY if word in self._weights else False

    def _scores(self, typed: str) -> dict[ModelKey, int]:
        """How well each model answers to one word."""
        scores: dict[ModelKey, int] = {}
        for word, manner in self._met(typed).items():
            for key, weight in self._weights[word].items():
                scores[key] = max(scores.get(key, 0), weight * manner)
        return scores

    def _met(self, typed: str) -> dict[str, int]:
        """The words that may be meant by one that was typed, and how surely each."""
        met: dict[str, int] = {}
        for way in dict.fromkeys((typed, _in_latin(typed))):
            for word, manner in self._alike(way):
                met[word] = max(met.get(word, 0), manner)
        return met

    def _alike(self, typed: str) -> Iterator[tuple[str, int]]:
        if typed in self._weights:
            yield typed, WHOLE
        if len(typed) > 1 or typed.isdigit():
            yield from ((it, BEGINNING) for it in self._words if it.startswith(typed))
        if len(typed) < STEM:
            return
        yield from ((it, FORM) for it in self._words if _is_form(typed, it))
        yield from ((it, PART) for it in self._words if typed in it)
        near = process.extract(typed, self._words, scorer=fuzz.ratio, score_cutoff=CLOSE, limit=None)
        yield from ((it, SLIP) for it, _, _ in near if len(it) >= STEM)


def _said(spec: ModelSpec, texts: Texts) -> Iterator[tuple[int, str]]:
    """Every word that is said of a model, with what it weighs; a name's words also without the space between."""
    yield from _called(spec.name, NAME)
    yield from _called(spec.family, FAMILY)
    yield from ((PROVIDER, it) for it in _words(spec.provider))
    yield from ((TASK, it) for it in _words(spec.task))
    for language in texts.languages:
        words_of = texts.for_language(language)
        told = (words_of.plain(CATEGORY_KEYS[spec.category]), words_of.plain(TASK_KEYS[spec.task]))
        yield from ((TASK, it) for it in _words(" ".join(told)))
        yield from ((ABOUT, it) for it in _words(spec.description.get(language)))


def _called(name: str, weight: int) -> Iterator[tuple[int, str]]:
    words = _words(name)
    return ((weight, it) for it in (*words, *map("".join, pairwise(words))))


def _is_form(one: str, other: str) -> bool:
    """Whether two words differ in their endings only."""
    if one[:STEM] != other[:STEM]:
        return False
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    return shared >= STEM and shared >= 0.6 * max(len(one), len(other))


def _in_latin(word: str) -> str:
    """The word as it sounds; too short ones would mean too much."""
    return word.translate(_LATIN).replace("ks", "x") if len(word) > 2 else word


def _words(text: str) -> list[str]:
    """Words and numbers; one letter of Russian stands for its neighbour, as people type it."""
    return _TOKEN.findall(text.casefold().replace(chr(0x451), chr(0x435)))
