"""What a result leads on to: one table by the task of a model, the file that goes in and what comes out. Pure."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from app.catalogue.continuing import results_asked
from app.catalogue.parameters import Modality, Parameter
from app.catalogue.spec import ModelSpec


class Sequel(StrEnum):
    """What can be made of a result, in the order in which it is offered."""

    ANIMATE = "animate"
    TALK = "talk"
    EDIT = "edit"
    EXTEND = "extend"
    REWORK = "rework"
    UPSCALE = "upscale"
    CUT_OUT = "cut_out"
    ADD_SOUND = "add_sound"
    CLIP = "clip"
    CLEAN = "clean"


_IMAGE, _VIDEO, _AUDIO = Modality.IMAGE, Modality.VIDEO, Modality.AUDIO

SEQUELS: Mapping[tuple[str, Modality, Modality], Sequel] = MappingProxyType(
    {
        ("image-to-video", _IMAGE, _VIDEO): Sequel.ANIMATE,
        ("text-to-video", _IMAGE, _VIDEO): Sequel.ANIMATE,
        ("video-to-video", _IMAGE, _VIDEO): Sequel.ANIMATE,
        ("lip-sync", _IMAGE, _VIDEO): Sequel.TALK,
        ("lip-sync", _AUDIO, _VIDEO): Sequel.TALK,
        ("lip-sync", _VIDEO, _VIDEO): Sequel.TALK,
        ("image-to-image", _IMAGE, _IMAGE): Sequel.EDIT,
        ("text-to-image", _IMAGE, _IMAGE): Sequel.EDIT,
        ("video-to-video", _VIDEO, _VIDEO): Sequel.EDIT,
        ("image-to-video", _VIDEO, _VIDEO): Sequel.EXTEND,
        ("text-to-video", _VIDEO, _VIDEO): Sequel.EXTEND,
        ("music-edit", _AUDIO, _AUDIO): Sequel.REWORK,
        ("image-upscale", _IMAGE, _IMAGE): Sequel.UPSCALE,
        ("video-upscale", _VIDEO, _VIDEO): Sequel.UPSCALE,
        ("background-removal", _IMAGE, _IMAGE): Sequel.CUT_OUT,
        ("sound-effect", _VIDEO, _AUDIO): Sequel.ADD_SOUND,
        ("music", _VIDEO, _AUDIO): Sequel.ADD_SOUND,
        ("text-to-video", _AUDIO, _VIDEO): Sequel.CLIP,
        ("image-to-video", _AUDIO, _VIDEO): Sequel.CLIP,
        ("audio-isolation", _AUDIO, _AUDIO): Sequel.CLEAN,
    }
)
"""By task, kind of the file that goes in, kind of what comes out. A model that has no row is no sequel."""


SEQUELS_OF_RESULTS: Mapping[tuple[str, Modality, Modality], Sequel] = MappingProxyType(
    {
        ("video-to-video", _VIDEO, _VIDEO): Sequel.EXTEND,
        ("video-upscale", _VIDEO, _VIDEO): Sequel.UPSCALE,
        ("music-edit", _AUDIO, _AUDIO): Sequel.REWORK,
        ("text-to-video", _AUDIO, _VIDEO): Sequel.ANIMATE,
    }
)
"""The same for models that take no file but go on from a result as the provider knows it."""


def sequel_of_result(spec: ModelSpec, kind: Modality) -> Sequel | None:
    """What this model makes of a result of this kind that it goes on from."""
    return SEQUELS_OF_RESULTS.get((spec.task, kind, spec.produces)) if results_asked(spec) else None


def sequel_of(spec: ModelSpec, kind: Modality) -> Sequel | None:
    """What this model makes of a file of this kind; None where it takes none, or the table has no row."""
    if taker_of(spec, kind) is None:
        return None
    return SEQUELS.get((spec.task, kind, spec.produces))


def taker_of(spec: ModelSpec, kind: Modality) -> Parameter | None:
    """The input that takes such a file: a required one before any other."""
    takers = [it for it in spec.parameters if it.media is not None and it.media.kind is kind]
    return next((it for it in takers if it.required), next(iter(takers), None))
