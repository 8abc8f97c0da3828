"""The words of a cross-field rule: `{name}` stands for an input's label, `{name:value}` for a choice's. Pure.

So the words of a rule are shared by models that call an input differently, and follow when a label changes.
"""

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from app.catalogue.localized import Localized
from app.catalogue.parameters import Parameter

_PLACE = re.compile(r"\{(\w+)(?::([^}]+))?\}")
_QUOTED = MappingProxyType({"ru": "«{}»", "en": "“{}”"})


def filled_in(words: Localized, parameters: tuple[Parameter, ...]) -> Localized:
    """These words with the labels in their places; a place that `unknown_places` tells of stays as it is."""
    labels = _labels(parameters)
    return Localized(_filled(words.ru, "ru", labels), _filled(words.en, "en", labels))


def unknown_places(words: Localized, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    """The places that no input and no choice of one fills."""
    labels = _labels(parameters)
    places = _PLACE.finditer(words.ru + words.en)
    return tuple(sorted({found[0] for found in places if found[0] not in labels}))


def _filled(text: str, language: str, labels: Mapping[str, Localized]) -> str:
    def label(found: re.Match[str]) -> str:
        known = labels.get(found[0])
        return found[0] if known is None else _QUOTED[language].format(known.get(language))

    return _PLACE.sub(label, text)


def _labels(parameters: tuple[Parameter, ...]) -> Mapping[str, Localized]:
    return dict(_places(parameters))


def _places(parameters: tuple[Parameter, ...]) -> Iterator[tuple[str, Localized]]:
    for parameter in parameters:
        yield f"{{{parameter.name}}}", parameter.label
        for choice in parameter.choices:
            yield f"{{{parameter.name}:{choice.raw}}}", choice.label
