"""Finds models by what people type: parts of words, endings and slips of the finger do not matter. Pure."""

from collections.abc import Callable, Iterable, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from app.catalogue import ModelSpec

CLOSE = 0.75
"""How alike two words must be (difflib's ratio) when neither contains the other."""

STEM = 4
"""Letters that two words must share at their beginnings to count as forms of one word."""

LONGEST_QUERY = 100
"""Characters of a query that are looked at."""

Described = Callable[[ModelSpec], str]
"""Everything that is said about a model, in every language."""


def find_models(query: str, models: Iterable[ModelSpec], described: Described) -> tuple[ModelSpec, ...]:
    """The models that answer to every word of the query, else to any; the best match first."""
    wanted = _words(query[:LONGEST_QUERY])
    scored = [(_scores(wanted, spec, described(spec)), spec) for spec in models]
    whole = [(sum(scores), spec) for scores, spec in scored if scores and all(scores)]
    found = whole or [(sum(scores), spec) for scores, spec in scored if any(scores)]
    return tuple(spec for _, spec in sorted(found, key=lambda pair: -pair[0]))


def _scores(wanted: Sequence[str], spec: ModelSpec, about: str) -> list[int]:
    """Per word of the query: 3 in the name, 2 in the description as it is, 1 nearly, 0 not at all."""
    name, text = spec.name.casefold(), about.casefold()
    words = _words(f"{name} {text}")
    return [_score(word, name, text, words) for word in wanted]


def _score(word: str, name: str, text: str, words: Iterable[str]) -> int:
    if word in name:
        return 3
    if word in text:
        return 2
    return 1 if any(_alike(word, other) for other in words) else 0


def _alike(one: str, other: str) -> bool:
    if min(len(one), len(other)) < STEM:
        return False
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))))
    if shared >= STEM and shared >= 0.6 * max(len(one), len(other)):
        return True
    return SequenceMatcher(None, one, other).ratio() >= CLOSE


def _words(text: str) -> list[str]:
    spaced = "".join(character if character.isalnum() else " " for character in text.casefold())
    return spaced.split()
