"""One table from a model's task to its category, checked against the media that go in and come out (F36)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from app.catalogue.parameters import Modality, Parameter, ParameterKind


class Category(StrEnum):
    """The shelves of the main menu, in its order."""

    PICTURES = "pictures"
    VIDEO = "video"
    AUDIO = "audio"
    ENHANCE = "enhance"
    AVATARS = "avatars"
    MUSIC = "music"


@dataclass(frozen=True, slots=True)
class Task:
    """What a task makes, where it stands, and which media it cannot do without.

    `needs`: at least one parameter takes media of this kind (or an earlier result); None: no parameter may
    require media. `varies`: several variants of one request are worth having side by side.
    """

    category: Category
    produces: Modality
    needs: Modality | None = None
    varies: bool = False


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        "text-to-image": Task(Category.PICTURES, Modality.IMAGE, varies=True),
        "image-to-image": Task(Category.PICTURES, Modality.IMAGE, Modality.IMAGE, varies=True),
        "background-removal": Task(Category.ENHANCE, Modality.IMAGE, Modality.IMAGE),
        "image-upscale": Task(Category.ENHANCE, Modality.IMAGE, Modality.IMAGE),
        "text-to-video": Task(Category.VIDEO, Modality.VIDEO),
        "image-to-video": Task(Category.VIDEO, Modality.VIDEO, Modality.IMAGE),
        "video-to-video": Task(Category.VIDEO, Modality.VIDEO, Modality.VIDEO),
        "video-upscale": Task(Category.ENHANCE, Modality.VIDEO, Modality.VIDEO),
        "lip-sync": Task(Category.AVATARS, Modality.VIDEO, Modality.AUDIO),
        "music": Task(Category.MUSIC, Modality.AUDIO),
        "music-edit": Task(Category.MUSIC, Modality.AUDIO, Modality.AUDIO),
        "text-to-speech": Task(Category.AUDIO, Modality.AUDIO),
        "sound-effect": Task(Category.AUDIO, Modality.AUDIO),
        "audio-isolation": Task(Category.AUDIO, Modality.AUDIO, Modality.AUDIO),
    }
)


def modality_problems(task: str, produces: Modality, parameters: tuple[Parameter, ...]) -> tuple[str, ...]:
    """What does not fit between a task and the media of the model that claims it; empty = fits."""
    row = TASKS.get(task)
    if row is None:
        return (f"task {task!r} has no row in the table of tasks",)
    problems = []
    if row.produces is not produces:
        problems.append(f"task {task!r} makes {row.produces}, the model says {produces}")
    if row.needs is not None and not any(_takes(parameter, row.needs) for parameter in parameters):
        problems.append(f"task {task!r} needs a parameter that takes {row.needs}")
    if row.needs is None and any(_requires_media(parameter) for parameter in parameters):
        problems.append(f"task {task!r} starts from words, but a parameter requires media")
    return tuple(problems)


def _takes(parameter: Parameter, kind: Modality) -> bool:
    if parameter.kind is ParameterKind.RESULT:
        return True
    if parameter.media is not None and parameter.media.kind is kind:
        return True
    return any(_takes(part, kind) for part in parameter.parts)


def _requires_media(parameter: Parameter) -> bool:
    if not parameter.required:
        return False
    return parameter.kind is ParameterKind.MEDIA or any(map(_requires_media, parameter.parts))
