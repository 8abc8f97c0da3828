"""The same content several times over, so that every list has pages: those are only seen where there is much."""

from dataclasses import replace

from app.catalogue import Catalogue, ModelKey
from app.main import Content
from app.offers import Showcase

TIMES = 2


def crowded(content: Content) -> Content:
    """Each free model and each quick action `TIMES` times, under keys of its own: of the others there are many."""
    models = [
        replace(
            spec, key=ModelKey(_numbered(spec.key, number)), id=_numbered(spec.id, number), successor=None
        )
        for spec in content.catalogue.models
        for number in range(TIMES if spec.free else 1)
    ]
    presets = [
        replace(preset, key=_numbered(preset.key, number))
        for preset in content.showcase.presets
        for number in range(TIMES)
    ]
    showcase = Showcase(tuple(presets), content.showcase.best)
    return replace(content, catalogue=Catalogue(models), showcase=showcase)


def _numbered(key: str, number: int) -> str:
    """The first one keeps its key."""
    return f"{key}-{number}" if number else key
